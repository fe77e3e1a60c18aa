import { useState } from 'react';
import type { JSX } from 'react';
import type { RunSummary } from '../../../contract/studio.ts';
import { setParams } from '../../address/address.ts';
import { Button } from '../../components/Button.tsx';
import { Panel } from '../../components/Panel.tsx';
import { refOf } from '../../shell/useModel.ts';
import { count } from '../../words.ts';
import { foldRows, mostRows } from './foldRows.ts';
import { pressed, readSorting, rowsOf, sortingText } from './runRows.ts';
import type { Column, Sorting } from './runRows.ts';
import { RunRow } from './RunRow.tsx';
import { RunsTools } from './RunsTools.tsx';
import { SweepHead } from './SweepHead.tsx';
import { useRemoval } from './useRemoval.ts';
import { useTrainAddress } from './useTrainAddress.ts';
import styles from './train.module.css';

const heads: readonly { column: Column; title: string; isNumber?: boolean }[] = [
  { column: 'run', title: 'Run' },
  { column: 'state', title: 'State' },
  { column: 'step', title: 'Step', isNumber: true },
  { column: 'reconstruction', title: 'Recon. MSE', isNumber: true },
  { column: 'kl', title: 'KL', isNumber: true },
  { column: 'sdr', title: 'SDR fine', isNumber: true },
  { column: 'stretching', title: 'Stretch err. fine', isNumber: true },
];

/** All runs: what they reached, and what was asked differently. */
export function RunsTable({
  runs,
  current,
}: {
  runs: readonly RunSummary[];
  current: RunSummary;
}): JSX.Element {
  const { search, sort, archived, overlays } = useTrainAddress();
  const removal = useRemoval();
  const sorting = readSorting(sort);
  const [opened, setOpened] = useState<ReadonlyMap<string, boolean>>(new Map());
  const [limit, setLimit] = useState(mostRows);
  const shown = [refOf(current), ...overlays];
  const found = rowsOf(runs, { search, sorting, archived, shown });
  const rows = foldRows(found, opened, search === '' ? shown : found.map(refOf));
  return (
    <Panel label="Runs" className={styles.table} flush>
      <RunsTools
        count={found.length}
        all={runs.length}
        hidden={runs.filter(({ labels }) => labels.archived).length}
        removal={removal}
      />
      <div className={styles.scroll}>
        <table>
          <thead>
            <tr>
              <th>Overlay</th>
              {heads.map((head) => (
                <Head key={head.column} {...head} sorting={sorting} />
              ))}
              <th className={styles.differs}>Differs from this run</th>
              <th>
                <span className="visually-hidden">More</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {rows.slice(0, limit).map((row) =>
              row.kind === 'run' ? (
                <RunRow
                  key={row.run.folder}
                  run={row.run}
                  current={current}
                  isCell={row.isCell}
                  onRemove={removal.remove}
                />
              ) : (
                <SweepHead
                  key={row.name}
                  {...row}
                  onToggle={() => {
                    setOpened(new Map([...opened, [row.name, !row.isOpen]]));
                  }}
                />
              ),
            )}
          </tbody>
        </table>
      </div>
      {rows.length > limit && (
        <p className={styles.noRows}>
          <Button
            size="small"
            onClick={() => {
              setLimit(limit + mostRows);
            }}
          >
            Show {count(Math.min(mostRows, rows.length - limit))} more
          </Button>
        </p>
      )}
      {rows.length === 0 && (
        <p className={styles.noRows}>No run has all of this. Remove a word, or show archived runs.</p>
      )}
    </Panel>
  );
}

/** A press sorts by the column, another one the other way round. */
function Head({
  column,
  title,
  isNumber = false,
  sorting,
}: {
  column: Column;
  title: string;
  isNumber?: boolean;
  sorting: Sorting;
}): JSX.Element {
  const isSorted = sorting.column === column;
  const direction = sorting.isDown ? 'descending' : 'ascending';
  return (
    <th className={isNumber ? 'num' : undefined} aria-sort={isSorted ? direction : 'none'}>
      <button
        type="button"
        className={styles.link}
        onClick={() => {
          setParams({ sort: sortingText(pressed(sorting, column)) });
        }}
      >
        {title}
        <span aria-hidden="true">{isSorted ? (sorting.isDown ? ' ↓' : ' ↑') : ''}</span>
      </button>
    </th>
  );
}
