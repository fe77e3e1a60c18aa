import type { CSSProperties, JSX, ReactNode } from 'react';
import type { RunState } from '../../contract/studio.ts';
import type { Verdict } from '../../contract/verdicts.ts';
import { classes } from './classes.ts';
import { Icon } from './Icon.tsx';
import type { IconName } from './Icon.tsx';
import { waitWords } from './queueWords.ts';
import type { QueuePlace } from './queueWords.ts';
import { isUnderWay } from './runStates.ts';
import styles from './marks.module.css';

type Tone = 'ok' | 'warn' | 'bad' | 'live' | 'plain';

const stateLooks: Readonly<Record<Tone, string | undefined>> = {
  ok: styles.ok,
  warn: styles.warn,
  bad: styles.bad,
  live: styles.live,
  plain: undefined,
};

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
    <span className={classes(styles.state, stateLooks[tone])}>
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

export interface RunMarkProps {
  state: RunState;
  /** Where it waits in the queue, if it does. */
  queued?: QueuePlace | undefined;
}

export function RunMark({ state, queued }: RunMarkProps): JSX.Element {
  if (queued !== undefined && !isUnderWay(state)) {
    return (
      <StateMark icon={queued.entry.isHeld ? 'pause' : 'wait'} tone="plain">
        {waitWords(queued)}
      </StateMark>
    );
  }
  const { icon, tone, word } = runMarks[state];
  return (
    <StateMark icon={icon} tone={tone}>
      {word}
    </StateMark>
  );
}

const outcomeMarks: Record<Verdict['outcome'], { icon: IconName; tone: Tone; word: string }> = {
  holds: { icon: 'check', tone: 'ok', word: 'holds' },
  'does-not-hold': { icon: 'bad', tone: 'bad', word: 'does not hold' },
  undecidable: { icon: 'help', tone: 'warn', word: 'cannot be decided' },
};

/** What became of a claim. */
export function OutcomeMark({ outcome }: { outcome: Verdict['outcome'] }): JSX.Element {
  const { icon, tone, word } = outcomeMarks[outcome];
  return (
    <StateMark icon={icon} tone={tone}>
      <b>{word}</b>
    </StateMark>
  );
}

const noteLooks = {
  ok: { icon: 'check', name: styles.ok },
  warn: { icon: 'warn', name: styles.warn },
  bad: { icon: 'bad', name: styles.bad },
  info: { icon: 'info', name: styles.info },
} as const;

export interface NoteProps {
  tone: keyof typeof noteLooks;
  /** Instead of the tone's own. */
  icon?: IconName;
  className?: string | undefined;
  children: ReactNode;
  action?: ReactNode;
}

/** A sentence that stands where its cause is. One about an error is announced. */
export function Note({ tone, icon, className, children, action }: NoteProps): JSX.Element {
  const look = noteLooks[tone];
  return (
    <div className={classes(styles.note, look.name, className)} {...(tone === 'bad' && { role: 'alert' })}>
      <Icon name={icon ?? look.icon} />
      <div className="grow">{children}</div>
      {action}
    </div>
  );
}

/** Notes one below the other: errors, where there are any, and then warnings. */
export function Notes({
  errors,
  warnings,
  className,
}: {
  errors: readonly (string | null)[];
  warnings: readonly string[];
  /** Of each of them. */
  className?: string | undefined;
}): JSX.Element {
  const found = errors.filter((each) => each !== null);
  return (
    <>
      {found.map((each) => (
        <Note key={each} tone="bad" className={className}>
          {each}
        </Note>
      ))}
      {warnings.map((each) => (
        <Note key={each} tone="warn" className={className}>
          {each}
        </Note>
      ))}
    </>
  );
}

/** A figure and what it is. */
export function ReadOut({ value, children }: { value: ReactNode; children: ReactNode }): JSX.Element {
  return (
    <div className={styles.read}>
      <b>{value}</b>
      <span>{children}</span>
    </div>
  );
}

export interface MeterProps {
  /** From 0 to 1. */
  share: number;
  label: string;
  ticks?: readonly number[];
  /** Where the ticks stand: below the bar, or across it. */
  tickPlace?: 'below' | 'across';
  thin?: boolean;
  /** In the colour of data, where it is a measurement and no progress. */
  isData?: boolean;
}

/** How far something is. */
export function Meter({
  share,
  label,
  ticks = [],
  tickPlace = 'below',
  thin = false,
  isData = false,
}: MeterProps): JSX.Element {
  const percent = Math.round(Math.min(1, Math.max(0, share)) * 1000) / 10;
  return (
    <span className={styles.meterBox}>
      <span
        className={classes(styles.meter, thin && styles.thin, isData && styles.data)}
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
        <i
          key={tick}
          className={tickPlace === 'below' ? styles.below : styles.across}
          style={{ left: `${tick * 100}%` }}
        />
      ))}
    </span>
  );
}

/** The bar of a share whose number stands beside it; `isQuiet` where it does not stand out. */
export function Bar({ share, isQuiet = false }: { share: number; isQuiet?: boolean }): JSX.Element {
  return (
    <span
      className={classes(styles.meter, isQuiet ? styles.rest : styles.data)}
      style={{ '--at': `${share * 100}%` } as CSSProperties}
    >
      <i />
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
    <div className={styles.empty}>
      <Icon name={icon} />
      <b>{title}</b>
      <span>{children}</span>
    </div>
  );
}
