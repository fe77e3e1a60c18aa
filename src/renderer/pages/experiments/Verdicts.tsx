import type { JSX } from 'react';
import type { ExperimentResult } from '../../../contract/experiments.ts';
import type { Verdict } from '../../../contract/verdicts.ts';
import { OutcomeMark } from '../../components/marks.tsx';
import { Panel } from '../../components/Panel.tsx';
import { counted, figure } from '../../words.ts';
import styles from './experiments.module.css';

export function countsOf(verdicts: readonly Verdict[]): string {
  const number = (outcome: Verdict['outcome']): number =>
    verdicts.filter((verdict) => verdict.outcome === outcome).length;
  const told = [
    `${number('holds')} hold`,
    `${number('does-not-hold')} do not hold`,
    `${number('undecidable')} cannot be decided`,
  ];
  return `${counted(verdicts.length, 'claim')}: ${told.join(', ')}`;
}

/** Each claim, what became of it and why, its numbers by seed, and what another folder says of it. */
export function Verdicts({
  result,
  other,
}: {
  result: ExperimentResult;
  other: { name: string; result: ExperimentResult | undefined } | null;
}): JSX.Element {
  return (
    <Panel title="Verdicts" fact={countsOf(result.verdicts)} flush>
      <ul className={styles.claims}>
        {result.verdicts.map((verdict) => (
          <li key={verdict.claim}>
            <OutcomeMark outcome={verdict.outcome} />
            <div>
              <b>{verdict.claim}</b>
              <p className="soft">{verdict.because}</p>
              {other !== null && <Other name={other.name} verdict={same(other.result, verdict)} />}
              {verdict.values.length > 0 && <Values verdict={verdict} seeds={result.seeds} />}
            </div>
            <span className="small muted">{verdict.place}</span>
          </li>
        ))}
      </ul>
    </Panel>
  );
}

function same(result: ExperimentResult | undefined, verdict: Verdict): Verdict | undefined {
  return result?.verdicts.find(({ claim }) => claim === verdict.claim);
}

function Other({ name, verdict }: { name: string; verdict: Verdict | undefined }): JSX.Element {
  if (verdict === undefined) return <p className="small muted">{`${name}: this claim is not there.`}</p>;
  return (
    <p className={styles.other}>
      <span className="small muted">{`${name}: `}</span>
      <OutcomeMark outcome={verdict.outcome} /> <span className="small soft">{verdict.because}</span>
    </p>
  );
}

/** The numbers of a claim, a column a seed; those that are of no seed have one column. */
function Values({ verdict, seeds }: { verdict: Verdict; seeds: readonly number[] }): JSX.Element {
  const columns = Math.max(...verdict.values.map(({ perSeed }) => perSeed.length));
  const isBySeed = columns === seeds.length;
  return (
    <details>
      <summary className="small">{isBySeed ? 'Numbers by seed' : 'Numbers'}</summary>
      <div className={styles.scroll} tabIndex={0} role="group" aria-label={`Numbers of: ${verdict.claim}`}>
        <table>
          <thead>
            <tr>
              <th>Number</th>
              {Array.from({ length: columns }, (_, place) => (
                <th key={place} className="num">
                  {isBySeed ? `seed ${seeds[place]!}` : 'value'}
                </th>
              ))}
              <th>Unit</th>
            </tr>
          </thead>
          <tbody>
            {verdict.values.map(({ name, unit, perSeed }) => (
              <tr key={name}>
                <td>{name}</td>
                {Array.from({ length: columns }, (_, place) => {
                  const value = perSeed[place] ?? null;
                  return (
                    <td key={place} className="num">
                      {value === null ? '–' : figure(value)}
                    </td>
                  );
                })}
                <td className="muted">{unit ?? ''}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  );
}
