import { useState } from 'react';
import type { JSX } from 'react';
import { api } from '../../api/api.ts';
import { NameField } from '../../components/NameField.tsx';
import { Slider } from '../../components/Slider.tsx';
import type { Ref } from '../../shell/useModel.ts';
import { fixedTo } from '../../words.ts';
import { farthest } from './moves.ts';
import styles from './explore.module.css';

export interface DirectionRowProps {
  model: Ref;
  id: string;
  /** What it is called without a person's name for it. */
  title: string;
  /** By a person. */
  given: string | null;
  value: number;
  onMove: (value: number) => void;
  /** From 0 to 1, drawn as a bar; the number is written beside it. */
  share: number;
  number?: string;
  /** What bar and number mean. */
  meaning: string;
}

/** A direction: its name, which can be changed, a slider from the middle, and what it does. */
export function DirectionRow(props: DirectionRowProps): JSX.Element {
  const { model, id, title, given, value, onMove, share, number, meaning } = props;
  const [isNaming, setNaming] = useState(false);
  const name = given ?? title;
  return (
    <div className={styles.latent}>
      {isNaming ? (
        <NameField
          label={`Name of ${title}`}
          given={given}
          placeholder={title}
          onName={(next) => api.directions.rename({ ...model, id, name: next })}
          onDone={() => {
            setNaming(false);
          }}
        />
      ) : (
        <button
          type="button"
          className={styles.name}
          title={given === null ? `Rename ${title}` : `Rename ${given} (${title})`}
          aria-label={`Rename ${name}`}
          onClick={() => {
            setNaming(true);
          }}
        >
          {name}
        </button>
      )}
      <Slider
        label={name}
        min={-farthest}
        max={farthest}
        step={0.05}
        value={value}
        resetTo={0}
        fromZero
        format={(place) => fixedTo(place, 2)}
        onChange={onMove}
      />
      <span className={styles.effect} title={meaning}>
        <i style={{ width: `${share * 100}%` }} />
      </span>
      <span className={styles.number} title={meaning}>
        {number}
      </span>
    </div>
  );
}
