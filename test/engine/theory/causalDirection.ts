import { StudioError } from '../../../src/contract/errors.ts';
import { frequencyMean } from '../../../src/engine/equations/frequencyMean.ts';
import { spectralDensityRatio } from '../../../src/engine/equations/spectralDensityRatio.eq8.ts';
import { powerSpectrum } from '../../../src/engine/math/dft.ts';
import { createNormal } from '../../../src/engine/math/normal.ts';
import { createRandom } from '../../../src/engine/math/random.ts';

/** The ratio (8) in both directions, and the direction whose ratio is closer to 1 (paper, Section 2.6). */
export interface CausalDirection {
  readonly forward: number;
  readonly backward: number;
  readonly direction: 'forward' | 'backward';
}

/**
 * From which of two signals the other was filtered (paper, Section 2.6; Shajarisales et al. 2015). With S_Y = |h|² S_X:
 * forward <S_Y>/(<S_X><|h|²>), backward <S_X>/(<S_Y><1/|h|²>). Their product is 1/(<|h|²><1/|h|²>) ≤ 1 (derived), so where
 * the forward ratio is 1 the backward one is below. The means run over all frequencies but `dropped`; both spectra must be
 * above zero there.
 */
export function causalDirection(
  causePower: Float64Array,
  effectPower: Float64Array,
  dropped: readonly number[] = [],
): CausalDirection {
  if (causePower.length !== effectPower.length) {
    throw new StudioError(
      'wrong-usage',
      `Spectra of ${causePower.length} and ${effectPower.length} frequencies cannot be compared: give both on one grid.`,
    );
  }
  const away = new Set(dropped);
  const gap = causePower.findIndex((power, u) => !away.has(u) && !(power > 0 && effectPower[u]! > 0));
  if (gap >= 0) {
    throw new StudioError(
      'wrong-usage',
      `At frequency ${gap} one of the two spectra is not above zero: neither signal can be filtered back into the other there.`,
    );
  }
  const gain = causePower.map((power, u) => (away.has(u) ? 0 : effectPower[u]! / power));
  const inverse = causePower.map((power, u) => (away.has(u) ? 0 : power / effectPower[u]!));
  const forward = spectralDensityRatio(causePower, gain, dropped);
  const backward = spectralDensityRatio(effectPower, inverse, dropped);
  return {
    forward,
    backward,
    direction: Math.abs(forward - 1) <= Math.abs(backward - 1) ? 'forward' : 'backward',
  };
}

/** The bound on forward times backward, 1/(<|h|²><1/|h|²>): 1 only for a filter of constant gain. */
export function directionProduct(gain: Float64Array): number {
  return (
    1 /
    (frequencyMean(gain, []) *
      frequencyMean(
        gain.map((value) => 1 / value),
        [],
      ))
  );
}

/** Random causes (spectrum of a filter of `taps` normal numbers) through random filters of the same kind. */
export function randomDirections(options: {
  trials: number;
  length: number;
  taps: number;
  seed: number;
}): CausalDirection[] {
  const normal = createNormal(createRandom(options.seed));
  const spectrum = (): Float64Array => {
    const filter = new Float64Array(options.length);
    for (let tap = 0; tap < options.taps; tap++) filter[tap] = normal();
    return powerSpectrum(filter);
  };
  return Array.from({ length: options.trials }, () => {
    const cause = spectrum();
    const filter = spectrum();
    return causalDirection(
      cause,
      cause.map((power, u) => power * filter[u]!),
    );
  });
}

/**
 * The trace method (Janzing, Hoyer and Schölkopf 2010; paper, Section 3.1): τ(A B Bᵀ Aᵀ)/(τ(A Aᵀ) τ(B Bᵀ)) with τ the
 * normalised trace, for square matrices, row by row. Diagonal matrices give Proposition 5.
 */
export function traceRatio(a: Float64Array, b: Float64Array): number {
  const size = Math.round(Math.sqrt(a.length));
  if (size * size !== a.length || b.length !== a.length) {
    throw new StudioError(
      'wrong-usage',
      `The trace method needs two square matrices of one size, and these have ${a.length} and ${b.length} entries.`,
    );
  }
  let product = 0;
  for (let i = 0; i < size; i++) {
    for (let j = 0; j < size; j++) {
      let entry = 0;
      for (let k = 0; k < size; k++) entry += a[i * size + k]! * b[k * size + j]!;
      product += entry * entry;
    }
  }
  const squares = (values: Float64Array): number => values.reduce((sum, value) => sum + value * value, 0);
  return (product * size) / (squares(a) * squares(b));
}
