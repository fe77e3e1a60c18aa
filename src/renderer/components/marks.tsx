import type { CSSProperties, JSX, ReactNode } from 'react';
import type { RunState } from '../../contract/studio.ts';
import { Icon } from './Icon.tsx';
import type { IconName } from './Icon.tsx';

type Tone = 'ok' | 'warn' | 'bad' | 'live' | 'plain';

/** A state: an icon and a word, and a colour as the third cue. */
export function StateMark({
  icon,
  tone,
  children,
}: {
  icon: IconName;
  tone: Tone;
  children: ReactNode;
}): JSX.Element {
  return (
    <span className={`state ${tone}`}>
      <Icon name={icon} />
      {children}
    </span>
  );
}

const runMarks: Record<RunState, { icon: IconName; tone: Tone; word: string }> = {
  waiting: { icon: 'wait', tone: 'plain', word: 'Not started' },
  starting: { icon: 'live', tone: 'live', word: 'Starting' },
  training: { icon: 'live', tone: 'live', word: 'Training' },
  pausing: { icon: 'pause', tone: 'live', word: 'Pausing' },
  paused: { icon: 'pause', tone: 'plain', word: 'Paused' },
  interrupted: { icon: 'bolt', tone: 'warn', word: 'Interrupted' },
  finished: { icon: 'check', tone: 'ok', word: 'Finished' },
  failed: { icon: 'bad', tone: 'bad', word: 'Failed' },
};

export function RunMark({ state }: { state: RunState }): JSX.Element {
  const { icon, tone, word } = runMarks[state];
  return (
    <StateMark icon={icon} tone={tone}>
      {word}
    </StateMark>
  );
}

const noteIcons = { ok: 'check', warn: 'warn', bad: 'bad', info: 'info' } as const;

export interface NoteProps {
  tone: keyof typeof noteIcons;
  children: ReactNode;
  action?: ReactNode;
}

/** A sentence that stands where its cause is. One about an error is announced. */
export function Note({ tone, children, action }: NoteProps): JSX.Element {
  return (
    <div className={`note ${tone}`} {...(tone === 'bad' && { role: 'alert' })}>
      <Icon name={noteIcons[tone]} />
      <div className="grow">{children}</div>
      {action}
    </div>
  );
}

/** Notes one below the other: errors, where there are any, and then warnings. */
export function Notes({
  errors,
  warnings,
}: {
  errors: readonly (string | null)[];
  warnings: readonly string[];
}): JSX.Element {
  const found = errors.filter((each) => each !== null);
  return (
    <>
      {found.map((each) => (
        <Note key={each} tone="bad">
          {each}
        </Note>
      ))}
      {warnings.map((each) => (
        <Note key={each} tone="warn">
          {each}
        </Note>
      ))}
    </>
  );
}

/** A figure and what it is. */
export function ReadOut({
  value,
  children,
  small = false,
}: {
  value: ReactNode;
  children: ReactNode;
  small?: boolean;
}): JSX.Element {
  return (
    <div className={small ? 'read small-read' : 'read'}>
      <b>{value}</b>
      <span>{children}</span>
    </div>
  );
}

/** How far something is; `share` from 0 to 1. */
export function Meter({
  share,
  label,
  ticks = [],
}: {
  share: number;
  label: string;
  ticks?: readonly number[];
}): JSX.Element {
  const percent = Math.round(Math.min(1, Math.max(0, share)) * 1000) / 10;
  return (
    <span className="meter-box">
      <span
        className="meter"
        role="progressbar"
        aria-label={label}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={percent}
        style={{ '--at': `${percent}%` } as CSSProperties}
      >
        <i />
      </span>
      {ticks.map((tick) => (
        <i key={tick} className="meter-tick" style={{ left: `${tick * 100}%` }} />
      ))}
    </span>
  );
}

/** What to do where there is nothing yet. */
export function EmptyBox({
  icon,
  title,
  children,
}: {
  icon: IconName;
  title: string;
  children: ReactNode;
}): JSX.Element {
  return (
    <div className="empty">
      <Icon name={icon} />
      <b>{title}</b>
      <span>{children}</span>
    </div>
  );
}
