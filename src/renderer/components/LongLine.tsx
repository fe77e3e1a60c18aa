import type { JSX } from 'react';
import type { Progress } from '../../contract/progress.ts';
import type { Long } from '../api/useLong.ts';
import { count, duration } from '../words.ts';
import { Button } from './Button.tsx';
import { Note } from './marks.tsx';
import { ProgressLine } from './ProgressLine.tsx';

/** Where long work stands, with Cancel; or why there is no result, with a way on. Nothing once it is there. */
export function LongLine<R>({
  long,
  title,
  unit = '',
  told,
}: {
  long: Long<R>;
  title: string;
  unit?: string;
  /** How far it is, where the steps of the work mean nothing to a person. */
  told?: ((progress: Progress) => string) | undefined;
}): JSX.Element | null {
  const { progress, etaSeconds, isRunning, isCancelled, error } = long;
  const again = (
    <Button size="small" onClick={long.again}>
      Try again
    </Button>
  );
  if (error !== null) {
    return (
      <Note tone="bad" action={again}>
        {error}
      </Note>
    );
  }
  if (isCancelled) {
    return (
      <Note tone="info" action={again}>
        {title}: cancelled.
      </Note>
    );
  }
  if (!isRunning) return null;
  const isKnown = progress !== null && progress.total > 0;
  return (
    <ProgressLine share={isKnown ? progress.done / progress.total : 0} label={title}>
      <span className="grow">
        <b>{title}</b>{' '}
        <span className="muted">
          {isKnown
            ? (told?.(progress) ?? `${count(progress.done)} of ${count(progress.total)}${unit}`)
            : 'starting'}
          {etaSeconds !== null && `, ${duration(etaSeconds)} left`}
        </span>
      </span>
      <Button size="small" onClick={long.cancel}>
        Cancel
      </Button>
    </ProgressLine>
  );
}
