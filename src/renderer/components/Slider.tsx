import type { CSSProperties, JSX } from 'react';
import { TypedNumber } from './TypedNumber.tsx';
import styles from './Slider.module.css';

export interface SliderProps {
  label: string;
  value: number;
  min: number;
  max: number;
  step: number;
  onChange: (value: number) => void;
  /** How the value reads; what is typed back may leave out its unit. */
  format?: (value: number) => string;
  /** `0` and a double click bring this one back. */
  resetTo?: number;
  /** Its bar begins at 0, wherever that lies, and not at its least value. */
  fromZero?: boolean;
  /** Without the value beside it, where the page shows it otherwise. */
  bare?: boolean;
  disabled?: boolean;
}

/** A slider with a value that can be typed. Arrows move a step, with Shift ten; Home and End go to the ends. */
export function Slider(props: SliderProps): JSX.Element {
  const {
    label,
    value,
    min,
    max,
    step,
    onChange,
    format = String,
    resetTo,
    fromZero = false,
    bare = false,
    disabled = false,
  } = props;
  const shareOf = (place: number): number =>
    max === min ? 0 : (Math.min(max, Math.max(min, place)) - min) / (max - min);
  const ends = [fromZero ? shareOf(0) : 0, shareOf(value)].sort((a, b) => a - b);
  const reset = (): void => {
    if (resetTo !== undefined) onChange(resetTo);
  };
  return (
    <span className={styles.slider}>
      <input
        type="range"
        aria-label={label}
        aria-valuetext={format(value)}
        min={min}
        max={max}
        step={step}
        value={value}
        disabled={disabled}
        style={{ '--from': `${ends[0]! * 100}%`, '--at': `${ends[1]! * 100}%` } as CSSProperties}
        onChange={(event) => {
          onChange(Number(event.currentTarget.value));
        }}
        onDoubleClick={reset}
        onKeyDown={(event) => {
          const direction = { ArrowRight: 1, ArrowUp: 1, ArrowLeft: -1, ArrowDown: -1 }[event.key];
          if (event.key === '0') reset();
          if (direction === undefined || !event.shiftKey) return;
          event.preventDefault();
          onChange(Math.min(max, Math.max(min, value + direction * 10 * step)));
        }}
      />
      {!bare && (
        <TypedNumber
          label={`${label}, value`}
          shown={format(value)}
          rule={{ min, max, whole: Number.isInteger(min) && Number.isInteger(step) }}
          disabled={disabled}
          onTyped={onChange}
        />
      )}
    </span>
  );
}
