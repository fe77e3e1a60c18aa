import { Fragment } from 'react';
import type { JSX } from 'react';
import { Button } from '../../components/Button.tsx';
import { classes } from '../../components/classes.ts';
import { Icon } from '../../components/Icon.tsx';
import { Note } from '../../components/marks.tsx';
import { Panel } from '../../components/Panel.tsx';
import { PictureFrame } from '../../components/PictureFrame.tsx';
import { PictureHold } from '../../components/PictureHold.tsx';
import { Picture } from '../../components/Picture.tsx';
import type { PictureView } from '../../components/pictureViews.ts';
import { count, nameOf } from '../../words.ts';
import type { Preview } from './usePreview.ts';
import styles from './export.module.css';

export const previewRows = 4;

export interface PreviewPanelProps {
  preview: Preview;
  /** Names of the ticked recipes, or what stands for none. */
  columns: readonly string[];
  /** What went wrong, where no field is to blame. */
  error: string | null;
  sources: number;
  onOther: () => void;
}

/** The first pictures, by the code that writes them. */
export function PreviewPanel({ preview, columns, error, sources, onOther }: PreviewPanelProps): JSX.Element {
  const { data, isStale } = preview;
  return (
    <Panel
      title="Preview"
      fact={
        data === undefined || sources === 0
          ? 'made by the code that writes the set'
          : `${data.sources.length} of ${count(sources)} rows`
      }
      tools={
        <Button look="quiet" size="small" disabled={sources <= previewRows} onClick={onOther}>
          Other rows <Icon name="right" />
        </Button>
      }
    >
      {error !== null && <Note tone="bad">{error}</Note>}
      {data !== undefined && (
        <div className={styles.scroll}>
          <div
            className={classes(styles.sheet, isStale && 'stale')}
            style={{ gridTemplateColumns: `minmax(72px, 144px) repeat(${columns.length}, 88px)` }}
          >
            <span />
            {columns.map((name, column) => (
              <span key={column} className={styles.head} title={name}>
                {name}
              </span>
            ))}
            {data.sources.map((source, row) => (
              <Fragment key={`${source} ${row}`}>
                <code className="clip" title={source}>
                  {nameOf(source)}
                </code>
                {columns.map((name, column) => {
                  const at = isStale ? data.recipes.indexOf(name) : column;
                  const index = row * data.recipes.length + at;
                  if (at < 0) return <PictureFrame key={column} />;
                  return (
                    <PictureHold key={column} view={viewOf(data)} index={index}>
                      <PictureFrame>
                        <Picture pictures={data.pictures} index={index} label={`${source}, ${name}`} />
                      </PictureFrame>
                    </PictureHold>
                  );
                })}
              </Fragment>
            ))}
          </div>
        </div>
      )}
    </Panel>
  );
}

function viewOf({ sources, recipes, pictures }: NonNullable<Preview['data']>): PictureView {
  const sourceAt = (index: number): string => sources[Math.floor(index / recipes.length)] ?? '';
  return {
    title: 'Preview',
    pictures,
    nameOf: (index) => `${nameOf(sourceAt(index))}, ${recipes[index % recipes.length] ?? ''}`,
    faceOf: (index) => {
      const seed = /^seed (\d+)$/.exec(sourceAt(index))?.[1];
      return seed === undefined ? { kind: 'photo' } : { kind: 'seed', seed: Number(seed) };
    },
  };
}
