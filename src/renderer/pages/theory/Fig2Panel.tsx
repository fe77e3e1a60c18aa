import type { JSX, ReactNode } from 'react';
import type { Fig2Solutions } from '../../../contract/theory.ts';
import { setParams } from '../../address/address.ts';
import { Button } from '../../components/Button.tsx';
import { classes } from '../../components/classes.ts';
import { Segmented } from '../../components/controls.tsx';
import { Note } from '../../components/marks.tsx';
import { Panel } from '../../components/Panel.tsx';
import { Slider } from '../../components/Slider.tsx';
import { figure } from '../../words.ts';
import { ErrorStrip } from './ErrorStrip.tsx';
import { ModelFormula, RatioFormula } from './formulas.tsx';
import { GreyPicture, Stems } from './pixels.tsx';
import type { Fig2View, Stretched, StretchedEyes } from './useFig2.ts';
import { useTheoryAddress } from './useTheoryAddress.ts';
import styles from './theory.module.css';

const scale = 3;

/** Figure 2: both solutions side by side while the eyes are moved along the group. */
export function Fig2Panel({ view }: { view: Fig2View }): JSX.Element {
  const { data, error, isStale, to, setTo } = view;
  const from = data?.solutions.parameters.distance ?? to;
  return (
    <Panel
      title="Two solutions, one picture"
      fact="Example 1, Fig. 2"
      tools={
        <span className={classes('row', styles.distance)}>
          <span className="soft small">Distance of the eyes</span>
          <Slider
            label="Distance of the eyes"
            value={to}
            min={1}
            max={(data?.solutions.parameters.size ?? 61) - 1}
            step={1}
            resetTo={from}
            format={(value) => `${value} px`}
            onChange={setTo}
          />
        </span>
      }
    >
      {error !== null && <Note tone="bad">{error}</Note>}
      {data !== undefined && (
        <div className={isStale ? 'stale' : ''}>
          <Solutions data={data} to={to} onMove={setTo} />
        </div>
      )}
      <div className={styles.words}>
        <ModelFormula />
        <p>
          <b>A dot becomes two positions, each position becomes an eye.</b> Many pairs of filters make the
          same picture. Move the slider: above, two whole eyes move apart; below, the picture breaks up.
        </p>
        <RatioFormula />
        <p>
          <b>The SDR asks whether the two filters ignore each other.</b> 1: yes. Far from 1: one carries the
          shape of the other. For extrapolation 1 is necessary, and not enough (equation 8).
        </p>
      </div>
    </Panel>
  );
}

function Solutions({
  data,
  to,
  onMove,
}: {
  data: StretchedEyes;
  to: number;
  onMove: (to: number) => void;
}): JSX.Element | null {
  const { solutions, stretched, curve } = data;
  const { solution, member } = useTheoryAddress();
  const { distance, dimension, size } = solutions.parameters;
  const here = stretched.point;
  const [truth, other] = solutions.rows;
  if (truth === undefined || other === undefined) return null;
  const moved = to === distance ? 'not moved' : `positions × ${figure(to / distance)}`;
  return (
    <>
      <div className={classes(styles.columns, styles.heads)}>
        <span>
          positions <i>k</i>₁
        </span>
        <span>
          eye <i>k</i>₂
        </span>
        <span>picture, as trained</span>
        <span>picture, {moved}</span>
      </div>
      <SolutionRow
        row={truth}
        title="The true mechanism"
        note="positions know nothing of the eye"
        data={data}
        colour="var(--s1)"
        numbers={[0, here.outside?.true ?? null]}
        tools={
          <Segmented
            small
            label="Picture or line"
            value={dimension === 1 ? 'line' : 'picture'}
            choices={[
              { value: 'picture', label: 'Picture' },
              { value: 'line', label: 'Line' },
            ]}
            onChange={(eyes) => {
              setParams({ eyes: eyes === 'line' ? 'line' : undefined, to: undefined });
            }}
          />
        }
      />
      <SolutionRow
        row={other}
        title={solution === 'balanced' ? 'The balanced solution' : `A random solution, no. ${member}`}
        note={`${solution === 'balanced' ? 'the one SGD drifts to; ' : ''}same picture ${sameness(solutions.trainedDifference)}`}
        data={data}
        colour="var(--s2)"
        numbers={[here.error, here.outside?.other ?? null]}
        tools={
          <>
            {solution === 'random' && (
              <Button
                size="small"
                look="quiet"
                onClick={() => {
                  setParams({ member: member + 1 });
                }}
              >
                Another
              </Button>
            )}
            <Segmented
              small
              label="The other solution"
              value={solution}
              choices={[
                { value: 'balanced', label: 'Balanced' },
                { value: 'random', label: 'Random' },
              ]}
              onChange={(next) => {
                setParams({ solution: next === 'random' ? next : undefined, member: undefined });
              }}
            />
          </>
        }
      />
      <div className={styles.stripPlace}>
        {curve !== null && <ErrorStrip {...{ curve, size, distance, to, onMove }} />}
      </div>
    </>
  );
}

