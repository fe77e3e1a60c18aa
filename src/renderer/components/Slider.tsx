import { useState } from 'react';
import type { CSSProperties, JSX } from 'react';

export interface SliderProps {
  label: string;
  value: number;
  min: number;
  max: number;
  step: number;
  onChange: (value: number) => void;
  /** How the value reads; what is typed back may leave out everything but the number. */
  format?: (value: number) => string;
  /** `0` and a double click bring this one back. */
  resetTo?: number;
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
    bare = false,
    disabled = false,
  } = props;
  const share = max === min ? 0 : (Math.min(max, Math.max(min, value)) - min) / (max - min);
  const reset = (): void => {
    if (resetTo !== undefined) onChange(resetTo);
  };
  return (
    <span className="slide">
      <input
        type="range"
        aria-label={label}
        aria-valuetext={format(value)}
        min={min}
        max={max}
        step={step}
        value={value}
        disabled={disabled}
        style={{ '--at': `${share * 100}%` } as CSSProperties}
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
        <TypedValue
          label={label}
          value={value}
          min={min}
          max={max}
          onChange={onChange}
          format={format}
          disabled={disabled}
        />
      )}
    </span>
  );
}

function TypedValue(
  props: Required<Pick<SliderProps, 'label' | 'value' | 'min' | 'max' | 'onChange' | 'format' | 'disabled'>>,
): JSX.Element {
  const { label, value, min, max, onChange, format, disabled } = props;
  const [typed, setTyped] = useState<string | null>(null);
  const accept = (): void => {
    const number = Number((typed ?? '').replace('−', '-').replaceAll(/[^\d.eE-]/g, ''));
    if (typed !== null && typed.trim() !== '' && Number.isFinite(number))
      onChange(Math.min(max, Math.max(min, number)));
    setTyped(null);
  };
  return (
    <input
      className="typed"
      aria-label={`${label}, value`}
      value={typed ?? format(value)}
      disabled={disabled}
      onFocus={(event) => {
        event.currentTarget.select();
      }}
      onChange={(event) => {
        setTyped(event.currentTarget.value);
      }}
      onBlur={accept}
      onKeyDown={(event) => {
        if (event.key === 'Enter') accept();
        if (event.key === 'Escape') setTyped(null);
      }}
    />
  );
}
