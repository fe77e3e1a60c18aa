import type { JSX, ReactNode } from 'react';
import type { LiveCheck } from '../../../contract/intervene.ts';
import { Icon } from '../../components/Icon.tsx';
import { Note } from '../../components/marks.tsx';
import { figure } from '../../words.ts';

export interface CheckAnswer {
  value: LiveCheck | undefined;
  isStale: boolean;
  error: string | null;
}

/** A recolouring is local where the region changes this much more than the rest. */
const leastRatio = 3;
const mostHueOff = 30;

type Verdict = 'ok' | 'warn' | 'none';

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
  if (!isOn) return <p className="small muted rule checks">Switched off: nothing is recoloured.</p>;
  if (value === undefined) return <p className="small muted rule checks">Checking…</p>;
  return (
    <ul className={isStale ? 'checks rule stale' : 'checks rule'} aria-live="polite">
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

function ratioLine({ inside, outside }: LiveCheck, what: string | null): JSX.Element {
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

const icons = { ok: 'check', warn: 'warn', none: 'dash' } as const;

function Line({
  verdict,
  title,
  children,
}: {
  verdict: Verdict;
  title?: string;
  children: ReactNode;
}): JSX.Element {
  return (
    <li className={verdict} title={title}>
      <Icon name={icons[verdict]} />
      <span>{children}</span>
    </li>
  );
}
