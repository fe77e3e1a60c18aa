import { useElementSize } from '@mantine/hooks';
import type { CSSProperties, JSX } from 'react';
import { Button } from '../../components/Button.tsx';
import { classes } from '../../components/classes.ts';
import { Icon } from '../../components/Icon.tsx';
import { Note } from '../../components/marks.tsx';
import { Panel } from '../../components/Panel.tsx';
import { PictureFrame } from '../../components/PictureFrame.tsx';
import { PictureHold } from '../../components/PictureHold.tsx';
import { Picture } from '../../components/Picture.tsx';
import type { Pictures } from '../../components/pictures.ts';
import type { PictureFace, PictureView } from '../../components/pictureViews.ts';
import { count, nameOf } from '../../words.ts';
import { previewLayout } from './previewLayout.ts';
import type { Preview, Previewed } from './usePreview.ts';
import styles from './export.module.css';

/** Sources that are asked for; as many of them are shown as fill the panel. */
export const previewRows = 8;
/** Before the panel is measured. */
const usualWidth = 800;

export interface PreviewPanelProps {
  preview: Preview;
  /** Names of the ticked recipes. */
  columns: readonly string[];
  /** Whether one of the columns is the pictures as they are. */
  hasOriginal: boolean;
  /** What went wrong, where no field is to blame. */
  error: string | null;
  sources: number;
  /** Moves on by so many sources. */
  onOther: (by: number) => void;
}

/** The first pictures, before and after, by the code that writes them. */
export function PreviewPanel(props: PreviewPanelProps): JSX.Element {
  const { preview, columns, hasOriginal, error, sources, onOther } = props;
  const { data, isStale } = preview;
  const { ref, width } = useElementSize();
  const shownColumns = columns.length + (hasOriginal ? 0 : 1);
  const there = Math.max(1, data?.sources.length ?? previewRows);
  const layout = previewLayout(width > 0 ? width : usualWidth, shownColumns, there);
  return (
    <Panel
      title="Preview"
      fact={
        data === undefined || sources === 0
          ? 'drawn by the code that writes the set'
          : `${layout.blocks} of ${count(sources)}${columns.length === 0 ? '' : ', before and after'}`
      }
      tools={
        <Button
          look="quiet"
          size="small"
          disabled={sources <= layout.blocks}
          onClick={() => {
            onOther(layout.blocks);
          }}
        >
          Others <Icon name="right" />
        </Button>
      }
    >
      {error !== null && <Note tone="bad">{error}</Note>}
      <div ref={ref} className={styles.scroll}>
        {data !== undefined && (
          <div
            className={classes(styles.sheet, isStale && 'stale')}
            style={
              {
                gridTemplateColumns: `repeat(${layout.perRow}, max-content)`,
                '--cell': `${64 * layout.scale}px`,
              } as CSSProperties
            }
          >
            {data.sources.slice(0, layout.blocks).map((source, row) => (
              <Block
                key={`${source} ${row}`}
                {...{ data, row, source, columns, hasOriginal, isStale }}
                hasHead={row < layout.perRow}
              />
            ))}
          </div>
        )}
      </div>
    </Panel>
  );
}

interface BlockProps {
  data: Previewed;
  row: number;
  source: string;
  columns: readonly string[];
  hasOriginal: boolean;
  isStale: boolean;
  hasHead: boolean;
}

/** A source: as it is, and with each recipe. */
function Block({ data, row, source, columns, hasOriginal, isStale, hasHead }: BlockProps): JSX.Element {
  const cells: { name: string; view: PictureView; at: number }[] = [
    ...(hasOriginal
      ? []
      : [{ name: columns.length === 0 ? 'as drawn' : 'before', view: beforeView(data), at: row }]),
    ...columns.map((name, column) => {
      // The pictures of the question before: the columns are those of this one.
      const recipe = isStale ? data.recipes.indexOf(name) : column;
      return { name, view: afterView(data), at: recipe < 0 ? -1 : row * data.recipes.length + recipe };
    }),
  ];
  return (
    <figure className={styles.block}>
      <div className={styles.cells} style={{ gridTemplateColumns: `repeat(${cells.length}, var(--cell))` }}>
        {hasHead &&
          cells.map(({ name }) => (
            <span key={name} className={styles.head} title={name}>
              {name}
            </span>
          ))}
        {cells.map(({ name, view, at }) =>
          at < 0 ? (
            <PictureFrame key={name} />
          ) : (
            <PictureHold key={name} view={view} index={at}>
              <PictureFrame>
                <Picture pictures={view.pictures} index={at} label={`${source}, ${name}`} />
              </PictureFrame>
            </PictureHold>
          ),
        )}
      </div>
      <figcaption className="muted small clip" title={source}>
        {nameOf(source)}
      </figcaption>
    </figure>
  );
}

function beforeView({ sources, before }: Previewed): PictureView {
  return {
    title: 'Preview, before',
    pictures: before,
    nameOf: (index) => nameOf(sources[index] ?? ''),
    faceOf: (index) => faceOf(sources[index] ?? ''),
  };
}

function afterView({ sources, recipes, pictures, before }: Previewed): PictureView {
  const sourceAt = (index: number): string => sources[Math.floor(index / recipes.length)] ?? '';
  return {
    title: 'Preview',
    pictures,
    before: repeated(before, recipes.length),
    nameOf: (index) => `${nameOf(sourceAt(index))}, ${recipes[index % recipes.length] ?? ''}`,
    faceOf: (index) => faceOf(sourceAt(index)),
  };
}

function faceOf(source: string): PictureFace {
  const seed = /^seed (\d+)$/.exec(source)?.[1];
  return seed === undefined ? { kind: 'photo' } : { kind: 'seed', seed: Number(seed) };
}

/** Each picture so many times, one after the other. */
function repeated({ count: each, width, height, rgb }: Pictures, times: number): Pictures {
  const bytes = width * height * 3;
  const all = new Uint8Array(each * times * bytes);
  for (let at = 0; at < each * times; at++) {
    const from = Math.floor(at / times) * bytes;
    all.set(rgb.subarray(from, from + bytes), at * bytes);
  }
  return { count: each * times, width, height, rgb: all };
}
