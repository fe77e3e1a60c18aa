import type { ImageLayer } from '../../src/contract/runFiles.ts';
import { countOps } from '../engine/tensorflow/countOps.ts';
import { runtimeFacts } from '../../src/engine/tensorflow/runtimeFacts.ts';
import { statelessNormal } from '../../src/engine/tensorflow/statelessNormal.ts';
import { tf } from '../../src/engine/tensorflow/tf.ts';
import type { Tensor4D } from '../../src/engine/tensorflow/tf.ts';
import type { Trainer } from '../../src/engine/training/trainer.ts';

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

/** `EXTRAPOLATION_IMAGE_LAYER=plain` times steps with the plain image layer; the other is what new runs have. */
export function imageLayerFrom({ EXTRAPOLATION_IMAGE_LAYER: asked }: NodeJS.ProcessEnv): ImageLayer {
  return asked === 'plain' ? 'plain' : 'blocks';
}

/** Times steps of a trainer, which it disposes, and prints one JSON line: milliseconds a step after the first two. */
export function timeSteps(trainer: Trainer, { width, batch, latent, steps }: BenchSize): void {
  const images = tf.tidy(() => tf.tanh(statelessNormal([batch, 64, 64, 3], 0, 0) as Tensor4D));
  // The first step is recorded; from the second on it is what the times are of.
  trainer.step(images, 0, 0, null);
  const { total } = countOps(() => trainer.step(images, 0, 1, null));
  const times: number[] = [];
  for (let step = 2; step < steps + 3; step++) {
    const start = performance.now();
    trainer.step(images, 0, step, null);
    times.push(performance.now() - start);
  }
  images.dispose();
  trainer.dispose();
  const sorted = times.slice(1).sort((a, b) => a - b);
  const { tensorflow, threads } = runtimeFacts();
  const result = {
    ...{ peer: `tensorflow ${tensorflow}`, threads: threads.intraOp, width, batch, latent, ops: total },
    ...{ min_ms: sorted[0], median_ms: sorted[Math.floor(sorted.length / 2)], max_ms: sorted.at(-1) },
  };
  process.stdout.write(`${JSON.stringify(result)}\n`);
}
