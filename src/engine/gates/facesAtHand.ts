import type { Watch } from '../../contract/progress.ts';
import { createRandom } from '../math/random.ts';
import { encodeMeans } from '../session/encodeMeans.ts';
import { measurement } from '../session/measurements.ts';
import type { OpenModel } from '../session/openModel.ts';
import { picturesAtHand } from '../session/picturesAtHand.ts';
import { valuesOf } from '../tensorflow/valuesOf.ts';

/** Faces whose colours are read. */
const mostFaces = 3000;
const seed = 0;
const stream = 0x7e4c;

/**
 * Latents of faces that a model knows: its own training pictures, encoded, in a drawn order; of a model that has no encoder
 * or whose pictures are not at hand, of the prior. [count, latent]. Where the prior is far from what the encoder gives, as
 * after short training, gates that were taught on the prior alone hardly open on photographs (measured).
 */
export const facesAtHand = measurement<null, Float32Array>(
  'faces at hand',
  () => '',
  async (open, _, watch) => (await encodedFaces(open, watch)) ?? drawnFaces(open.model.latent),
  (values) => values.byteLength,
);

function drawnFaces(latent: number): Float32Array {
  const random = createRandom(seed, stream);
  return Float32Array.from({ length: mostFaces * latent }, () => random.normal());
}

async function encodedFaces(open: OpenModel, watch: Watch): Promise<Float32Array | null> {
  if (open.model.encode === undefined) return null;
  const images = await picturesAtHand(open.run, watch);
  if (typeof images === 'string') return null;
  try {
    const all = images.indicesOf('train');
    const random = createRandom(seed, stream);
    for (let at = all.length - 1; at > 0; at--) {
      const other = random.integer(at + 1);
      [all[at], all[other]] = [all[other]!, all[at]!];
    }
    const values = valuesOf(() => encodeMeans(open.model, images, all.slice(0, mostFaces)));
    // Too few pictures to fit a direction on: drawn faces beside them.
    return all.length >= mostFaces ? values : withDrawn(values, open.model.latent);
  } finally {
    images.close();
  }
}

function withDrawn(values: Float32Array, latent: number): Float32Array {
  const filled = drawnFaces(latent);
  filled.set(values);
  return filled;
}