interface RowProps {
  row: Fig2Solutions['rows'][number];
  title: string;
  note: string;
  data: StretchedEyes;
  colour: string;
  /** Error and energy outside the eyes; null where they overlap. */
  numbers: readonly [error: number, outside: number | null];
  tools: ReactNode;
}

/** What rounding left is 0. */
function rounded(value: number): string {
  return figure(Math.abs(value) < 1e-12 ? 0 : value);
}

function SolutionRow({ row, title, note, data, colour, numbers, tools }: RowProps): JSX.Element {
  const { k1, k2 } = row;
  const line = { width: 112, height: 81, colour };
  const middle = (picture: typeof k1): readonly number[] => {
    const from = Math.floor(picture.height / 2) * picture.width;
    return picture.values.slice(from, from + picture.width);
  };
  return (
    <div className={styles.solution} role="group" aria-label={title}>
      <div className={classes('row', styles.solutionHead)}>
        <b>{title}</b>
        <span className="small muted clip">{note}</span>
        <span className="grow" />
        {tools}
      </div>
      <div className={styles.columns}>
        <Stems {...line} values={middle(k1)} label={`${title}: positions`} />
        <Stems {...line} values={middle(k2)} label={`${title}: eye`} />
        <Picture {...{ data, row, colour }} of={data.trained} label={`${title}: picture as trained`} />
        <Picture {...{ data, row, colour }} of={data.stretched} label={`${title}: picture stretched`} />
      </div>
      <div className={classes(styles.numbers, 'small')}>
        <span>
          error <b>{rounded(numbers[0])}</b>
        </span>
        <span>
          energy outside the eyes <b>{numbers[1] === null ? 'they overlap' : rounded(numbers[1])}</b>
        </span>
        <span>
          SDR <b>{figure(row.ratio)}</b>
        </span>
        <span>
          over the group <b>{figure(row.groupRatio)}</b>
        </span>
      </div>
    </div>
  );
}

function Picture({
  data,
  row,
  of,
  colour,
  label,
}: {
  data: StretchedEyes;
  row: RowProps['row'];
  of: Stretched;
  colour: string;
  label: string;
}): JSX.Element {
  const { width, height, low, high } = data;
  const grey = row.solution === 'true' ? of.truth : of.other;
  if (height > 1) return <GreyPicture {...{ grey, width, height, scale, label }} />;
  const values = Array.from(grey, (byte) => {
    const value = low + (byte / 255) * (high - low);
    return Math.abs(value) < (high - low) / 255 ? 0 : value;
  });
  return <Stems values={values} width={183} height={81} colour={colour} label={label} range={[low, high]} />;
}

/** How nearly two pictures are one: what arithmetic rounds away is no difference. */
function sameness(difference: number): string {
  return difference < 1e-12 ? 'but for rounding' : `to ${figure(difference, 1)}`;
}
