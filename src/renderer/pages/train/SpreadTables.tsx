import type { JSX } from 'react';
import type { Settings, SettingValue, Spread, SweepReport } from '../../../contract/sweeps.ts';
import { groupWords, measureWords } from '../../../contract/sweepWords.ts';
import { classes } from '../../components/classes.ts';
import { Panel } from '../../components/Panel.tsx';
import { shownMeasures, spreadWords } from './sweepTables.ts';
import { useTrainAddress } from './useTrainAddress.ts';
import styles from './sweeps.module.css';

/** Means over seeds, and spectral against plain training, once there is something finished to compare. */
export function SpreadTables({ report }: { report: SweepReport }): JSX.Element | null {
  const { measures: chosen } = useTrainAddress();
  const measures = shownMeasures(report, chosen);
  const groups = report.groups.filter(({ seeds }) => seeds.length > 0);
  const hasSeeds = report.axes.some(({ name }) => name === 'seed');
  if (measures.length === 0 || groups.length === 0) return null;
  return (
    <>
      {hasSeeds && (
        <SpreadTable
          title="Means over seeds"
          fact="of finished runs, with the least and the most"
          measures={measures}
          rows={groups.map(({ settings, seeds, measures: spreads }) => ({ settings, seeds, spreads }))}
        />
      )}
      {report.pairs.length > 0 && (
        <SpreadTable
          title="Spectral minus plain training"
          fact="seed by seed, of seeds for which both are finished"
          measures={measures}
          rows={report.pairs.map(({ settings, seeds, differences }) => ({
            ...{ settings, seeds, spreads: differences },
          }))}
          isDifference
        />
      )}
    </>
  );
}

interface SpreadRow {
  settings: Settings;
  seeds: readonly SettingValue[];
  spreads: Readonly<Record<string, Spread>>;
}

function SpreadTable({
  title,
  fact,
  measures,
  rows,
  isDifference = false,
}: {
  title: string;
  fact: string;
  measures: readonly string[];
  rows: readonly SpreadRow[];
  isDifference?: boolean;
}): JSX.Element {
  return (
    <Panel title={title} fact={fact} flush>
      <div className={classes(styles.scroll, styles.spread)}>
        <table aria-label={title}>
          <thead>
            <tr>
              <th>Settings</th>
              <th className="num">Seeds</th>
              {measures.map((name) => (
                <th key={name} className="num">
                  {measureWords(name)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map(({ settings, seeds, spreads }) => (
              <tr key={groupWords(settings)}>
                <td>{groupWords(settings)}</td>
                <td className="num">{seeds.length}</td>
                {measures.map((name) => {
                  const { mean, range } = spreadWords(spreads[name], isDifference);
                  return (
                    <td key={name} className="num">
                      <b>{mean}</b>
                      {range !== '' && <span className={styles.range}>{range}</span>}
                    </td>
                  );
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Panel>
  );
}
