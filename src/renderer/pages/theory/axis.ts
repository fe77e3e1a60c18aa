/** A mapping of values to pixels with its ticks, for the planes of this page. */
export interface Axis {
  at: (value: number) => number;
  /** The value at a pixel. */
  from: (pixel: number) => number;
  holds: (value: number) => boolean;
  ticks: readonly { value: number; text: string }[];
}

/** 0, 1, 2 … */
export function linearAxis(high: number, start: number, end: number): Axis {
  const every = high > 6 ? Math.ceil(high / 5) : 1;
  const factor = (end - start) / high;
  return {
    at: (value) => start + value * factor,
    from: (pixel) => (pixel - start) / factor,
    holds: Number.isFinite,
    ticks: Array.from({ length: Math.floor(high / every) + 1 }, (_, i) => ({
      value: i * every,
      text: String(i * every),
    })),
  };
}

const superscripts = '⁰¹²³⁴⁵⁶⁷⁸⁹';

/** 10 to a whole number, as it is written: 10⁻³, 1, 10, 10². */
function powerText(exponent: number): string {
  if (exponent === 0) return '1';
  if (exponent === 1) return '10';
  const raised = String(Math.abs(exponent)).replace(/\d/g, (one) => superscripts[Number(one)] ?? one);
  return `10${exponent < 0 ? '⁻' : ''}${raised}`;
}

/** Decades from 10^low to 10^high. */
export function logarithmicAxis(low: number, high: number, start: number, end: number): Axis {
  const factor = (end - start) / (high - low);
  const every = high - low > 8 ? 2 : 1;
  return {
    at: (value) => start + (Math.log10(value) - low) * factor,
    from: (pixel) => 10 ** (low + (pixel - start) / factor),
    holds: (value) => value > 0 && Number.isFinite(value),
    ticks: Array.from({ length: Math.floor((high - low) / every) + 1 }, (_, i) => ({
      value: 10 ** (low + i * every),
      text: powerText(low + i * every),
    })),
  };
}

/** The path through the points as SVG's `d`, as far as `count`; broken where a point cannot stand on the axes. */
export function pathOf(
  x: Axis,
  y: Axis,
  xs: readonly number[],
  ys: readonly number[],
  count = xs.length,
): string {
  let d = '';
  let joined = false;
  for (let i = 0; i < Math.min(count, xs.length); i++) {
    const good = x.holds(xs[i]!) && y.holds(ys[i]!);
    if (good) d += `${joined ? 'L' : 'M'}${x.at(xs[i]!).toFixed(1)} ${y.at(ys[i]!).toFixed(1)}`;
    joined = good;
  }
  return d;
}

/** The mean of each value and its neighbours, as many on both sides; first and last stay as they are. */
export function movingMean(values: readonly number[], reach: number): number[] {
  return values.map((_, i) => {
    const by = Math.min(reach, i, values.length - 1 - i);
    let sum = 0;
    for (let j = i - by; j <= i + by; j++) sum += values[j]!;
    return sum / (2 * by + 1);
  });
}
