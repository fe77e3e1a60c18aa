import type { JSX } from 'react';
import type { Fig3bParameters, Fig3bResult, SpectralSides } from '../../../contract/theory.ts';
import { setParams } from '../../address/address.ts';
import { api, useLatest } from '../../api/api.ts';
import { sentenceOf } from '../../api/errors.ts';
import { LineChart } from '../../charts/LineChart.tsx';
import type { Series } from '../../charts/series.ts';
import { classes } from '../../components/classes.ts';
import { Segmented, SelectField } from '../../components/controls.tsx';
import { Note } from '../../components/marks.tsx';
import { Term } from '../../components/Term.tsx';
import { figure, fixedTo } from '../../words.ts';
import { DriftPlane } from './DriftPlane.tsx';
import { BoundFormula } from './formulas.tsx';
import { Stems } from './pixels.tsx';
import { PlayerBar } from './PlayerBar.tsx';
import { usePlayer } from './usePlayer.ts';
import { useTheoryAddress } from './useTheoryAddress.ts';
import styles from './theory.module.css';

const starts: readonly { value: Fig3bParameters['start']; label: string }[] = [
  { value: 'truth', label: 'the truth' },
  { value: 'equal-norms', label: 'the truth, equal norms' },
  { value: 'perturbed', label: 'near the truth' },
  { value: 'small-random', label: 'small random kernels' },
  { value: 'random', label: 'random kernels' },
];

const sides: readonly { value: SpectralSides; label: string }[] = [
  { value: 'none', label: 'Off' },
  { value: 'k2', label: 'On k₂' },
  { value: 'both', label: 'On both' },
];

/** What figure 3b is asked with: one list for the picture, the export and the command. */
export function useDriftParameters(): Pick<Fig3bParameters, 'start' | 'spectral' | 'seed'> {
  const { start, spectral, seed } = useTheoryAddress();
  return { start, spectral, seed };
}

/** Figure 3b: powers of Fourier coefficients on their way to the diagonal, the SDR against its bound, the kernels. */
export function DriftView(): JSX.Element {
  const parameters = useDriftParameters();
  const { data, error, isPlaceholderData } = useLatest(['theory', 'fig3b', parameters], (signal) =>
    api.theory.fig3b({ parameters }, { signal }),
  );
  const result = data?.result;
  const steps = result?.step ?? [];
  const player = usePlayer('drift', steps);
  return (
    <>
      <div className={classes('row', 'small', styles.controls)}>
        <span className="soft">From</span>
        <SelectField
          label="Where training begins"
          small
          width={176}
          value={parameters.start}
          choices={starts}
          onChange={(from) => {
            setParams({ from: from === 'truth' ? undefined : from });
          }}
        />
        <span className="grow" />
        <span className="soft">Eq. 13</span>
        <Segmented
          small
          label="Spectral step of equation 13"
          value={parameters.spectral}
          choices={sides}
          onChange={(next) => {
            setParams({ eq13: next === 'none' ? undefined : next });
          }}
        />
      </div>
      {error !== null && <Note tone="bad">{sentenceOf(error)}</Note>}
      {result !== undefined && (
        <div className={isPlaceholderData ? 'stale' : ''}>
          <div className={styles.figure3}>
            <DriftPlane result={result} frame={player.frame} />
            <Numbers result={result} frame={player.frame} />
          </div>
          <PlayerBar player={player} steps={steps} />
          <Curves result={result} frame={player.frame} />
        </div>
      )}
      <div className={classes(styles.words, styles.narrow)}>
        <BoundFormula />
        <p>
          <b>{headWords(parameters)}</b> On the diagonal both kernels are equally strong at a frequency.{' '}
          {result?.finding}
        </p>
      </div>
    </>
  );
}

/** What the chosen training shows first. */
function headWords({ start, spectral }: Pick<Fig3bParameters, 'start' | 'spectral'>): string {
  if (spectral === 'k2') return 'The ratio is held, the solution is not.';
  if (spectral === 'both') return 'Both kernels are held: begin with equal norms to see what it keeps.';
  switch (start) {
    case 'truth':
    case 'equal-norms':
    case 'perturbed':
      return 'Each kernel takes up a part of the other, while the picture as trained stays right.';
    case 'small-random':
      return 'Balanced from the beginning: there is no drift to see.';
    case 'random':
      return 'No truth to lose, and none is found.';
  }
}

function Numbers({ result, frame }: { result: Fig3bResult; frame: number }): JSX.Element {
  const { ratio, extrapolationError, bound, kernels, step } = result;
  const at = Math.min(frame, step.length - 1);
  const line = { width: 112, height: 44, colour: 'var(--s2)' };
  return (
    <dl className={styles.drift}>
      <dt>
        <Term name="sdr" />
      </dt>
      <dd data-ratio>
        <b>{fixedTo(ratio[at]!, 6)}</b>
      </dd>
      <dt>its bound</dt>
      <dd>{fixedTo(bound, 6)}</dd>
      <dt>extrapolation error</dt>
      <dd>
        <b>{figure(extrapolationError[at]!)}</b>
      </dd>
      <dt>kernels at the end, on the true ones</dt>
      <dd>
        <Stems {...line} values={kernels.final.k1} behind={kernels.true.k1} label="Final positions k1" />
      </dd>
      <dd>
        <Stems {...line} values={kernels.final.k2} behind={kernels.true.k2} label="Final eye k2" />
      </dd>
    </dl>
  );
}

function Curves({ result, frame }: { result: Fig3bResult; frame: number }): JSX.Element {
  const { step, ratio, bound, extrapolationError } = result;
  const at = Math.min(frame, step.length - 1);
  const line = (
    values: readonly number[],
    style: Pick<Series, 'name' | 'tone' | 'marker'>,
  ): readonly Series[] => [{ ...style, points: step.map((x, i) => ({ x, y: values[i]! })) }];
  return (
    <div className={styles.curves}>
      <div>
        <span className="small soft">SDR, and its bound {figure(bound)}</span>
        <LineChart
          series={line(ratio, { name: 'SDR', tone: 's2', marker: 'square' })}
          height={120}
          cursor={step[at]!}
          reference={bound}
          summary={`SDR against the step: ${figure(ratio[0]!)} at first, ${figure(ratio.at(-1)!)} at the end, bound ${figure(bound)}.`}
        />
      </div>
      <div>
        <span className="small soft">extrapolation error</span>
        <LineChart
          series={line(extrapolationError, { name: 'error', tone: 's3', marker: 'triangle' })}
          height={120}
          cursor={step[at]!}
          summary={`Extrapolation error against the step: ${figure(extrapolationError[0]!)} at first, ${figure(extrapolationError.at(-1)!)} at the end.`}
        />
      </div>
    </div>
  );
}
