/** A part of the axis of steps: whole numbers, `from` below `to`. */
export interface StepRange {
  readonly from: number;
  readonly to: number;
}

/** Fewer steps than this are not looked at alone. */
const leastSteps = 2;

/** The steps between two places of the axis, in whichever order; null where that is next to nothing. */
export function rangeBetween(one: number, other: number, whole: StepRange): StepRange | null {
  const from = Math.max(whole.from, Math.round(Math.min(one, other)));
  const to = Math.min(whole.to, Math.round(Math.max(one, other)));
  return to - from < leastSteps ? null : { from, to };
}

/**
 * The range that shows `factor` times as much of the axis around a step, which stays where it is; null is all of it.
 * @param isLog whether the axis is logarithmic: its parts are ratios then
 */
export function zoomedAt(
  range: StepRange | null,
  whole: StepRange,
  { at, factor, isLog }: { at: number; factor: number; isLog: boolean },
): StepRange | null {
  const shown = range ?? whole;
  const place = (step: number): number => (isLog ? Math.log(Math.max(1, step)) : step);
  const step = (value: number): number => (isLog ? Math.exp(value) : value);
  const centre = Math.min(place(shown.to), Math.max(place(shown.from), place(at)));
  const from = step(centre - (centre - place(shown.from)) * factor);
  const to = step(centre + (place(shown.to) - centre) * factor);
  const isWhole = Math.round(from) <= Math.max(whole.from, isLog ? 1 : 0) && Math.round(to) >= whole.to;
  return isWhole ? null : (rangeBetween(from, to, whole) ?? range);
}

/** "100-2500" in an address. */
export function rangeText({ from, to }: StepRange): string {
  return `${from}-${to}`;
}

export function readRange(text: string | undefined): StepRange | null {
  const [, from, to] = /^(\d{1,10})-(\d{1,10})$/.exec(text ?? '') ?? [];
  if (from === undefined || to === undefined) return null;
  return Number(to) - Number(from) < leastSteps ? null : { from: Number(from), to: Number(to) };
}
