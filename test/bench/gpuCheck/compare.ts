import type { NamedArray } from '../../../src/engine/models/safetensors.ts';

type Arrays = ReadonlyMap<string, NamedArray>;

/** ‖a − b‖ / ‖b‖ over all arrays whose names begin so, as one long vector. */
export function relativeError(a: Arrays, b: Arrays, prefix: string): number {
  let [difference, size] = [0, 0];
  for (const [name, { data }] of b) {
    if (!name.startsWith(prefix)) continue;
    const other = a.get(name)!.data;
    data.forEach((value, at) => {
      difference += (other[at]! - value) ** 2;
      size += value ** 2;
    });
  }
  return Math.sqrt(difference / size);
}

/** A loss below this is compared as if it were as large: a divergence that begins near 0 has no relative error. */
const smallestLoss = 0.01;

type Losses = Readonly<Record<string, number>>;

/** The largest |a − b| / max(|b|, .01) over the losses of a step. */
export function worstLoss(a: Losses, b: Losses): number {
  const errors = Object.entries(b).map(
    ([name, value]) => Math.abs(a[name]! - value) / Math.max(Math.abs(value), smallestLoss),
  );
  return Math.max(...errors);
}

/** Each loss as its mean over steps. */
export function meanLosses(steps: readonly Losses[]): Losses {
  const names = Object.keys(steps[0]!);
  const meanOf = (name: string): number =>
    steps.reduce((sum, losses) => sum + losses[name]!, 0) / steps.length;
  return Object.fromEntries(names.map((name) => [name, meanOf(name)]));
}

/** The largest difference of two sets of pictures in [−1, 1], in grey levels of 255. */
export function worstGreyLevels(a: Float32Array, b: Float32Array): number {
  return b.reduce((worst, value, at) => Math.max(worst, Math.abs(a[at]! - value) * 127.5), 0);
}

/** |median a / median b − 1|. */
export function medianError(a: Float32Array, b: Float32Array): number {
  return Math.abs(median(a) / median(b) - 1);
}

function median(values: Float32Array): number {
  const sorted = Float32Array.from(values).sort();
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}
