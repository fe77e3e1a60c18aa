import type { FaceSource } from '../../contract/channels.ts';
import { StudioError } from '../../contract/errors.ts';
import type { Watch } from '../../contract/progress.ts';
import type { ModelRef, PictureBatch } from '../../contract/shared.ts';
import type { PackedImages } from '../data/packedImages.ts';
import { generateImages, latentsFromSeeds } from '../models/layeredGenerator.ts';
import { bytesFromFloats } from '../pictures/raster.ts';
import { valuesOf } from '../tensorflow/valuesOf.ts';
import { encodeMeans } from './encodeMeans.ts';
import { measurement } from './measurements.ts';
import { withModel } from './modelPool.ts';
import type { OpenModel } from './openModel.ts';
import { requireEncoder } from './openModel.ts';
import { withImages } from './trainingImages.ts';

/** Where a picture of the data lies in latent space, [latent]. */
const latentsOfPicture = measurement<number, Float32Array<ArrayBuffer>>(
  'latents of a picture',
  (picture, { run }) => `${run.data.key} ${picture}`,
  (open, picture, watch) => {
    requireEncoder(open.model);
    return withImages(open.run, watch, (images) => {
      requirePicture(images, picture);
      return Promise.resolve(valuesOf(() => encodeMeans(open.model, images, Int32Array.of(picture))));
    });
  },
  (latents) => latents.byteLength,
);

/**
 * The latents of a face, [latent].
 * @throws StudioError `not-found` for a picture that the data has not, `wrong-usage` for one where the model has no encoder
 */
export async function valuesOfFace(
  open: OpenModel,
  source: FaceSource,
  watch: Watch = {},
): Promise<Float32Array> {
  if (typeof source !== 'number') return latentsOfPicture.of(open, source.picture, watch);
  return valuesOf(() => latentsFromSeeds([source], open.model.latent));
}

function requirePicture(images: PackedImages, picture: number): void {
  if (picture < images.count) return;
  throw new StudioError(
    'not-found',
    `The data has ${images.count} pictures, and none with the number ${picture}.`,
  );
}

/** Seeds as the model draws them, pictures of the data as they are, side by side. */
export function facePictures(input: ModelRef & { sources: readonly FaceSource[] }): Promise<PictureBatch> {
  return withModel(input, async (open) => {
    const side = open.model.imageSize;
    const bytes = await bytesOfFaces(open, input.sources);
    return { pixels: new Blob([bytes]), count: input.sources.length, width: side, height: side };
  });
}

/** The same as bytes, [sources, side, side, 3]. */
export async function bytesOfFaces(
  { model, run }: OpenModel,
  sources: readonly FaceSource[],
): Promise<Uint8Array<ArrayBuffer>> {
  const each = model.imageSize ** 2 * 3;
  const bytes = new Uint8Array(sources.length * each);
  const seeds = sources.flatMap((source, at) => (typeof source === 'number' ? [{ source, at }] : []));
  const pictures = sources.flatMap((source, at) => (typeof source === 'number' ? [] : [{ ...source, at }]));
  if (seeds.length > 0) {
    const drawn = valuesOf(() =>
      generateImages(
        model,
        latentsFromSeeds(
          seeds.map(({ source }) => source),
          model.latent,
        ),
      ),
    );
    const all = bytesFromFloats(drawn);
    seeds.forEach(({ at }, row) => {
      bytes.set(all.subarray(row * each, (row + 1) * each), at * each);
    });
  }
  if (pictures.length > 0) {
    await withImages(run, {}, (images) => {
      for (const { picture, at } of pictures) {
        requirePicture(images, picture);
        bytes.set(images.read([picture]), at * each);
      }
      return Promise.resolve();
    });
  }
  return bytes;
}
