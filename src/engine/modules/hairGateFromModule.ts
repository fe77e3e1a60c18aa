import { StudioError } from '../../contract/errors.ts';
import type { Watch } from '../../contract/progress.ts';
import type { HairGate } from '../../contract/recipe.ts';
import { positiveDefiniteSolve } from '../math/positiveDefiniteSolve.ts';
import { createRandom } from '../math/random.ts';
import { layerOf, mapsAt } from '../models/layeredGenerator.ts';
import type { LayeredGenerator } from '../models/layeredGenerator.ts';
import { convolve } from '../models/layers.ts';
import { tf } from '../tensorflow/tf.ts';
import type { Tensor2D, Tensor4D } from '../tensorflow/tf.ts';
import { fitHairGate } from './fitHairGate.ts';
import type { ChannelModule } from './moduleTypes.ts';

/** Faces of the prior that the direction of the hair's tone is fitted on, and those with most of it that are labelled. */
const defaultFaces = { drawn: 384, labelled: 64 };
const batch = 32;
/** A pixel is hair where the module draws at least this much before tanh (mean |·| over colours) inside its region … */
const leastContribution = 0.3;
const insideRegion = 0.4;
/** … and not hair where the region is weaker than this; the rest, light hair among it, is left open. */
const outsideRegion = 0.2;
/** How far a face's latents move against the hair's tone, in spreads of the prior. */
const shift = 4;
const grid = 3;
const stream = 0x6a7e;

/**
 * A hair gate without any label (our choice; docs/decisions/hair-not-tone.md).
 *
 * The hair module draws dark hair, and tells where it is; light hair it cannot tell. But how active it is in a face, s,
 * is nearly linear in the latents, s ≈ w · z + c. So faces in which it is most active are decoded twice: as they are,
 * and with z − 4 w / |w|, which makes their dark hair light and hardly moves it. What was hair stays hair: the labels of
 * the first are those of the second. The gate is the read-out that is right on both.
 *
 * @throws StudioError `empty` where the module draws no dark hair, `interrupted`
 */
export async function hairGateFromModule(
  generator: LayeredGenerator,
  module: Pick<ChannelModule, 'channels' | 'region'>,
  seed: number,
  watch: Watch = {},
  faces = defaultFaces,
): Promise<HairGate> {
  const { latent } = generator;
  const z = drawLatents(faces.drawn, latent, seed);
  const activity = activityOf(generator, module, z, watch);
  const direction = directionOf(z, activity, latent);
  const order = Array.from(activity, (_, face) => face)
    .sort((a, b) => activity[b]! - activity[a]! || a - b)
    .slice(0, faces.labelled);
  const own = new Float32Array(order.length * latent);
  order.forEach((face, row) => {
    own.set(z.subarray(face * latent, (face + 1) * latent), row * latent);
  });
  const moved = own.map((value, at) => value - shift * direction[at % latent]!);
  const [dark, light] = [own, moved].map((values) => tf.tensor2d(values, [order.length, latent])) as [
    Tensor2D,
    Tensor2D,
  ];
  try {
    const labels = labelsOf(generator, module, dark);
    return await fitHairGate(
      generator,
      [
        { z: dark, labels },
        { z: light, labels },
      ],
      'module',
      grid,
      watch,
    );
  } finally {
    tf.dispose([dark, light]);
  }
}

function drawLatents(count: number, latent: number, seed: number): Float32Array {
  const random = createRandom(seed, stream);
  return Float32Array.from({ length: count * latent }, () => random.normal());
}

/** What the module's channels put into the image layer's output, mean |·| over colours: [B, H, W, C] → [B, size, size]. */
export function contributionOf(
  generator: LayeredGenerator,
  fine: Tensor4D,
  channels: readonly number[],
): Float32Array {
  return tf.tidy(() => {
    const layer = layerOf(generator, 'image');
    const chosen = new Float32Array(layer.inputChannels);
    for (const channel of channels) chosen[channel] = 1;
    const across: [number, number, number, number] =
      layer.direction === 'up' ? [1, 1, 1, chosen.length] : [1, 1, chosen.length, 1];
    const kernel = generator.kernel('image').mul<Tensor4D>(tf.tensor4d(chosen, across));
    return Float32Array.from(convolve(layer, kernel, fine).abs().mean(3).dataSync<'float32'>());
  });
}

/** Mean contribution of the module inside its region, one number a face. */
function activityOf(
  generator: LayeredGenerator,
  { channels, region }: Pick<ChannelModule, 'channels' | 'region'>,
  z: Float32Array,
  watch: Watch,
): Float64Array {
  const { latent } = generator;
  const faces = z.length / latent;
  const pixels = region.length;
  const inside = region.reduce((sum, value) => sum + (value >= insideRegion ? 1 : 0), 0);
  const activity = new Float64Array(faces);
  for (let first = 0; first < faces; first += batch) {
    if (watch.signal?.aborted === true) {
      throw new StudioError('interrupted', 'The search for the hair gate was stopped. Nothing was written.');
    }
    const part = z.subarray(first * latent, Math.min(faces, first + batch) * latent);
    const drawn = tf.tidy(() => {
      const fine = mapsAt(generator, tf.tensor2d(part, [part.length / latent, latent]), 'fine');
      return contributionOf(generator, fine, channels);
    });
    for (let at = 0; at < drawn.length; at++) {
      if (region[at % pixels]! >= insideRegion)
        activity[first + Math.floor(at / pixels)]! += drawn[at]! / inside;
    }
    watch.onProgress?.({ phase: 'hair in drawn faces', done: first + part.length / latent, total: faces });
  }
  return activity;
}

/** The unit vector along which the activity grows: least squares of it on the latents and a constant. */
function directionOf(z: Float32Array, activity: Float64Array, latent: number): Float64Array {
  const size = latent + 1;
  const square = new Float64Array(size * size);
  const target = new Float64Array(size);
  activity.forEach((value, face) => {
    const row = Float64Array.from({ length: size }, (_, i) => (i < latent ? z[face * latent + i]! : 1));
    for (let i = 0; i < size; i++) {
      target[i]! += row[i]! * value;
      for (let j = 0; j < size; j++) square[i * size + j]! += row[i]! * row[j]!;
    }
  });
  const direction = positiveDefiniteSolve(square, target).subarray(0, latent);
  const length = Math.hypot(...direction);
  return direction.map((value) => (length > 0 ? value / length : 0));
}

const unknown = 2;

function labelsOf(
  generator: LayeredGenerator,
  { channels, region }: Pick<ChannelModule, 'channels' | 'region'>,
  z: Tensor2D,
): Uint8Array {
  const drawn: Float32Array[] = [];
  for (let first = 0; first < z.shape[0]; first += batch) {
    const size = Math.min(batch, z.shape[0] - first);
    tf.tidy(() => {
      const fine = mapsAt(generator, z.slice([first, 0], [size, z.shape[1]]), 'fine');
      drawn.push(contributionOf(generator, fine, channels));
    });
  }
  return Uint8Array.from(
    drawn.flatMap((part) => [...part]),
    (value, at) => {
      const within = region[at % region.length]!;
      if (value >= leastContribution && within >= insideRegion) return 1;
      return within < outsideRegion ? 0 : unknown;
    },
  );
}
