import { fixedTo } from '../../words.ts';
import { useId } from 'react';
import type { JSX } from 'react';
import type { Level } from '../../../contract/levels.ts';
import type { RecipeStep } from '../../../contract/recipe.ts';
import { Segmented, SelectField } from '../../components/controls.tsx';
import { NumberField } from '../../components/NumberField.tsx';
import { goodNumber } from '../../components/numbers.ts';
import { Slider } from '../../components/Slider.tsx';
import { useLevelName } from '../../shell/useLevelName.ts';
import { useLevels } from '../../shell/useLevels.ts';
import { ChannelsField } from './ChannelsField.tsx';
import { Setting } from './Setting.tsx';
import { SidePanel } from './SidePanel.tsx';
import { stepTitles } from './stepWords.ts';
import styles from './StepPanel.module.css';

export type OtherStep = Exclude<RecipeStep, { kind: 'fluoHair' }>;

export interface StepPanelProps {
  step: OtherStep;
  onChange: (step: OtherStep, words: string, what: string) => void;
}

const seedRule = { whole: true, min: 0, max: Number.MAX_SAFE_INTEGER };

const meanings: Record<OtherStep['kind'], string> = {
  stretch:
    'All maps of a level are stretched about the centre, and the layers above draw the picture from them.',
  scale: 'The maps of some channels are multiplied; × 0 switches them off.',
  hybridise: 'The maps of some channels are taken from another seed.',
};

/** The settings of a stretch, a scale or a hybrid. */
export function StepPanel({ step, onChange }: StepPanelProps): JSX.Element {
  const seedId = useId();
  const { all, hidden } = useLevels();
  const title = stepTitles[step.kind];
  return (
    <SidePanel title={title}>
      <div className={styles.settings}>
        <p className="small soft">{meanings[step.kind]}</p>
        {step.kind === 'stretch' ? (
          <>
            <LevelChoice
              value={step.level}
              values={all}
              onChange={(level) => {
                onChange({ ...step, level }, `Stretch level ${level}`, 'level');
              }}
            />
            <Choice
              label="Axis"
              value={step.axis}
              values={['horizontal', 'vertical'] as const}
              onChange={(axis) => {
                onChange({ ...step, axis }, `Stretch ${axis}ly`, 'axis');
              }}
            />
          </>
        ) : (
          <>
            <LevelChoice
              value={step.level}
              values={hidden}
              onChange={(level) => {
                onChange({ ...step, level }, `${title} at level ${level}`, 'level');
              }}
            />
            <ChannelsField
              channels={step.channels}
              onChange={(channels) => {
                onChange({ ...step, channels }, `${title} channels ${channels.join(', ')}`, 'channels');
              }}
            />
          </>
        )}
        {step.kind === 'hybridise' ? (
          <Setting>
            <label className="soft" htmlFor={seedId}>
              Seed
            </label>
            <NumberField
              id={seedId}
              value={step.seed}
              rule={seedRule}
              onChange={(typed) => {
                const seed = goodNumber(typed, seedRule);
                if (seed !== undefined) onChange({ ...step, seed }, `Swap from seed ${seed}`, 'seed');
              }}
            />
          </Setting>
        ) : (
          <Setting>
            <span className="soft">Factor</span>
            <Slider
              label="Factor"
              min={step.kind === 'stretch' ? 0.5 : -2}
              max={step.kind === 'stretch' ? 2 : 4}
              step={0.05}
              value={step.factor}
              resetTo={step.kind === 'stretch' ? 1.5 : 1}
              format={(value) => `× ${fixedTo(value, 2)}`}
              onChange={(factor) => {
                onChange({ ...step, factor }, `${title} × ${fixedTo(factor, 2)}`, 'factor');
              }}
            />
          </Setting>
        )}
      </div>
    </SidePanel>
  );
}

/** Levels by their whole names, which have no room side by side. */
function LevelChoice<V extends Level>(props: {
  value: V;
  values: readonly V[];
  onChange: (value: V) => void;
}): JSX.Element {
  const nameOfLevel = useLevelName();
  return (
    <div className={styles.choice}>
      <span className="soft">Level</span>
      <SelectField
        label="Level"
        small
        value={props.value}
        choices={withChosen(props).map((value) => ({ value, label: nameOfLevel(value) }))}
        onChange={props.onChange}
      />
    </div>
  );
}

/** The levels of the model, and the one of the step where it was made for another model: that is said beside its step. */
function withChosen<V extends Level>({ value, values }: { value: V; values: readonly V[] }): readonly V[] {
  return values.includes(value) ? values : [value, ...values];
}

function Choice<V extends string>(props: {
  label: string;
  value: V;
  values: readonly V[];
  onChange: (value: V) => void;
}): JSX.Element {
  const { label, value, values, onChange } = props;
  return (
    <div className={styles.choice}>
      <span className="soft">{label}</span>
      <Segmented
        label={label}
        small
        value={value}
        choices={values.map((each) => ({ value: each, label: each }))}
        onChange={onChange}
      />
    </div>
  );
}
