import { Checkbox, Select, Switch as MantineSwitch, TextInput } from '@mantine/core';
import { useId } from 'react';
import type { JSX, ReactNode } from 'react';
import { classes } from './classes.ts';
import styles from './controls.module.css';

export interface FieldProps {
  label: string;
  /** What it means, below it. */
  help?: ReactNode;
  /** A value that is allowed and unusual. */
  warning?: string | undefined;
  /** The label above the control. */
  stacked?: boolean;
  children: (id: string, describedBy: string) => ReactNode;
}

/** A label, its control, and a line that explains. What is wrong with a number its field says. */
export function Field({ label, help, warning, stacked = false, children }: FieldProps): JSX.Element {
  const id = useId();
  return (
    <div className={classes(styles.field, stacked && styles.stacked)}>
      <label htmlFor={id}>{label}</label>
      {children(id, `${id}-note`)}
      <span id={`${id}-note`} className={warning !== undefined ? 'warn-text' : 'muted'}>
        {warning ?? help}
      </span>
    </div>
  );
}

export interface TextFieldProps {
  id?: string;
  label?: string;
  value: string;
  onChange: (value: string) => void;
  placeholder?: string;
  mono?: boolean;
  invalid?: boolean;
}

export function TextField({
  id,
  label,
  value,
  onChange,
  placeholder,
  mono = false,
  invalid = false,
}: TextFieldProps): JSX.Element {
  return (
    <TextInput
      value={value}
      onChange={(event) => {
        onChange(event.currentTarget.value);
      }}
      error={invalid}
      {...(mono && { classNames: { input: 'mono' } })}
      {...(id !== undefined && { id })}
      {...(label !== undefined && { 'aria-label': label })}
      {...(placeholder !== undefined && { placeholder })}
    />
  );
}

export interface Choice<V extends string> {
  value: V;
  label: string;
}

export interface SelectFieldProps<V extends string> {
  id?: string;
  label?: string;
  value: V;
  choices: readonly Choice<V>[];
  onChange: (value: V) => void;
  width?: number | string;
  small?: boolean;
}

export function SelectField<V extends string>(props: SelectFieldProps<V>): JSX.Element {
  const { id, label, value, choices, onChange, width, small = false } = props;
  return (
    <Select
      value={value}
      data={[...choices]}
      onChange={(next) => {
        const chosen = choices.find((choice) => choice.value === next);
        if (chosen !== undefined) onChange(chosen.value);
      }}
      allowDeselect={false}
      size={small ? 'xs' : 'sm'}
      comboboxProps={{ transitionProps: { duration: 0 } }}
      {...(id !== undefined && { id })}
      {...(label !== undefined && { 'aria-label': label })}
      {...(width !== undefined && { w: width })}
    />
  );
}

export interface SegmentedProps<V extends string> {
  label: string;
  /** Null where none of them is chosen. */
  value: V | null;
  choices: readonly { value: V; label: ReactNode }[];
  onChange: (value: V) => void;
  small?: boolean;
  /** Goes on on a second line where it is too long for one. */
  wraps?: boolean;
}

/** One of few, all shown. One tab stop; arrow keys choose. */
export function Segmented<V extends string>({
  label,
  value,
  choices,
  onChange,
  small = false,
  wraps = false,
}: SegmentedProps<V>): JSX.Element {
  const name = useId();
  return (
    <span
      className={classes(styles.segmented, small && styles.small, wraps && styles.wraps)}
      role="radiogroup"
      aria-label={label}
    >
      {choices.map((choice) => (
        <label key={choice.value} className={classes(choice.value === value && styles.chosen)}>
          <input
            type="radio"
            className="visually-hidden"
            name={name}
            checked={choice.value === value}
            onChange={() => {
              onChange(choice.value);
            }}
          />
          {choice.label}
        </label>
      ))}
    </span>
  );
}

export interface ToggleProps {
  label: ReactNode;
  checked: boolean;
  onChange: (checked: boolean) => void;
  disabled?: boolean;
}

export function Check({ label, checked, onChange, disabled = false }: ToggleProps): JSX.Element {
  return (
    <Checkbox
      size="xs"
      label={label}
      checked={checked}
      disabled={disabled}
      onChange={(event) => {
        onChange(event.currentTarget.checked);
      }}
    />
  );
}

export function Switch({ label, checked, onChange, disabled = false }: ToggleProps): JSX.Element {
  return (
    <MantineSwitch
      size="xs"
      label={label}
      checked={checked}
      disabled={disabled}
      onChange={(event) => {
        onChange(event.currentTarget.checked);
      }}
    />
  );
}
