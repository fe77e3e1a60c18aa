import type { JSX } from 'react';
import type { RunSummary } from '../../../contract/studio.ts';
import { setParams } from '../../address/address.ts';
import { Panel } from '../../components/Panel.tsx';
import { refOf } from '../../shell/useModel.ts';
import { pressed, readSorting, rowsOf, sortingText } from './runRows.ts';
import type { Column, Sorting } from './runRows.ts';
import { RunRow } from './RunRow.tsx';
import { RunsTools } from './RunsTools.tsx';
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
  const rows = rowsOf(runs, { search, sorting, archived, shown: [refOf(current), ...overlays] });
  return (
    <Panel label="Runs" className={styles.table} flush>
      <RunsTools
        count={rows.length}
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
            {rows.map((run) => (
              <RunRow key={run.folder} run={run} current={current} onRemove={removal.remove} />
            ))}
          </tbody>
        </table>
      </div>
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
