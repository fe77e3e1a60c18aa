import type { JSX, ReactNode } from 'react';
import type { FluoHairCheck } from '../../../contract/intervene.ts';
import type { Reach } from '../../../contract/reach.ts';
import { classes } from '../../components/classes.ts';
import { Icon } from '../../components/Icon.tsx';
import { Note } from '../../components/marks.tsx';
import { figure } from '../../words.ts';
import styles from './Checks.module.css';

export interface CheckAnswer {
  value: FluoHairCheck | undefined;
  isStale: boolean;
  error: string | null;
  /** Why nothing on this model can be judged; null where it can, undefined while that is not known. */
  refusal: string | null | undefined;
  reach: ReachAnswer;
}

/** What the recipe paints beside hair; null while that is measured for the first time. */
export interface ReachAnswer {
  value: Reach | null;
  isStale: boolean;
  error: string | null;
}

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
  const { value, isStale, error, refusal, reach } = check;
  if (error !== null) return <Note tone="bad">{error}</Note>;
  if (!isOn)
    return <p className={classes('small muted rule', styles.checks)}>Switched off: nothing is recoloured.</p>;
  if (value === undefined || refusal === undefined)
    return <p className={classes('small muted rule', styles.checks)}>Checking…</p>;
  // What was measured is told all the same; no tick and no warning is made of it.
  const judged = (verdict: Verdict): Verdict => (refusal === null ? verdict : 'none');
  return (
    <>
      {refusal === null ? (
        <ReachNote {...reach} />
      ) : (
        <div className={styles.reach}>
          <Note tone="info">{refusal}</Note>
        </div>
      )}
      <ul className={classes(styles.checks, 'rule', isStale && 'stale')} aria-live="polite">
        <Line verdict={judged(value.areFineMapsUnchanged ? 'ok' : 'none')}>
          {value.areFineMapsUnchanged
            ? 'Fine maps unchanged, to the bit'
            : 'Fine maps changed, by the other steps'}
        </Line>
        {ratioLine(value, what)}
        {value.hueOff !== null && (
          <Line verdict={judged(value.hueOff <= mostHueOff ? 'ok' : 'warn')}>
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
    </>
  );
}

const reachTones = { good: 'ok', warn: 'warn', none: 'info' } as const;

/** Whether hair alone is painted, as far as that was measured; nothing else on this panel says so. */
function ReachNote({ value, isStale, error }: ReachAnswer): JSX.Element {
  if (error !== null) return <Note tone="bad">{error}</Note>;
  if (value === null) return <p className="small muted">Measuring what is painted beside hair…</p>;
  return (
    <div className={classes(styles.reach, isStale && 'stale')} aria-live="polite">
      <Note tone={reachTones[value.verdict]}>{value.sentence}</Note>
    </div>
  );
}

/** A fact and no praise: the region is the module's own, so that it says nothing about hair. */
function ratioLine({ inside, outside }: FluoHairCheck, what: string | null): JSX.Element {
  if (inside === null || outside === null || what === null) {
    return <Line verdict="none">No module, so no region to compare</Line>;
  }
  if (outside === 0) return <Line verdict="none">The module’s own region changes, the rest not at all</Line>;
  return (
    <Line verdict="none" title={`${what}: ${figure(inside)} inside, ${figure(outside)} outside`}>
      The module’s own region changes {figure(inside / outside, 2)} × the rest
    </Line>
  );
}

const looks = {
  ok: { icon: 'check', name: styles.ok },
  warn: { icon: 'warn', name: styles.warn },
  none: { icon: 'dash', name: styles.none },
} as const;
type Verdict = keyof typeof looks;

function Line({
  verdict,
  title,
  children,
}: {
  verdict: Verdict;
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
