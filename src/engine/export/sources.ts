import { StudioError } from '../../contract/errors.ts';
import type { Codes } from '../models/betaVae.ts';
import { latentsFromSeeds } from '../models/layeredGenerator.ts';
import { createRandom } from '../math/random.ts';
import { tf } from '../tensorflow/tf.ts';
import type { Tensor2D } from '../tensorflow/tf.ts';

/** What a picture is made from: a seed of the prior, or a code of an image's posterior. */
export type ExportSource =
  | { kind: 'seed'; seed: number }
  /** `code`: latent numbers; `draw` 0 is the posterior's mean. */
  | { kind: 'image'; image: string; draw: number; code: Float32Array };

/** The seeds first, first + 1, …; each is the seed that the other commands call by that number. */
export function seedSources(first: number, count: number): ExportSource[] {
  return Array.from({ length: count }, (_, index) => ({ kind: 'seed', seed: first + index }));
}

/** Keeps the draws of a posterior apart from every other use of the same seed. */
const posteriorStream = 0x9057;

/**
 * `count` sources from the posteriors of images, in turn: first every image's mean, then draws μ + σ ⊙ ε with ε from the
 * seed, the draw and the image's place, so that more can be asked for than there are images.
 * @param posterior [images, latent] each
 * @param images their names
 * @throws StudioError `wrong-usage` for draws where the encoder has the mean alone
 */
export function posteriorSources(
  posterior: Codes,
  images: readonly string[],
  count: number,
  seed: number,
): ExportSource[] {
  const latent = posterior.mean.shape[1];
  const means = posterior.mean.dataSync<'float32'>();
  const logVariances = posterior.logVariance?.dataSync<'float32'>();
  if (logVariances === undefined && count > images.length) throw meanAlone(count, images.length);
  return Array.from({ length: count }, (_, at) => {
    const index = at % images.length;
    const draw = Math.floor(at / images.length);
    const code = means.slice(index * latent, (index + 1) * latent);
    if (draw > 0) {
      const random = createRandom(seed, posteriorStream, draw, index);
      for (let i = 0; i < latent; i++)
        code[i]! += Math.exp(logVariances![index * latent + i]! / 2) * random.normal();
    }
    return { kind: 'image', image: images[index]!, draw, code };
  });
}

function meanAlone(count: number, images: number): StudioError {
  return new StudioError(
    'wrong-usage',
    `The encoder of this model puts out the mean of a picture’s code and no log-variance, so each picture can be drawn once: ask for ${images} and not for ${count}, or for seeds beside them.`,
  );
}

/** z [sources, latent]; the caller's to dispose. */
export function latentsOfSources(sources: readonly ExportSource[], latent: number): Tensor2D {
  return tf.tidy(() =>
    tf.concat(
      sources.map((source) =>
        source.kind === 'seed'
          ? latentsFromSeeds([source.seed], latent)
          : tf.tensor2d(source.code, [1, latent]),
      ),
      0,
    ),
  );
}
