import { byLevel } from '../../contract/recipe.ts';
import type { PartGate } from '../../contract/recipe.ts';
import { hiddenLevelsIn } from '../models/layeredGenerator.ts';
import type { LayeredGenerator } from '../models/layeredGenerator.ts';
import { featureCounts } from './gateFeatures.ts';

/** A network on the features of `gateFeatures.ts`: h = σ(out · relu(features · weights + unitBias) + bias). */
export interface ReadOut {
  /** [features, units], row after row */
  weights: ArrayLike<number>;
  unitBias: ArrayLike<number>;
  out: ArrayLike<number>;
  bias: number;
}

/** Features as they are standardised for a fit: (feature − mean) · scale. */
export interface Standard {
  means: ArrayLike<number>;
  scales: ArrayLike<number>;
}

/** The same network on features as they come. */
export function onPlainFeatures(readOut: ReadOut, { means, scales }: Standard): ReadOut {
  const units = readOut.out.length;
  const weights = Array.from(readOut.weights, (weight, at) => weight * scales[Math.floor(at / units)]!);
  const unitBias = Array.from(readOut.unitBias, (bias, unit) =>
    Array.from(means).reduce((sum, mean, feature) => sum - mean * weights[feature * units + unit]!, bias),
  );
  return { ...readOut, weights, unitBias };
}

/** The network as a recipe keeps it. */
export function partGateOf(
  generator: LayeredGenerator,
  readOut: ReadOut,
  facts: Pick<PartGate, 'name' | 'madeFrom' | 'faces'>,
): PartGate {
  const units = readOut.out.length;
  const weights = Array.from(readOut.weights, rounded);
  let from = 0;
  const kinds = featureCounts(generator).map((count) => {
    const part = weights.slice(from * units, (from + count) * units);
    from += count;
    return part;
  });
  const own = hiddenLevelsIn(generator);
  const [start, ...parts] = kinds;
  const [around, place] = parts.slice(own.length);
  return {
    ...facts,
    units,
    ...{ start: start!, ...byLevel(parts, own), around: around!, place: place! },
    unitBias: Array.from(readOut.unitBias, rounded),
    out: Array.from(readOut.out, rounded),
    bias: rounded(readOut.bias),
  };
}

/** The network of a gate. */
export function readOutOf(gate: PartGate): ReadOut {
  const { start, coarse = [], intermediate = [], fine, around, place, unitBias, out, bias } = gate;
  return {
    weights: [...start, ...coarse, ...intermediate, ...fine, ...around, ...place],
    ...{ unitBias, out, bias },
  };
}

/** Five digits, which no picture depends on, keep recipes readable. */
function rounded(value: number): number {
  return Number(value.toPrecision(5));
}
