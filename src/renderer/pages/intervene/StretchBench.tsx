import { useState } from 'react';
import type { JSX } from 'react';
import { commandOf } from '../../../commandLine/commandLine.ts';
import { stretchingCommand } from '../../../commandLine/measuring.ts';
import { levelName } from '../../../contract/levels.ts';
import type { HiddenLevel } from '../../../contract/levels.ts';
import type { PictureSource } from '../../../contract/intervene.ts';
import { api } from '../../api/api.ts';
import { useLive } from '../../api/useLive.ts';
import { useLong } from '../../api/useLong.ts';
import { Button } from '../../components/Button.tsx';
import { classes } from '../../components/classes.ts';
import { Segmented } from '../../components/controls.tsx';
import { LongLine } from '../../components/LongLine.tsx';
import { Note } from '../../components/marks.tsx';
import { Panel } from '../../components/Panel.tsx';
import { PictureFrame } from '../../components/PictureFrame.tsx';
import { PictureHold } from '../../components/PictureHold.tsx';
import { Picture } from '../../components/Picture.tsx';
import { noPictures, picturesOf } from '../../components/pictures.ts';
import type { Pictures } from '../../components/pictures.ts';
import { Slider } from '../../components/Slider.tsx';
import { Term } from '../../components/Term.tsx';
import { useLevelName } from '../../shell/useLevelName.ts';
import { useLevels } from '../../shell/useLevels.ts';
import { capitalised, figure, fixedTo, nameOf } from '../../words.ts';
import styles from './StretchBench.module.css';

export type Axis = 'horizontal' | 'vertical';
const samples = 256;

export interface StretchBenchProps {
  run: string;
  step: number;
  /** The one picture that is shown, and its name. */
  source: PictureSource;
  name: string;
  axis: Axis;
  factor: number;
  level: HiddenLevel;
  onChange: (change: { axis?: Axis; factor?: number; level?: HiddenLevel }) => void;
  onAdd: () => void;
}

/** One picture stretched at each level and at the output, with the errors of this picture and of many. */
export function StretchBench(props: StretchBenchProps): JSX.Element {
  const { run, step, source, name, axis, factor, level, onChange, onAdd } = props;
  const bench = useLive({ run, step, source, axis, factor }, async (question, signal) => {
    const { pictures, errors, differenceRange } = await api.intervene.bench(question, { signal });
    return { pictures: await picturesOf(pictures), errors, differenceRange };
  });
  const [asked, setAsked] = useState<string | null>(null);
  const key = `${run} ${step} ${axis} ${factor}`;
  const many = useLong({
    title: `Stretching ${samples} pictures of ${nameOf(run)}`,
    key: ['live bench errors', key],
    start: (signal) => api.analysis.stretchingError({ run, step, axis, factor, samples }, { signal }),
    isAsked: asked === key,
  });
  const errorOf = (each: HiddenLevel): number | undefined =>
    bench.value?.errors.find((error) => error.level === each)?.error;
  const meanOf = (each: HiddenLevel): number | undefined =>
    many.data?.stretching.levels.find((error) => error.level === each)?.error;
  const tools = (
    <>
      <Segmented
        label="Axis"
        small
        value={axis}
        choices={[
          { value: 'horizontal', label: 'Horizontal' },
          { value: 'vertical', label: 'Vertical' },
        ]}
        onChange={(next) => {
          onChange({ axis: next });
        }}
      />
      <span className={classes('small', styles.factor)}>
        <span>Factor</span>
        <Slider
          label="Stretch factor"
          min={1}
          max={2}
          step={0.05}
          value={factor}
          resetTo={1.5}
          format={(value) => `× ${fixedTo(value, 2)}`}
          onChange={(next) => {
            onChange({ factor: next });
          }}
        />
      </span>
      <Button
        size="small"
        disabled={many.isRunning || many.data !== undefined}
        title={commandOf(stretchingCommand, { runs: [run], factor, axis, samples }, ['factor', 'axis'])}
        onClick={() => {
          if (asked === key) many.again();
          setAsked(key);
        }}
      >
        Measure {samples}
      </Button>
      <Button size="small" onClick={onAdd}>
        Add to steps
      </Button>
    </>
  );
  const pictures = bench.value?.pictures ?? null;
  const nameOfLevel = useLevelName();
  const { hidden } = useLevels();
  const titleOf = (each: HiddenLevel): string => capitalised(nameOfLevel(each));
  const part = (title: string, index: number, extra: Partial<PartProps> = {}): JSX.Element => (
    <Part
      key={index}
      title={title}
      pictures={pictures}
      index={index}
      nameOf={(place) => nameOfPart(place, hidden.map(titleOf))}
      {...extra}
    />
  );
  return (
    <Panel
      title={<Term name="stretching">Stretch bench</Term>}
      fact={`${name}, MSE against the stretched output`}
      tools={tools}
      className={classes(styles.bench, bench.isStale && styles.waits)}
    >
      {bench.error !== null && <Note tone="bad">{bench.error}</Note>}
      <LongLine long={many} title={`Measuring ${samples} pictures`} />
      <div className={styles.levels} role="radiogroup" aria-label="Level of the difference">
        {part('Original', 0)}
        {hidden.map((each, index) =>
          part(capitalised(levelName(each)), index + 1, {
            // Beside its error there is no room for sizes: the pointer and a screen reader are told them.
            words: titleOf(each),
            level: each,
            error: errorOf(each),
            mean: meanOf(each),
            isChosen: each === level,
            onChoose: () => {
              onChange({ level: each });
            },
          }),
        )}
        {part('Output stretched', hidden.length + 1)}
        {part('Difference', hidden.length + 2 + hidden.indexOf(level), {
          range: bench.value?.differenceRange,
          words: `${titleOf(level)} minus the stretched output: blue below, orange above`,
        })}
      </div>
    </Panel>
  );
}

