import { useDebouncedValue } from '@mantine/hooks';
import type { JSX } from 'react';
import { StateMark } from './marks.tsx';

/** Answers that take no longer than this need no word while they are awaited. */
const quietMilliseconds = 200;

export interface LiveMarkProps {
  /** Of the last answer. */
  milliseconds: number;
  /** Whether a newer question waits for its answer. */
  isStale: boolean;
}

/** Says how long the pictures took, and that new ones are on their way as soon as that takes a while. */
export function LiveMark({ milliseconds, isStale }: LiveMarkProps): JSX.Element {
  const [wasStale] = useDebouncedValue(isStale, quietMilliseconds);
  return (
    <StateMark icon={isStale && wasStale ? 'wait' : 'live'} tone="live">
      {isStale && wasStale ? 'drawing…' : `live, ${Math.round(milliseconds)} ms`}
    </StateMark>
  );
}
