import type { ImageLayer } from '../../src/contract/runFiles.ts';
import { countOps } from '../engine/tensorflow/countOps.ts';
import { statelessNormal } from '../../src/engine/tensorflow/statelessNormal.ts';
import { tf } from '../../src/engine/tensorflow/tf.ts';
import type { Tensor4D } from '../../src/engine/tensorflow/tf.ts';
import type { Trainer } from '../../src/engine/training/trainer.ts';
import { print, summarise } from './timing.ts';

export interface BenchSize {
  width: number;
  batch: number;
  latent: number;
  steps: number;
}

/** WIDTH BATCH LATENT STEPS of the command line. */
export function sizeFrom(words: readonly string[]): BenchSize {
  const [width, batch, latent, steps] = words.map(Number);
  if (width === undefined || batch === undefined || latent === undefined || steps === undefined) {
    throw new Error('usage: WIDTH BATCH LATENT STEPS');
  }
  return { width, batch, latent, steps };
}

/** A batch of values in [−1, 1], [batch, 64, 64, 3]; the caller's to dispose. */
export function batchOfNoise(batch: number): Tensor4D {
  return tf.tidy(() => tf.tanh(statelessNormal([batch, 64, 64, 3], 0, 0) as Tensor4D));
}

/** Milliseconds that a step takes. */
export function timeOneStep(trainer: Trainer, images: Tensor4D, step: number): number {
  const start = performance.now();
  trainer.step(images, 0, step, null).read();
  return performance.now() - start;
}

/** `EXTRAPOLATION_IMAGE_LAYER=plain` times steps with the plain image layer; the other is what new runs have. */
export function imageLayerFrom({ EXTRAPOLATION_IMAGE_LAYER: asked }: NodeJS.ProcessEnv): ImageLayer {
  return asked === 'plain' ? 'plain' : 'blocks';
}

/** Times steps of a trainer, which it disposes, and prints one JSON line: milliseconds a step after the first two. */
export function timeSteps(trainer: Trainer, { width, batch, latent, steps }: BenchSize): void {
  const images = batchOfNoise(batch);
  // The first step is recorded; from the second on it is what the times are of.
  timeOneStep(trainer, images, 0);
  const { total } = countOps(() => timeOneStep(trainer, images, 1));
  const times = Array.from({ length: steps + 1 }, (_, index) => timeOneStep(trainer, images, index + 2));
  images.dispose();
  trainer.dispose();
  print({ ...summarise(times.slice(1)), width, batch, latent, ops: total });
}
