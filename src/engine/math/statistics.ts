/** The mean; NaN never: an empty list is a RangeError. */
export function mean(values: ArrayLike<number>): number {
  if (values.length === 0) throw new RangeError('the mean of no numbers');
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i]!;
  return sum / values.length;
}

/** (1/n) Σ (x − mean)². */
export function variance(values: ArrayLike<number>): number {
  const centre = mean(values);
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += (values[i]! - centre) ** 2;
  return sum / values.length;
}

export function standardDeviation(values: ArrayLike<number>): number {
  return Math.sqrt(variance(values));
}

/**
 * The number below which a share of the values lies, between two of them in proportion: at place share · (n − 1) of the
 * sorted values, as NumPy and d3 have it by default. The same numbers as d3's, which is not used for two reasons: beside an
 * infinite value it answers NaN where the place is a value's own, and it passes over NaN without a word.
 */
export function quantile(values: ArrayLike<number>, share: number): number {
  if (values.length === 0) throw new RangeError('a quantile of no numbers');
  const sorted = Float64Array.from(values).sort();
  const at = share * (sorted.length - 1);
  const low = Math.floor(at);
  const high = Math.ceil(at);
  return sorted[low]! + (at - low) * (sorted[high]! - sorted[low]!);
}

export function median(values: ArrayLike<number>): number {
  return quantile(values, 0.5);
}

/** The line y = intercept + slope·x with the least squares. */
export function linearFit(x: ArrayLike<number>, y: ArrayLike<number>): { slope: number; intercept: number } {
  if (x.length !== y.length || x.length < 2)
    throw new RangeError(`a line through ${x.length} and ${y.length} numbers`);
  const centreX = mean(x);
  const centreY = mean(y);
  let covariance = 0;
  let spread = 0;
  for (let i = 0; i < x.length; i++) {
    covariance += (x[i]! - centreX) * (y[i]! - centreY);
    spread += (x[i]! - centreX) ** 2;
  }
  if (spread === 0) throw new RangeError('a line through points above one another');
  const slope = covariance / spread;
  return { slope, intercept: centreY - slope * centreX };
}
