import { fixedTo } from '../../words.ts';
import { useMemo, useState } from 'react';
import type { JSX } from 'react';
import { setParams } from '../../address/address.ts';
import { api, useLatest } from '../../api/api.ts';
import { sentenceOf } from '../../api/errors.ts';
import { Button } from '../../components/Button.tsx';
import { ChartKey } from '../../components/ChartKey.tsx';
import { classes } from '../../components/classes.ts';
import { SelectField } from '../../components/controls.tsx';
import { Note } from '../../components/marks.tsx';
import { Slider } from '../../components/Slider.tsx';
import { asynchronousWords, styleOf } from './algorithms.ts';
import { InvariantFormula } from './formulas.tsx';
import { PathsPlane } from './PathsPlane.tsx';
import { Key } from './Plane.tsx';
import { PlayerBar } from './PlayerBar.tsx';
import { usePlayer } from './usePlayer.ts';
import {
  defaultStarts,
  mostStarts,
  setStarts,
  useNumberParam,
  useTheoryAddress,
} from './useTheoryAddress.ts';
import type { Asynchronous, Start } from './useTheoryAddress.ts';
import styles from './theory.module.css';

const asynchronousChoices = (Object.keys(asynchronousWords) as Asynchronous[]).map((value) => ({
  value,
  label: asynchronousWords[value].label,
}));

/** What figure 3a is asked with: one list for the picture, the export and the command. */
export function usePathParameters(): {
  noise: number;
  setNoise: (noise: number) => void;
  parameters: { noise: number; starts: Start[]; variants: ('sgd' | Asynchronous)[]; chains: number };
} {
  const { starts, asynchronous } = useTheoryAddress();
  const [noise, setNoise] = useNumberParam('noise', 0.5, { min: 0, max: 1 });
  return {
    noise,
    setNoise,
    parameters: {
      noise,
      starts: starts.map(([a, b]): Start => [a, b]),
      variants: ['sgd', asynchronous],
      chains: 0,
    },
  };
}

/** Figure 3a: paths of the three descents, played over time; a click starts one. */
export function PathsView(): JSX.Element {
  const { starts, asynchronous } = useTheoryAddress();
  const { noise, setNoise, parameters } = usePathParameters();
  const { data, error, isPlaceholderData } = useLatest(
    parameters.starts.length === 0 ? null : ['theory', 'fig3a', parameters],
    (signal) => api.theory.fig3a({ parameters }, { signal }),
  );
  const result = data?.result;
  const steps = useMemo(
    () => result?.trajectories.find(({ algorithm }) => algorithm === 'sgd')?.step ?? [],
    [result],
  );
  const player = usePlayer('t', steps);
  const step = steps[player.frame] ?? 0;
  const [full, setFull] = useState(false);
  const add = (start: Start): void => {
    setFull(starts.length >= mostStarts);
    if (starts.length < mostStarts) setStarts([...starts, start]);
  };
  return (
    <>
      {error !== null && <Note tone="bad">{sentenceOf(error)}</Note>}
      <div className={styles.figure3}>
        <div className={isPlaceholderData ? 'stale' : ''}>
          <PathsPlane result={result} step={step} onStart={add} />
        </div>
        <dl>
          <dt>
            <ChartKey>
              <Key {...styleOf('flow')} />
              <b>Gradient flow</b>
            </ChartKey>
          </dt>
          <dd>keeps a² − b², so where it ends depends on the start.</dd>
          <dt>
            <ChartKey>
              <Key {...styleOf('sgd')} />
              <b>SGD</b>
            </ChartKey>
          </dt>
          <dd>{noise === 0 ? 'without noise is like the flow.' : 'forgets a² − b² and ends at a = b.'}</dd>
          <dt>
            <ChartKey>
              <Key {...styleOf(asynchronous)} />
              <b>Async. SGD</b>
            </ChartKey>
          </dt>
          <dd>
            {noise === 0 ? 'without noise stays where it arrives' : asynchronousWords[asynchronous].words}.
            The paper leaves open which:
          </dd>
          <dd>
            <SelectField
              label="Asynchronous SGD"
              small
              width="100%"
              value={asynchronous}
              choices={asynchronousChoices}
              onChange={(next) => {
                setParams({ asgd: next === 'asynchronous' ? undefined : next });
              }}
            />
          </dd>
        </dl>
      </div>
      <PlayerBar player={player} steps={steps} />
      <div className={classes('row', 'small', styles.controls)}>
        <span className="soft">Noise σ</span>
        <Slider
          label="Noise"
          value={noise}
          min={0}
          max={1}
          step={0.05}
          resetTo={0.5}
          format={(value) => fixedTo(value, 2)}
          onChange={(value) => {
            setNoise(Number(value.toFixed(2)));
          }}
        />
        <Button
          size="small"
          look="quiet"
          disabled={starts.length === 0}
          onClick={() => {
            setFull(false);
            setStarts([]);
          }}
        >
          Clear
        </Button>
        <Button
          size="small"
          look="quiet"
          disabled={starts === defaultStarts}
          onClick={() => {
            setFull(false);
            setStarts(defaultStarts);
          }}
        >
          As in the paper
        </Button>
      </div>
      {full && <Note tone="warn">{`${mostStarts} paths at most: clear them to start others.`}</Note>}
      <div className={classes(styles.words, styles.narrow)}>
        <InvariantFormula />
        <p>
          <b>Noise erases what tells the filters apart.</b> Each SGD step multiplies κ by 1 − 4η²r². Click the
          plane to start a path of your own; set the noise to 0, and the drift is gone.
        </p>
      </div>
    </>
  );
}
