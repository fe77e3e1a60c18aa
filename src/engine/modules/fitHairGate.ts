import { setImmediate } from 'node:timers/promises';
import { StudioError } from '../../contract/errors.ts';
import type { Watch } from '../../contract/progress.ts';
import { byLevel } from '../../contract/recipe.ts';
import type { HairGate } from '../../contract/recipe.ts';
import { fitLogistic } from '../math/logisticRegression.ts';
import { channelsOfLevels, hypercolumns } from '../models/hypercolumns.ts';
import { hiddenLevelsIn } from '../models/layeredGenerator.ts';
import type { LayeredGenerator } from '../models/layeredGenerator.ts';
import { tf } from '../tensorflow/tf.ts';
import type { Tensor2D } from '../tensorflow/tf.ts';

/** Penalty of the read-out, and by how much its logits are sharpened afterwards (measured; docs/decisions/hair-not-tone.md). */
const ridge = 1e-3;
const sharpening = 2;
/** Faces whose hypercolumns are computed at a time: 1 GB would be reached at a hundred. */
const batch = 8;

/** Faces whose hair is known at some pixels. */
export interface LabelledFaces {
  /** [faces, latent]; borrowed */
  z: Tensor2D;
  /** faces · size · size: 1 hair, 0 not hair, anything else unknown. */
  labels: Uint8Array;
}

/**
 * A gate from faces whose hair is known: logistic regression of the label on the maps of all levels at every `grid`-th
 * pixel (our choice; "hypercolumns" of Hariharan et al., CVPR 2015).
 *
 * @throws StudioError `empty` where no hair or nothing else is known, `interrupted`
 */
export async function fitHairGate(
  generator: LayeredGenerator,
  sets: readonly LabelledFaces[],
  madeFrom: HairGate['madeFrom'],
  grid: number,
  watch: Watch = {},
): Promise<HairGate> {
  const data = sets.map((set) => rowsOf(generator, set, grid));
  const labels = Uint8Array.from(data.flatMap((part) => [...part.labels]));
  if (!labels.includes(1) || !labels.includes(0)) {
    throw new StudioError(
      'empty',
      'No pixel of these faces is known to be hair, or none to be something else, so hair cannot be told from the rest. Train longer, or choose faces with hair.',
    );
  }
  const features = new Float32Array(data.reduce((sum, part) => sum + part.features.length, 0));
  let at = 0;
  for (const part of data) {
    features.set(part.features, at);
    at += part.features.length;
  }
  const channels = channelsOfLevels(generator);
  const columns = channels.reduce((sum, count) => sum + count, 0);
  const fit = await fitLogistic({ features, columns, labels }, ridge, async (step) => {
    watch.onProgress?.({ phase: 'hair gate', done: step, total: 0 });
    await setImmediate();
    if (watch.signal?.aborted === true) {
      throw new StudioError('interrupted', 'The search for the hair gate was stopped. Nothing was written.');
    }
  });
  const part = (level: number): number[] => {
    const from = channels.slice(0, level).reduce((sum, count) => sum + count, 0);
    return Array.from(fit.weights.subarray(from, from + channels[level]!), (value) =>
      rounded(sharpening * value),
    );
  };
  const [start, ...parts] = channels.map((_, level) => part(level));
  return {
    madeFrom,
    ...{ start: start!, ...byLevel(parts, hiddenLevelsIn(generator)) },
    bias: rounded(sharpening * fit.bias),
  };
}

/** Six digits, which no picture depends on, keep recipes readable. */
function rounded(value: number): number {
  return Number(value.toPrecision(6));
}

/** The hypercolumns of the pixels that are known, on the grid. */
function rowsOf(
  generator: LayeredGenerator,
  { z, labels }: LabelledFaces,
  grid: number,
): { features: Float32Array; labels: Uint8Array } {
  const side = generator.imageSize;
  const onSide = Math.ceil(side / grid);
  const features: Float32Array[] = [];
  const known: number[] = [];
  for (let first = 0; first < z.shape[0]; first += batch) {
    const faces = Math.min(batch, z.shape[0] - first);
    tf.tidy(() => {
      const columns = hypercolumns(generator, z.slice([first, 0], [faces, z.shape[1]]), grid);
      const width = columns.shape[1];
      const values = columns.dataSync<'float32'>();
      for (let row = 0; row < columns.shape[0]; row++) {
        const face = first + Math.floor(row / onSide ** 2);
        const y = Math.floor(row / onSide) % onSide;
        const label = labels[(face * side + y * grid) * side + (row % onSide) * grid]!;
        if (label > 1) continue;
        features.push(values.slice(row * width, (row + 1) * width));
        known.push(label);
      }
    });
  }
  const width = features[0]?.length ?? 0;
  const joined = new Float32Array(features.length * width);
  features.forEach((row, at) => {
    joined.set(row, at * width);
  });
  return { features: joined, labels: Uint8Array.from(known) };
}
