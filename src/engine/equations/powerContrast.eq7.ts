import { frequencyMeanOfProduct } from './frequencyMean.ts';

/**
 * Equation (7), the power contrast (paper, Section 2.7): P(X) = <|k̂2 ⊙ k̂1|²>, the mean over the non zero frequencies.
 * `firstPower` |k̂1|² and `secondPower` |k̂2|², of one length. Stretches that keep the eyes apart leave it as it is.
 */
export function powerContrast(
  firstPower: Float64Array,
  secondPower: Float64Array,
  dropped: readonly number[] = [0],
): number {
  return frequencyMeanOfProduct(firstPower, secondPower, dropped);
}
