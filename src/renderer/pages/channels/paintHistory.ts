/** Pixels of a face, as rows of the picture one after another. */
export type Mask = ReadonlySet<number>;

/** What was painted, stroke after stroke, and which state is shown. */
export interface PaintHistory {
  states: readonly Mask[];
  now: number;
}

const mostStates = 100;

export function startPainting(mask: Mask): PaintHistory {
  return { states: [mask], now: 0 };
}

export function maskOf({ states, now }: PaintHistory): Mask {
  return states[now] ?? new Set();
}

/** A new stroke is a state of its own, and what was undone before it is forgotten; dabs of the same stroke go into its state. */
export function painted({ states, now }: PaintHistory, mask: Mask, isNewStroke: boolean): PaintHistory {
  const kept = states.slice(0, isNewStroke ? now + 1 : Math.max(1, now));
  const next = [...kept, mask].slice(-mostStates);
  return { states: next, now: next.length - 1 };
}

export function moved({ states, now }: PaintHistory, by: -1 | 1): PaintHistory {
  return { states, now: Math.min(states.length - 1, Math.max(0, now + by)) };
}
