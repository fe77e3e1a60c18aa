/**
 * The mean of each value and its neighbours, `reach` to either side and as many as there are on both: the first and the
 * last stay as they are.
 */
export function movingMean(values: readonly number[], reach: number): number[] {
  return values.map((_, i) => {
    const by = Math.min(reach, i, values.length - 1 - i);
    let sum = 0;
    for (let j = i - by; j <= i + by; j++) sum += values[j]!;
    return sum / (2 * by + 1);
  });
}
