import type { JSX } from 'react';
import { Button } from '../../components/Button.tsx';
import { SelectField } from '../../components/controls.tsx';
import { Icon } from '../../components/Icon.tsx';
import { Slider } from '../../components/Slider.tsx';
import { TypedNumber } from '../../components/TypedNumber.tsx';
import { count } from '../../words.ts';
import { speeds } from './usePlayer.ts';
import type { Player } from './usePlayer.ts';
import styles from './theory.module.css';

const speedChoices = speeds.map((value) => ({ value, label: `× ${value === '0.25' ? '¼' : value}` }));

/** Play, one step, where it stands, and how fast. */
export function PlayerBar({ player, steps }: { player: Player; steps: readonly number[] }): JSX.Element {
  const { frame, last, isPlaying, toggle, stepOn, seek } = player;
  const step = steps[frame] ?? 0;
  return (
    <div
      className={styles.player}
      role="group"
      aria-label="Training"
      onKeyDown={(event) => {
        if (event.key !== ' ' || !(event.target instanceof HTMLInputElement)) return;
        if (event.target.type !== 'range') return;
        event.preventDefault();
        toggle();
      }}
    >
      <Button size="small" square aria-label={isPlaying ? 'Pause' : 'Play'} onClick={toggle}>
        <Icon name={isPlaying ? 'pause' : 'play'} />
      </Button>
      <Button size="small" square aria-label="One step on" onClick={stepOn}>
        <svg className="icon" viewBox="0 0 16 16" aria-hidden="true">
          <path d="M4 3.500v9L10.500 8zM12.500 3.500v9" />
        </svg>
      </Button>
      <Slider
        label="Step of training"
        bare
        value={frame}
        min={0}
        max={last}
        step={1}
        format={() => `${count(step)} steps`}
        onChange={seek}
      />
      <StepField step={step} last={steps[last] ?? 0} onChange={player.seekStep} />
      <span className="muted">steps</span>
      <SelectField
        label="Speed"
        small
        width={72}
        value={player.speed}
        choices={speedChoices}
        onChange={player.setSpeed}
      />
    </div>
  );
}

/** The step, which can be typed: the nearest recorded one before it is shown. */
function StepField(props: { step: number; last: number; onChange: (step: number) => void }): JSX.Element {
  const { step, last, onChange } = props;
  return (
    <span className={styles.stepField}>
      <TypedNumber
        label="Step of training, value"
        shown={count(step)}
        rule={{ whole: true, min: 0, max: last }}
        disabled={last === 0}
        onTyped={onChange}
      />
    </span>
  );
}
