import { scaleLinear, scaleLog } from 'd3-scale';

import { tickTexts } from './numberText.ts';
import { logTicks, multiplesOf, stepOf } from './ticks.ts';
import type { ValueRange } from './ticks.ts';

export interface AxisOptions {
  /** What the axis measures, with its unit. */
  readonly label?: string;
  readonly scale?: 'linear' | 'log';
  /** Ends of the axis; default: the data's, widened to ticks on a linear vertical axis. */
  readonly range?: readonly [low: number, high: number];
  /** Places of the ticks; default: chosen. */
  readonly ticks?: readonly number[];
  readonly format?: (value: number) => string;
}

/** A mapping of values to pixels, with its ticks. */
export interface Scale {
  readonly log: boolean;
  readonly range: ValueRange;
  readonly ticks: readonly number[];
  readonly tickTexts: readonly string[];
  /** Pixel of a value. */
  readonly at: (value: number) => number;
  /** The value at a pixel. */
  readonly from: (pixel: number) => number;
  /** Whether the value can stand on this axis: finite, and above zero on a logarithmic one. */
  readonly holds: (value: number) => boolean;
}

/** Beyond this, and closer to zero than its reciprocal, arithmetic on an axis would leave the range of numbers. */
const farthest = 1e60;

/** Whether a value can stand on an axis: finite (and of a magnitude below 1e60); above zero (1e−60) on a logarithmic one. */
export function plottable(value: number, log: boolean): boolean {
  return Math.abs(value) < farthest && (!log || value > 1 / farthest);
}

/** The range of the values that can stand on the axis; one wide around a single value, [0, 1] (log: [1, 10]) for none. */
export function rangeOf(values: Iterable<number>, log: boolean): ValueRange {
  let low = Infinity;
  let high = -Infinity;
  for (const value of values) {
    if (!plottable(value, log)) continue;
    if (value < low) low = value;
    if (value > high) high = value;
  }
  if (low > high) return log ? { low: 1, high: 10 } : { low: 0, high: 1 };
  // Less than a millionth apart: a tick text could not tell them from one another.
  if (high - low <= 1e-6 * Math.max(Math.abs(low), Math.abs(high)) || high - low < 1 / farthest) {
    if (log) return { low: low / 2, high: high * 2 };
    const reach = Math.abs(low) > 1 / farthest ? Math.abs(low) * 0.5 : 0.5;
    return { low: low - reach, high: high + reach };
  }
  return { low, high };
}

/** The scale of an axis drawn from pixel `start` (low) to pixel `end` (high); `widen` moves the ends to ticks. */
export function createScale(
  axis: AxisOptions,
  data: ValueRange,
  pixels: { readonly start: number; readonly end: number; readonly tickCount: number },
  widen: boolean,
): Scale {
  const log = axis.scale === 'log';
  const given = axis.range === undefined ? data : rangeOf(axis.range, log);
  const free = widen && axis.range === undefined && axis.ticks === undefined;
  const range = free ? widened(given, log, pixels.tickCount) : given;
  const chosen = (): number[] => {
    if (log) return logTicks(range, pixels.tickCount);
    return multiplesOf(stepOf(given, pixels.tickCount), range);
  };
  const ticks = axis.ticks ?? chosen();
  const map = (log ? scaleLog() : scaleLinear())
    .domain([range.low, range.high])
    .range([pixels.start, pixels.end]);
  return {
    log,
    range,
    ticks,
    tickTexts: axis.format === undefined ? tickTexts(ticks, log) : ticks.map(axis.format),
    at: (value) => map(value),
    from: (pixel) => map.invert(pixel),
    holds: (value) => plottable(value, log),
  };
}

/** The range with its ends moved out to the next ticks; on a logarithmic axis by a twentieth of it. */
export function widened(range: ValueRange, log: boolean, count: number): ValueRange {
  if (log) {
    const room = (range.high / range.low) ** 0.05;
    return { low: range.low / room, high: range.high * room };
  }
  const step = stepOf(range, count);
  const low = Math.floor(range.low / step + 1e-9) * step;
  const high = Math.ceil(range.high / step - 1e-9) * step;
  return { low: Number(low.toPrecision(12)), high: Number(high.toPrecision(12)) };
}
