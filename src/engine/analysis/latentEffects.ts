import { generateImages } from '../models/layeredGenerator.ts';
import { batchesOf } from '../session/batches.ts';
import { measurement } from '../session/measurements.ts';
import { stopIfAsked } from '../session/signal.ts';
import { tf } from '../tensorflow/tf.ts';

/** How far a latent is moved to both sides to see what it does: its standard deviation under the prior is 1. */
const reach = 1.5;
const latentsAtATime = 8;

export interface LatentEffect {
  latent: number;
  /** Mean |change| of a value of the picture, of [−1, 1]. */
  effect: number;
}

/** Latents in the order of how much they change the picture when all others are 0. */
export const latentEffects = measurement<null, LatentEffect[]>(
  'latent effects',
  () => '',
  async ({ model }, _, { signal }) => {
    const effects: number[] = [];
    for await (const { first, size } of batchesOf(model.latent, latentsAtATime)) {
      stopIfAsked(signal);
      const part = tf.tidy(() => {
        const moved = tf.oneHot(tf.range(first, first + size, 1, 'int32'), model.latent);
        const ends = tf.concat2d(
          [moved.mul(reach).as2D(size, model.latent), moved.mul(-reach).as2D(size, model.latent)],
          0,
        );
        const [up, down] = tf.split(generateImages(model, ends), 2, 0);
        return [...up!.sub(down!).abs().mean([1, 2, 3]).dataSync<'float32'>()];
      });
      effects.push(...part);
    }
    return effects
      .map((effect, latent) => ({ latent, effect }))
      .sort((a, b) => b.effect - a.effect || a.latent - b.latent);
  },
);
