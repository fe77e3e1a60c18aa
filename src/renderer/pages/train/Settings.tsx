import { useState } from 'react';
import type { JSX } from 'react';
import { titleOf } from '../../../contract/runLabels.ts';
import type { RunSummary } from '../../../contract/studio.ts';
import { classes } from '../../components/classes.ts';
import { Segmented } from '../../components/controls.tsx';
import { counted } from '../../words.ts';
import { overlayColours } from './chartSeries.ts';
import { LineSwatch } from './LineKey.tsx';
import { settingRows } from './settingsTable.ts';
import styles from './train.module.css';

/** What was asked of the selected runs: of several at first only what differs. */
export function Settings({ runs }: { runs: readonly RunSummary[] }): JSX.Element {
  const [shown, setShown] = useState<'differing' | 'all'>('differing');
  const rows = settingRows(runs.map(({ run }) => run));
  const differing = rows.filter(({ differs }) => differs);
  const isAlone = runs.length === 1;
  const listed = isAlone || shown === 'all' ? rows : differing;
  return (
    <>
      <div className={classes('row', 'between', styles.sideHead)}>
        <span className="muted small">
          {isAlone ? 'Tick other runs in the table to compare them' : counted(runs.length, 'run')}
        </span>
        {!isAlone && (
          <Segmented
            small
            label="Settings that are shown"
            value={shown}
            choices={[
              { value: 'differing', label: `${differing.length} differ` },
              { value: 'all', label: `All ${rows.length}` },
            ]}
            onChange={setShown}
          />
        )}
      </div>
      {listed.length === 0 ? (
        <p className="muted">All {rows.length} settings are the same.</p>
      ) : (
        <div className={styles.scrollBoth} tabIndex={0} role="region" aria-label="Settings">
          <table className={styles.settings}>
            <thead>
              <tr>
                <th>Setting</th>
                {runs.map((run, index) => (
                  <th key={run.folder} title={titleOf(run)}>
                    <LineSwatch
                      colour={index === 0 ? 's1' : overlayColours[index - 1]!}
                      overlaid={index > 0}
                    />
                    <span className={isAlone ? undefined : 'visually-hidden'}> {titleOf(run)}</span>
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {listed.map(({ name, values, whole, differs }) => (
                <tr key={name} className={classes(differs && styles.differing)}>
                  <td>
                    {differs && <span aria-label="differs">≠ </span>}
                    {name}
                  </td>
                  {values.map((value, index) => (
                    <td key={runs[index]!.folder} title={whole[index]}>
                      {value}
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </>
  );
}
