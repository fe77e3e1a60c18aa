import type { Watch } from '../../contract/progress.ts';
import type { LayeredGenerator } from '../models/layeredGenerator.ts';
import { statelessNormal } from '../tensorflow/statelessNormal.ts';
import { tf } from '../tensorflow/tf.ts';
import type { Tensor2D } from '../tensorflow/tf.ts';
import { sdrOfNetwork } from './networkSdr.ts';
import { stretchingError } from './stretchingError.ts';

/** Keeps these latents apart from the training noise of the same seed. */
const measurementStep = -1;
const factor = 1.5;
/** Samples whose maps are held at a time, beside a training. */
const samplesAtATime = 16;

/**
 * The numbers that a training run writes beside its losses, from `samples` latents of the prior that are the same at
 * every step: `sdr.<level>.median`, `sdr.<level>.iqr` and `sdr.<level>.shareNearOne` on the filtered grid, and for the
 * hidden levels `stretching.<level>` and `stretching.<level>.normalised` (1.5 times, horizontal, borders cropped).
 */
export async function measureGenerator(
  generator: LayeredGenerator,
  { seed, samples }: { seed: number; samples: number },
  watch: Watch = {},
): Promise<Record<string, number>> {
  const z = statelessNormal([samples, generator.latent], seed, measurementStep) as Tensor2D;
  const parts = inParts(z);
  try {
    const numbers: Record<string, number> = {};
    const { result } = await sdrOfNetwork(
      [{ side: 'decoder', generator, latents: parts }],
      { grid: 'filtered', seed },
      { ...(watch.signal && { signal: watch.signal }) },
    );
    for (const { level, own } of result.levels) {
      if (own === null) continue;
      numbers[`sdr.${level}.median`] = own.summary.median;
      numbers[`sdr.${level}.iqr`] = own.summary.iqr;
      numbers[`sdr.${level}.shareNearOne`] = own.summary.shareNearOne;
    }
    const stretching = await stretchingError(
      { generator, z, factor, axis: 'horizontal' },
      { ...(watch.signal && { signal: watch.signal }) },
    );
    for (const { level, error, normalisedError } of stretching.result.levels) {
      numbers[`stretching.${level}`] = error;
      numbers[`stretching.${level}.normalised`] = normalisedError;
    }
    return numbers;
  } finally {
    tf.dispose([z, ...parts]);
  }
}

function inParts(z: Tensor2D): Tensor2D[] {
  const [samples, latent] = z.shape;
  const parts: Tensor2D[] = [];
  for (let first = 0; first < samples; first += samplesAtATime)
    parts.push(z.slice([first, 0], [Math.min(samplesAtATime, samples - first), latent]));
  return parts;
}
