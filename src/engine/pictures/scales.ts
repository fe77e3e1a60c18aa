import type { ValueRange } from '../math/colourMaps.ts';

export type { ValueRange };

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
  /** Whether the value can stand on this axis: finite, and above zero on a logarithmic one. */
  readonly holds: (value: number) => boolean;
}

/** 1, 2 or 5 times a power of ten, about a `count`-th of the range. */
function niceStep({ low, high }: ValueRange, count: number): number {
  const rough = (high - low) / Math.max(1, count);
  const power = 10 ** Math.floor(Math.log10(rough));
  return power * ([1, 2, 5].find((factor) => factor * power >= rough * 0.999) ?? 10);
}

/** Multiples of a nice step, about `count` of them, inside the range. */
export function linearTicks(range: ValueRange, count: number): number[] {
  return multiples(range, niceStep(range, count));
}

function multiples({ low, high }: ValueRange, step: number): number[] {
  const first = Math.ceil(low / step - 1e-9);
  const last = Math.floor(high / step + 1e-9);
  const decimals = Math.max(0, Math.min(100, Math.ceil(-Math.log10(step) - 1e-9)));
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, i) =>
    Number(((first + i) * step).toFixed(decimals)),
  );
}

/** Powers of ten, with their doubles and fivefolds while there is room; linear steps where less than a decade shows. */
export function logTicks(range: ValueRange, count: number): number[] {
  const { low, high } = range;
  const inside = (factors: readonly number[]): number[] => {
    const found: number[] = [];
    for (let e = Math.floor(Math.log10(low)); e <= Math.ceil(Math.log10(high)); e++) {
      for (const factor of factors) {
        const value = Number(`${factor}e${e}`);
        if (value >= low * (1 - 1e-9) && value <= high * (1 + 1e-9)) found.push(value);
      }
    }
    return found;
  };
  const fine = inside([1, 2, 5]);
  if (fine.length < 3) return linearTicks(range, Math.min(count, 4)).filter((value) => value > 0);
  if (fine.length <= count + 1) return fine;
  const threefold = inside([1, 3]);
  if (threefold.length <= count + 1) return threefold;
  const decades = inside([1]);
  const every = Math.ceil(decades.length / Math.max(2, count));
  return decades.filter((_, i) => i % every === 0);
}

function trimmed(value: number, decimals: number): string {
  return value.toFixed(decimals).replace('-', '−');
}

/** Tick texts of one axis: a real minus, k for thousands, no zero before the point where all are below one. */
export function tickTexts(ticks: readonly number[], log: boolean): string[] {
  const largest = Math.max(0, ...ticks.map(Math.abs));
  const least = Math.min(Infinity, ...ticks.filter((tick) => tick !== 0).map(Math.abs));
  if (largest >= 1e7 || (largest > 0 && least < 1e-5)) {
    return ticks.map((tick) =>
      tick === 0 ? '0' : tick.toExponential(0).replace('e+', 'e').replaceAll('-', '−'),
    );
  }
  const thousands = largest >= 10_000;
  const scaled = ticks.map((tick) => (thousands && Math.abs(tick) >= 1000 ? tick / 1000 : tick));
  const needed = (value: number): number => {
    const [, fraction = ''] = Number(value.toPrecision(9)).toFixed(8).replace(/0+$/, '').split('.');
    return fraction.length;
  };
  const common = Math.max(0, ...scaled.map(needed));
  return ticks.map((tick, i) => {
    if (tick === 0) return '0';
    const value = scaled[i]!;
    const written = trimmed(value, log || thousands ? needed(value) : common);
    const short = largest < 1 ? written.replace(/^(−?)0\./, '$1.') : written;
    return thousands && Math.abs(tick) >= 1000 ? `${short}k` : withCommas(short);
  });
}

function withCommas(digits: string): string {
  const [whole = '', fraction] = digits.split('.');
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ',');
  return fraction === undefined ? grouped : `${grouped}.${fraction}`;
}

/** A value for people: three significant digits, thousands with a comma, a real minus. */
export function valueText(value: number): string {
  if (!Number.isFinite(value)) return '–';
  if (value === 0) return '0';
  const size = Math.abs(value);
  if (size >= 1e7 || size < 1e-4) return value.toExponential(2).replace('e+', 'e').replaceAll('-', '−');
  const decimals = Math.max(0, 2 - Math.floor(Math.log10(size)));
  return withCommas(trimmed(value, decimals));
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
    return multiples(range, niceStep(given, pixels.tickCount));
  };
  const ticks = axis.ticks ?? chosen();
  const move = log ? Math.log : (value: number) => value;
  const origin = move(range.low);
  const factor = (pixels.end - pixels.start) / (move(range.high) - origin);
  return {
    log,
    range,
    ticks,
    tickTexts: axis.format === undefined ? tickTexts(ticks, log) : ticks.map(axis.format),
    at: (value) => pixels.start + (move(value) - origin) * factor,
    holds: (value) => plottable(value, log),
  };
}

function widened(range: ValueRange, log: boolean, count: number): ValueRange {
  if (log) {
    const room = (range.high / range.low) ** 0.05;
    return { low: range.low / room, high: range.high * room };
  }
  const step = niceStep(range, count);
  const low = Math.floor(range.low / step + 1e-9) * step;
  const high = Math.ceil(range.high / step - 1e-9) * step;
  return { low: Number(low.toPrecision(12)), high: Number(high.toPrecision(12)) };
}
