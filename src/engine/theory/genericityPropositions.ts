import { diagonalContrast, diagonalGenericRatio, stretchDiagonal } from '../equations/diagonalModel.eq9.ts';
import { genericRatio } from '../equations/genericRatio.eq6.ts';
import { powerContrast } from '../equations/powerContrast.eq7.ts';
import type { KernelPair } from '../equations/solutionSet.eq4.ts';
import { composeWith, randomOmega } from '../equations/solutionSet.eq4.ts';
import { spectralDensityRatio } from '../equations/spectralDensityRatio.eq8.ts';
import type { ComplexArray } from '../math/complexArray.ts';
import { squaredModulus } from '../math/complexArray.ts';
import { dft, powerSpectrum } from '../math/dft.ts';
import { distributionNames, distributions } from '../math/distributions.ts';
import { haarAverage } from '../math/haar.ts';
import { createNormal } from '../math/normal.ts';
import { createRandom } from '../math/random.ts';
import { mean } from '../math/statistics.ts';
import { stretch, stretchSpectrum, stretchingGroup } from '../math/stretchingGroup.ts';
import { eyeGenerator, eyeGeneratorRatio, lineEye } from './eyeGenerator.ts';
import type { PropositionEvidence } from './propositionCheck.ts';
import { atLeast, atMost, equals } from './propositionCheck.ts';

const exact = 1e-12;

/** How many standard errors a statistic may be away. */
const errors = 5;

/** The generic ratio (6) of a pair over S, for a contrast of the output spectrum. */
function ratioOver(
  pair: KernelPair,
  contrast: (first: ComplexArray, second: ComplexArray) => number,
): number {
  return genericRatio({
    first: pair.first,
    act: (g: number, first) => stretchSpectrum(first, g),
    contrast: (first) => contrast(first, pair.second),
    average: (value) => haarAverage(stretchingGroup(pair.first.re.length), value),
  });
}

/** Proposition 3: where the contrast is constant on the extrapolated class, S-equivalent solutions are generic. */
export function proposition3(prime: number, seed: number): PropositionEvidence {
  const random = createRandom(seed);
  const grid = { height: 1, width: prime };
  const kernel = (): ComplexArray => randomOmega(grid, { spread: 0.5, phase: 'uniform' }, random);
  const delta = new Float64Array(prime);
  delta[3 % prime] = 2;
  const truth: KernelPair = { first: kernel(), second: dft(delta) };
  const scaled = { re: new Float64Array(prime).fill(-1.7), im: new Float64Array(prime) };
  const power = (first: ComplexArray, second: ComplexArray): number =>
    powerContrast(squaredModulus(first), squaredModulus(second));
  const constant = (first: ComplexArray, second: ComplexArray): number =>
    squaredModulus(first)[0]! * squaredModulus(second)[0]!;
  const any: KernelPair = { first: kernel(), second: kernel() };
  return {
    title: 'Equivalent solutions are generic',
    statement:
      'For φ constant on the extrapolated class of the truth, S-equivalence to the truth implies S-genericity with respect to φ.',
    source: 'paper',
    caveat: 'Generic does not imply equivalent: with φ = |X̂(0)|² every solution is generic.',
    checks: [
      equals('ρ of the truth, k2* one pixel and φ the power', ratioOver(truth, power), 1, exact),
      equals('ρ of an S-equivalent solution', ratioOver(composeWith(truth, scaled), power), 1, exact),
      equals('ρ of any solution, φ = |X̂(0)|²', ratioOver(any, constant), 1, exact),
    ],
  };
}

/** Proposition 4: the S-generic ratio of the power is the spectral density ratio; Example 1 is generic. */
export function proposition4(prime: number, seed: number): PropositionEvidence {
  const normal = createNormal(createRandom(seed));
  const kernel = (): Float64Array => Float64Array.from({ length: prime }, () => normal());
  const k1 = kernel();
  const k2 = kernel();
  const second = powerSpectrum(k2);
  const average = haarAverage(stretchingGroup(prime), (g) =>
    powerContrast(powerSpectrum(stretch(k1, g)), second),
  );
  const first = powerSpectrum(k1);
  const product = powerContrast(first, second) / spectralDensityRatio(first, second);
  const box = [[1, 1, 1, 1, 1]];
  const eyes = [61, 509, 2003].map((size) => eyeGenerator({ height: 1, width: size }, 13, [lineEye]));
  const ratios = eyes.map(({ spectra }) =>
    spectralDensityRatio(squaredModulus(spectra.first), squaredModulus(spectra.second)),
  );
  const boxEyes = eyeGenerator({ height: 1, width: 61 }, 13, box);
  return {
    title: 'The generic ratio of the power is the spectral density ratio',
    statement:
      'In one dimension the S-generic ratio with φ = P is equation (8); and the true solution of Example 1 is S-generic.',
    source: 'paper',
    caveat:
      'Example 1 is generic only as the axis grows: with eyes of width w the ratio is about 1 − w/N (derived, exact in closed form). In two dimensions the product formula holds for stretches of both axes over u ≠ 0 and v ≠ 0 only.',
    checks: [
      equals('Haar average of the power over <|k̂1|²><|k̂2|²>', average / product, 1, exact),
      equals(
        'the same where Z is a random pixel: both forms of (8)',
        randomPixelRatio(k1, k2, seed) / spectralDensityRatio(first, second),
        1,
        exact,
      ),
      ...eyes.map(({ spectra, width }, i) =>
        equals(
          `ρ of Example 1, N = ${width}: closed form`,
          ratios[i]!,
          eyeGeneratorRatio(squaredModulus(spectra.second)),
          exact,
        ),
      ),
      equals(
        'ρ of Example 1 with a box of width 5, N = 61: (N − 2w)(N − 1)/((N − w)(N − 2))',
        spectralDensityRatio(squaredModulus(boxEyes.spectra.first), squaredModulus(boxEyes.spectra.second)),
        (51 * 60) / (56 * 59),
        exact,
      ),
      atMost('|ρ − 1| of Example 1, N = 2003', Math.abs(ratios[2]! - 1), 5 / 2003),
    ],
  };
}

