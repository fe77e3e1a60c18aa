/**
 * An exponential moving average, free of the bias towards 0 that its first values would have: mₙ = w·mₙ₋₁ + (1 − w)·yₙ with m₀ = 0,
 * told as mₙ / (1 − wⁿ), as TensorBoard smooths its curves. A value that is no finite number stays as it is and is not counted.
 *
 * @param weight w in [0, 1): 0 changes nothing
 */
export function exponentialMean(values: readonly number[], weight: number): number[] {
  let mean = 0;
  let rest = 1;
  return values.map((value) => {
    if (!Number.isFinite(value)) return value;
    mean = weight * mean + (1 - weight) * value;
    rest *= weight;
    return mean / (1 - rest);
  });
}
