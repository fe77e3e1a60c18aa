import type { JSX } from 'react';
import type { ExperimentResult } from '../../../contract/experiments.ts';
import { linkTo } from '../../address/address.ts';
import { Panel } from '../../components/Panel.tsx';
import { useHasPage } from '../../shell/shellContext.ts';
import { count, counted } from '../../words.ts';
import { Figures } from './Figures.tsx';
import { Tables } from './Tables.tsx';
import { Verdicts } from './Verdicts.tsx';
import styles from './experiments.module.css';

interface ResultProps {
  out: string;
  separator: string;
  version: string;
  result: ExperimentResult;
  other: { name: string; result: ExperimentResult | undefined } | null;
}

/** One experiment: verdicts first, then what is seen, then every number and what it is of. */
export function ResultView({ out, separator, version, result, other }: ResultProps): JSX.Element {
  return (
    <>
      <Verdicts result={result} other={other} />
      <Figures {...{ out, version, result }} />
      <Tables result={result} />
      <UsedRuns {...{ out, separator, result }} />
      {result.notes.length > 0 && (
        <Panel title="What to know">
          <ul className={styles.notes}>
            {result.notes.map((note) => (
              <li key={note}>{note}</li>
            ))}
          </ul>
        </Panel>
      )}
    </>
  );
}

function UsedRuns({
  out,
  separator,
  result,
}: Pick<ResultProps, 'out' | 'separator' | 'result'>): JSX.Element {
  const [hasTrain, hasAnalyse] = [useHasPage('train'), useHasPage('analyse')];
  const { name, images, truth } = result.data;
  const known = truth ? 'true masks and eyes known' : 'without true masks';
  return (
    <Panel
      title="Runs"
      fact={`${result.scale} scale, ${counted(images, 'image')} of ${name}, ${known}`}
      flush
    >
      <div className={styles.scroll}>
        <table>
          <thead>
            <tr>
              <th>Run</th>
              <th>Model</th>
              <th className="num">Seed</th>
              <th>Spectral training</th>
              <th className="num">Step</th>
              <th>Open in</th>
            </tr>
          </thead>
          <tbody>
            {result.runs.map((run) => {
              const folder = [out, 'runs', run.name].join(separator);
              return (
                <tr key={run.name}>
                  <td>{run.name}</td>
                  <td>{run.kind === 'vae' ? 'β-VAE' : 'DCGAN'}</td>
                  <td className="num">{run.seed}</td>
                  <td>{run.spectral ? 'yes' : 'no'}</td>
                  <td className="num">{count(run.step)}</td>
                  <td>
                    {hasTrain && <a href={linkTo('train', { run: folder, step: undefined })}>Train</a>}{' '}
                    {hasAnalyse && <a href={linkTo('analyse', { run: folder, step: run.step })}>Analyse</a>}
                  </td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
    </Panel>
  );
}