/** The first form of (8): E|V̂|² for Z one pixel at a place drawn with random probabilities. */
function randomPixelRatio(k1: Float64Array, k2: Float64Array, seed: number): number {
  const random = createRandom(seed, 1);
  const weights = k1.map(() => 1 - random.uniform());
  const total = weights.reduce((sum, value) => sum + value, 0);
  const expected = new Float64Array(k1.length);
  weights.forEach((weight, place) => {
    const moved = powerSpectrum(k1.map((_, n) => k1[(n - place + k1.length) % k1.length]!));
    moved.forEach((power, u) => (expected[u] = expected[u]! + (weight / total) * power));
  });
  return spectralDensityRatio(expected, powerSpectrum(k2));
}

/** Proposition 5: the S-generic ratio of Model 2. */
export function proposition5(prime: number, seed: number): PropositionEvidence {
  const random = createRandom(seed);
  const numbers = (): Float64Array =>
    Float64Array.from({ length: prime - 1 }, () => random.between(0.5, 1.5));
  const a = numbers();
  const b = numbers();
  const enumerated = genericRatio({
    first: b,
    act: (g: number, values) => stretchDiagonal(values, g),
    contrast: (values) => diagonalContrast(values, a),
    average: (value) => haarAverage(stretchingGroup(prime), value),
  });
  const normal = createNormal(random);
  const k1 = dft(Float64Array.from({ length: prime }, () => normal()));
  const k2 = dft(Float64Array.from({ length: prime }, () => normal()));
  const moduli = (spectrum: ComplexArray): Float64Array =>
    squaredModulus(spectrum).subarray(1).map(Math.sqrt);
  return {
    title: 'The generic ratio of Model 2',
    statement: "In Model 2 the S-generic ratio is ρ'(B, A) = <a² ⊙ b²>/(<a²><b²>).",
    source: 'paper',
    caveat:
      "Equation (12) prints ρ'(|k̂1|², |k̂2|²); since ρ' squares its arguments it must read ρ'(|k̂1|, |k̂2|).",
    checks: [
      equals("ρ' over its enumeration", diagonalGenericRatio(b, a) / enumerated, 1, exact),
      equals(
        "equation (12): ρ'(|k̂1|, |k̂2|) over ρ(k1, k2)",
        diagonalGenericRatio(moduli(k1), moduli(k2)) /
          spectralDensityRatio(squaredModulus(k1), squaredModulus(k2)),
        1,
        exact,
      ),
    ],
  };
}

/** The standard error of Σc²/n / (Σc/n)², from the sample (delta method). */
function ratioError(c: Float64Array): number {
  const m1 = mean(c);
  const ratio = mean(c.map((value) => value * value)) / m1 ** 2;
  const influence = c.map((value) => value ** 2 / m1 ** 2 - ratio - 2 * ratio * (value / m1 - 1));
  return Math.sqrt(mean(influence.map((value) => value * value)) / c.length);
}

/** Proposition 6: the balanced solution of Model 2 is not generic. */
export function proposition6(prime: number, seed: number): PropositionEvidence {
  const checks = distributionNames.flatMap((name, stream) => {
    const law = distributions[name];
    const random = createRandom(seed, stream);
    const a = Float64Array.from({ length: prime - 1 }, () => law.draw(random));
    const b = Float64Array.from({ length: prime - 1 }, () => law.draw(random));
    const product = a.map((value, i) => value * b[i]!);
    const balanced = product.map(Math.sqrt);
    const spread = (law.fourthRatio - 1) / Math.sqrt(prime - 1);
    return [
      equals(`${law.label}: ρ' of the true pair`, diagonalGenericRatio(b, a), 1, errors * spread),
      equals(
        `${law.label}: ρ' of the balanced solution, (1 + CV²)²`,
        diagonalGenericRatio(balanced, balanced),
        law.squareRatio ** 2,
        errors * ratioError(product),
      ),
    ];
  });
  return {
    title: 'Where SGD ends is not generic',
    statement:
      "In Model 2 with i.i.d. non constant true coefficients, A = B = √(A*B*) has ρ'(B, A) → E[c1²]/E[c1]² > 1, and is not S-generic.",
    source: 'paper',
    caveat:
      'The balanced solution is the least generic of all: over the whole solution set ρ ≤ <|ĉ|²>/<|ĉ|>², with equality there (derived, Cauchy and Schwarz).',
    checks: [
      ...checks,
      atLeast(
        'E[c²]/E[c]² above 1: the smallest of the limits',
        Math.min(...distributionNames.map((name) => distributions[name].squareRatio ** 2)),
        1,
      ),
    ],
  };
}
