import { basename } from 'node:path';
import { StudioError } from '../../contract/errors.ts';
import type { TeachingFaces } from '../../contract/gates.ts';
import type { PictureBatch } from '../../contract/shared.ts';
import { generateImages, latentsFromSeeds } from '../models/layeredGenerator.ts';
import { bytesFromFloats } from '../pictures/raster.ts';
import { encodeMeans } from '../session/encodeMeans.ts';
import { requireEncoder } from '../session/openModel.ts';
import type { OpenModel } from '../session/openModel.ts';
import { heldOutIndices, withImages } from '../session/trainingImages.ts';
import { tf } from '../tensorflow/tf.ts';
import type { Tensor2D } from '../tensorflow/tf.ts';
import { valuesOf } from '../tensorflow/valuesOf.ts';

interface Asked {
  kind: 'photos' | 'seeds';
  count: number;
  first: number;
}

/**
 * Faces to teach a gate on: held-out photographs of the run, or faces of the prior.
 * @throws StudioError `not-found` or `wrong-usage` where the run's pictures are not at hand or it has no encoder, `empty`
 */
export async function teachingFaces(open: OpenModel, { kind, count, first }: Asked): Promise<TeachingFaces> {
  if (kind === 'seeds') {
    const seeds = Array.from({ length: count }, (_, at) => first + at + 1);
    const z = latentsFromSeeds(seeds, open.model.latent);
    return facesFrom(
      open,
      z,
      seeds.map((seed) => ({ kind: 'seed' as const, seed })),
      null,
    );
  }
  requireEncoder(open.model);
  return withImages(open.run, {}, (images) => {
    const held = heldOutIndices(images, first + count).slice(first);
    if (held.length === 0) {
      throw new StudioError(
        'empty',
        'There are no more held-out photographs. Begin with the first ones again.',
      );
    }
    const names = Array.from(held, (at) => ({ kind: 'photo' as const, file: basename(images.files[at]!) }));
    const originals = batchOf(images.read(held), held.length, images.size);
    return Promise.resolve(facesFrom(open, encodeMeans(open.model, images, held), names, originals));
  });
}

/** @param z [count, latent]; disposed here */
function facesFrom(
  { model, step }: OpenModel,
  z: Tensor2D,
  names: readonly TeachingFaces['faces'][number]['face'][],
  originals: PictureBatch | null,
): TeachingFaces {
  const values = z.dataSync<'float32'>();
  const pictures = bytesFromFloats(valuesOf(() => generateImages(model, z)));
  const latents = names.map((_, at) =>
    Array.from(values.subarray(at * model.latent, (at + 1) * model.latent)),
  );
  tf.dispose(z);
  return {
    step,
    faces: names.map((face, at) => ({ face, latents: latents[at]! })),
    originals,
    pictures: batchOf(pictures, names.length, model.imageSize),
  };
}

function batchOf(pixels: Uint8Array, count: number, size: number): PictureBatch {
  return { pixels: new Blob([new Uint8Array(pixels)]), count, width: size, height: size };
}
