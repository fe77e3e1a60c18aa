import { StudioError } from '../../contract/errors.ts';

/**
 * <f>, the mean over the frequencies that are kept (paper, Section 2.7: averaging over non zero frequencies).
 * `dropped` are the places left out: [0], the constant, unless told otherwise; a place named twice is left out once.
 */
export function frequencyMean(values: ArrayLike<number>, dropped: readonly number[] = [0]): number {
  const { total, kept } = keptSum(values, dropped);
  return total / kept;
}

/** <f ⊙ g>. */
export function frequencyMeanOfProduct(
  f: ArrayLike<number>,
  g: ArrayLike<number>,
  dropped: readonly number[] = [0],
): number {
  if (f.length !== g.length) {
    throw new StudioError(
      'wrong-usage',
      `Two spectra of ${f.length} and ${g.length} frequencies cannot be multiplied: give both on one grid.`,
    );
  }
  const product = new Float64Array(f.length);
  for (let u = 0; u < f.length; u++) product[u] = f[u]! * g[u]!;
  return frequencyMean(product, dropped);
}

function keptSum(values: ArrayLike<number>, dropped: readonly number[]): { total: number; kept: number } {
  const away = new Set(dropped);
  for (const index of away) {
    if (!Number.isInteger(index) || index < 0 || index >= values.length) {
      throw new StudioError(
        'wrong-usage',
        `Frequency ${index} cannot be dropped: this spectrum has the frequencies 0 to ${values.length - 1}.`,
      );
    }
  }
  const kept = values.length - away.size;
  if (kept < 1) {
    throw new StudioError(
      'wrong-usage',
      `A spectrum of ${values.length} frequencies with ${away.size} dropped leaves none to average over.`,
    );
  }
  // The dropped ones are skipped, not subtracted: the constant can be so large that subtracting it loses the rest.
  const order = [...away].sort((a, b) => a - b);
  let total = 0;
  let next = 0;
  for (let u = 0; u < values.length; u++) {
    if (u === order[next]) next++;
    else total += values[u]!;
  }
  return { total, kept };
}