/** In the order of the engine's pictures: the picture, each level, the output, and each level's difference. */
function nameOfPart(index: number, levels: readonly string[]): string {
  const names = ['Original', ...levels, 'Output stretched', ...levels.map((each) => `${each}, difference`)];
  return names[index] ?? '';
}

interface PartProps {
  title: string;
  pictures: Pictures | null;
  index: number;
  error?: number | undefined;
  mean?: number | undefined;
  /** Of any picture of the bench. */
  nameOf: (index: number) => string;
  level?: HiddenLevel;
  range?: number | undefined;
  words?: string;
  isChosen?: boolean;
  onChoose?: () => void;
}

function Part(props: PartProps): JSX.Element {
  const { title, pictures, index, nameOf, error, mean, range, words = title, isChosen = false } = props;
  const { level, onChoose } = props;
  const picture = pictures !== null && <Picture pictures={pictures} index={index} label={words} />;
  return (
    <figure>
      <figcaption>
        <b title={words}>{title}</b>
        {error !== undefined && <span data-level={level}>{short(error)}</span>}
        {range !== undefined && (
          <span className={classes('row', styles.scale)}>
            <span aria-hidden="true">±{figure(range, 2)}</span>
            <i className={styles.ramp} />
          </span>
        )}
      </figcaption>
      <PictureHold
        view={{ title: 'Stretch bench', pictures: pictures ?? noPictures, nameOf }}
        index={index}
        isSelecting={onChoose !== undefined}
      >
        {onChoose === undefined ? (
          <PictureFrame>{picture}</PictureFrame>
        ) : (
          <button
            type="button"
            role="radio"
            aria-checked={isChosen}
            aria-label={`Difference of ${title.slice(0, 1).toLowerCase()}${title.slice(1)}`}
            className={styles.choose}
            onClick={onChoose}
          >
            <PictureFrame isOn={isChosen}>{picture}</PictureFrame>
          </button>
        )}
      </PictureHold>
      {mean !== undefined && (
        <span className="small soft" data-mean={level} data-value={mean}>
          {samples}: {figure(mean)}
        </span>
      )}
    </figure>
  );
}

/** .0042 */
function short(value: number): string {
  return figure(value, value < 0.01 ? 2 : 3).replace(/^0\./, '.');
}
