import { latentsFromSeeds } from '../models/layeredGenerator.ts';
import { measurement } from '../session/measurements.ts';
import { tf } from '../tensorflow/tf.ts';
import { valuesOf } from '../tensorflow/valuesOf.ts';
import { featuresOf } from './gateFeatures.ts';
import type { Standard } from './partGate.ts';

/** Drawn faces that say how much each feature varies. */
const facesOfStandard = 48;
const firstSeed = 7_000_000;
const batch = 12;
const leastSpread = 1e-2;

/** The features of every pixel of a face, [size · size, features]: kept, since each new stroke asks for them. */
export const faceFeatures = measurement<readonly number[], Float32Array>(
  'gate features',
  (latents) => latents.join(),
  ({ model }, latents) =>
    Promise.resolve(valuesOf(() => featuresOf(model, tf.tensor2d([[...latents]], [1, latents.length])))),
  (values) => values.byteLength,
);

/** Mean and spread of each feature over faces of the prior: what strokes are fitted on does not depend on the strokes. */
export const featureStandard = measurement<null, Standard>(
  'gate feature spreads',
  () => '',
  ({ model }) => {
    const sums: { mean: Float32Array; square: Float32Array }[] = [];
    for (let first = 0; first < facesOfStandard; first += batch) {
      const seeds = Array.from({ length: batch }, (_, at) => firstSeed + first + at);
      const both = valuesOf(() => {
        const features = featuresOf(model, latentsFromSeeds(seeds, model.latent));
        return tf.concat([features.mean(0), features.square().mean(0)]);
      });
      const columns = both.length / 2;
      sums.push({ mean: both.slice(0, columns), square: both.slice(columns) });
    }
    const average = (of: 'mean' | 'square', at: number): number =>
      sums.reduce((sum, part) => sum + part[of][at]!, 0) / sums.length;
    const means = Float64Array.from(sums[0]!.mean, (_, at) => average('mean', at));
    const scales = means.map(
      (mean, at) => 1 / Math.max(leastSpread, Math.sqrt(Math.max(0, average('square', at) - mean * mean))),
    );
    return Promise.resolve({ means, scales });
  },
);
