import type { JSX, ReactNode } from 'react';
import type { FluoHairCheck } from '../../../contract/intervene.ts';
import { classes } from '../../components/classes.ts';
import { Icon } from '../../components/Icon.tsx';
import { Note } from '../../components/marks.tsx';
import { figure } from '../../words.ts';
import styles from './Checks.module.css';

export interface CheckAnswer {
  value: FluoHairCheck | undefined;
  isStale: boolean;
  error: string | null;
}

/** A recolouring is local where the region changes this much more than the rest. */
const leastRatio = 3;
const mostHueOff = 30;

/** What the step did, in sentences made from the figures. */
export function Checks({
  check,
  what,
  isOn,
}: {
  check: CheckAnswer;
  /** The module's title; null where the channels were chosen by hand. */
  what: string | null;
  isOn: boolean;
}): JSX.Element {
  const { value, isStale, error } = check;
  if (error !== null) return <Note tone="bad">{error}</Note>;
  if (!isOn)
    return <p className={classes('small muted rule', styles.checks)}>Switched off: nothing is recoloured.</p>;
  if (value === undefined) return <p className={classes('small muted rule', styles.checks)}>Checking…</p>;
  return (
    <ul className={classes(styles.checks, 'rule', isStale && 'stale')} aria-live="polite">
      <Line verdict={value.areFineMapsUnchanged ? 'ok' : 'none'}>
        {value.areFineMapsUnchanged
          ? 'Fine maps unchanged, to the bit'
          : 'Fine maps changed, by the other steps'}
      </Line>
      {ratioLine(value, what)}
      {value.hueOff !== null && (
        <Line verdict={value.hueOff <= mostHueOff ? 'ok' : 'warn'}>
          {value.hueOff <= mostHueOff
            ? `Hue within ${Math.ceil(value.hueOff)}° of the target`
            : `Hue ${Math.round(value.hueOff)}° off the target`}
        </Line>
      )}
      {value.unmoved > 0 && (
        <Line verdict="none">
          {value.unmoved} of {value.pictures} hardly change
        </Line>
      )}
    </ul>
  );
}

function ratioLine({ inside, outside }: FluoHairCheck, what: string | null): JSX.Element {
  if (inside === null || outside === null || what === null) {
    return <Line verdict="none">No module, so no region to compare</Line>;
  }
  if (outside === 0) return <Line verdict="ok">{what} changes, the rest not at all</Line>;
  const ratio = inside / outside;
  return (
    <Line
      verdict={ratio >= leastRatio ? 'ok' : 'warn'}
      title={`${figure(inside)} inside, ${figure(outside)} outside`}
    >
      {what} changes {figure(ratio, 2)} × the rest
    </Line>
  );
}

const looks = {
  ok: { icon: 'check', name: styles.ok },
  warn: { icon: 'warn', name: styles.warn },
  none: { icon: 'dash', name: styles.none },
} as const;

function Line({
  verdict,
  title,
  children,
}: {
  verdict: keyof typeof looks;
  title?: string;
  children: ReactNode;
}): JSX.Element {
  const { icon, name } = looks[verdict];
  return (
    <li className={name} title={title}>
      <Icon name={icon} />
      <span>{children}</span>
    </li>
  );
}
