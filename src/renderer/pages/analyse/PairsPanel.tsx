import { useEffect, useRef, useState } from 'react';
import type { CSSProperties, JSX, RefObject } from 'react';
import { setParams } from '../../address/address.ts';
import { api } from '../../api/api.ts';
import { inOne } from '../../api/pageWorks.ts';
import { useLong } from '../../api/useLong.ts';
import type { Long } from '../../api/useLong.ts';
import { classes } from '../../components/classes.ts';
import { LongLine } from '../../components/LongLine.tsx';
import { PageButton } from '../../components/PageButton.tsx';
import { Panel } from '../../components/Panel.tsx';
import { PictureFrame } from '../../components/PictureFrame.tsx';
import { PictureHold } from '../../components/PictureHold.tsx';
import { Picture } from '../../components/Picture.tsx';
import { picturesOf } from '../../components/pictures.ts';
import type { Pictures } from '../../components/pictures.ts';
import { useRoom } from '../../components/useRoom.ts';
import type { Ref } from '../../shell/useModel.ts';
import { useLevelName } from '../../shell/useLevelName.ts';
import { capitalised, counted, fixedTo } from '../../words.ts';
import { binWidth, lastBin } from './bins.ts';
import { binWords } from './Histogram.tsx';
import { sizesOfPairs } from './pictureSizes.ts';
import { useAnalyseAddress } from './useAnalyseAddress.ts';
import styles from './analyse.module.css';

const shown = 3;
const columns = ['filters', 'filterPowers', 'maps', 'mapPowers'] as const;
const titles = { filters: 'filter', filterPowers: 'its power', maps: 'map', mapPowers: 'its power' } as const;
const whats = {
  filters: 'filter',
  filterPowers: 'power of the filter',
  maps: 'one map',
  mapPowers: 'mean power of the map',
} as const;

/** The filters and maps behind a bar of a histogram, in the order of their ratio. */
export function PairsPanel({
  model,
  samples,
  names,
}: {
  model: Ref;
  samples: number;
  names: { decoder: string; encoder: string };
}): JSX.Element {
  const { bin, offset } = useAnalyseAddress();
  const nameOfLevel = useLevelName();
  const words = bin === null ? '' : `${nameOfLevel(bin.level)}, ${names[bin.side]}, SDR ${binWords(bin.at)}`;
  const long = useLong({
    title: `Pairs of ${words}`,
    key: bin === null ? null : ['pairs', model.run, model.step, samples, bin.level, bin.side, bin.at, offset],
    start: (signal) => inOne(pairsOf({ model, samples, bin, offset }, signal)),
  });
  const data = useLast(long);
  const box = useShown(bin === null ? null : `${bin.level} ${bin.side} ${bin.at}`, long.isRunning);
  const { ref, room } = useRoom();
  const { cell, taps } = sizesOfPairs(room?.width ?? 0);
  const sizes = { '--cell': `${cell}px`, '--taps': `${taps}px` } as CSSProperties;
  if (bin === null) {
    return (
      <Panel title="Pairs of a bin">
        <p className="small soft">
          Click a bar of a histogram to see the filters and maps it counts, in the order of their ratio.
        </p>
      </Panel>
    );
  }
  return (
    <div ref={box}>
      <Panel
        title={capitalised(words)}
        {...(data !== undefined && { fact: counted(data.total, 'pair') })}
        tools={
          <>
            <PageButton
              name="Earlier pairs"
              icon="left"
              to={offset > 0 ? Math.max(0, offset - shown) : null}
              onMove={move}
            />
            <PageButton
              name="Later pairs"
              icon="right"
              to={data !== undefined && offset + shown < data.total ? offset + shown : null}
              onMove={move}
            />
          </>
        }
      >
        <div ref={ref} className={styles.pairsLine}>
          <LongLine long={long} title="Finding its pairs" />
        </div>
        {data !== undefined && data.total === 0 && (
          <p className="small soft">This side has no pairs in this bin.</p>
        )}
        {data !== undefined && data.total > 0 && (
          <div className={classes(styles.pairs, long.data === undefined && 'stale')} style={sizes}>
            {columns.map((column) => (
              <small key={column}>{titles[column]}</small>
            ))}
            <small>SDR</small>
            {data.rows.map((row, index) => (
              <Row
                key={`${row.input} ${row.output}`}
                {...row}
                index={index}
                pictures={data.pictures}
                nameOf={(column, at) =>
                  `${whats[column]}, channel ${data.rows[at]?.input ?? ''} to ${data.rows[at]?.output ?? ''}`
                }
              />
            ))}
          </div>
        )}
      </Panel>
    </div>
  );
}

interface PairsAsked {
  model: Ref;
  samples: number;
  bin: ReturnType<typeof useAnalyseAddress>['bin'];
  offset: number;
}

interface Pairs {
  total: number;
  rows: readonly { input: number; output: number; ratio: number }[];
  pictures: readonly Pictures[];
}

async function pairsOf({ model, samples, bin, offset }: PairsAsked, signal: AbortSignal): Promise<Pairs> {
  if (bin === null) throw new Error('no bin is chosen');
  const { level, side, at } = bin;
  const range = { low: at * binWidth, high: at === lastBin ? null : (at + 1) * binWidth };
  const pairs = await api.analysis.pairs(
    { ...model, samples, level, side, ...range, offset, count: shown },
    { signal },
  );
  const pictures = await Promise.all(columns.map((column) => picturesOf(pairs[column])));
  return { total: pairs.total, rows: pairs.rows, pictures };
}

/** The answer; while another is on its way, the one before. */
function useLast<R>({ data }: Long<R>): R | undefined {
  const [last, setLast] = useState(data);
  if (data !== undefined && data !== last) setLast(data);
  return data ?? last;
}

/** Scrolls to the pairs when another bar is clicked, and again when they are there and take more room. */
function useShown(bin: string | null, isFetching: boolean): RefObject<HTMLDivElement | null> {
  const box = useRef<HTMLDivElement>(null);
  // What a reload finds open stays where the page begins.
  const first = useRef(bin);
  useEffect(() => {
    if (bin === null || bin === first.current) return;
    first.current = null;
    box.current?.scrollIntoView({ block: 'nearest' });
  }, [bin, isFetching]);
  return box;
}

interface RowProps {
  input: number;
  output: number;
  ratio: number;
  index: number;
  pictures: readonly Pictures[];
  /** Of a picture of a column, in each row. */
  nameOf: (column: (typeof columns)[number], row: number) => string;
}

function Row({ input, output, ratio, index, pictures, nameOf }: RowProps): JSX.Element {
  return (
    <>
      {columns.map((column, at) => (
        <PictureHold
          key={column}
          view={{
            title: 'Pairs of a bin',
            pictures: pictures[at]!,
            nameOf: (row) => nameOf(column, row),
          }}
          index={index}
        >
          <PictureFrame className={classes(column === 'filters' && styles.taps)}>
            <Picture pictures={pictures[at]!} index={index} label={nameOf(column, index)} />
          </PictureFrame>
        </PictureHold>
      ))}
      <span>
        <b>{fixedTo(ratio, 2)}</b>
        <br />
        <span className="muted small">
          {input} → {output}
        </span>
      </span>
    </>
  );
}

function move(to: number): void {
  setParams({ offset: to === 0 ? undefined : to });
}
