import { createScale } from '../../../charts/scale.ts';
import type { Scale } from '../../../charts/scale.ts';
import { decadeTicks } from '../../../charts/ticks.ts';

const none = { low: 0, high: 1 };

/** 0, 1, 2 … `high`, a whole number. */
export function linearAxis(high: number, start: number, end: number): Scale {
  return createScale({ range: [0, high] }, none, { start, end, tickCount: Math.min(6, high) }, false);
}

/** Decades from 10^low to 10^high. */
export function logarithmicAxis(low: number, high: number, start: number, end: number): Scale {
  const range = { low: 10 ** low, high: 10 ** high };
  const ticks = decadeTicks(range, 8);
  const axis = { scale: 'log', range: [range.low, range.high], ticks } as const;
  return createScale(axis, none, { start, end, tickCount: 8 }, false);
}
