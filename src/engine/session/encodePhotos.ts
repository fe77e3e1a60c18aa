import { decodingOf } from '../../contract/dataSet.ts';
import type { SkippedFile } from '../../contract/dataSet.ts';
import { StudioError } from '../../contract/errors.ts';
import type { PictureBatch } from '../../contract/shared.ts';
import { decodeCrop, decoderReason } from '../data/decode.ts';
import { latentsFromSeeds } from '../models/layeredGenerator.ts';
import { tf } from '../tensorflow/tf.ts';
import { encodeBytes } from './encodePictures.ts';
import { requireEncoder } from './openModel.ts';
import { stopIfAsked } from './signal.ts';
import type { OpenModel } from './openModel.ts';

export function latentsOfSeeds(open: OpenModel, seeds: readonly number[]): number[][] {
  const { latent } = open.model;
  return tf.tidy(() => rows(latentsFromSeeds(seeds, latent).dataSync<'float32'>(), latent));
}

function rows(values: Float32Array, length: number): number[][] {
  return Array.from({ length: values.length / length }, (_, row) => [
    ...values.subarray(row * length, (row + 1) * length),
  ]);
}

interface Encoded {
  latents: number[][];
  originals: PictureBatch;
  used: number[];
  skipped: SkippedFile[];
}

/**
 * A person's photos as codes: cropped as the model's own pictures were, then the posterior's mean.
 * @throws StudioError `empty` where none can be read
 */
export async function encodePhotos(
  open: OpenModel,
  photos: readonly Blob[],
  signal?: AbortSignal,
): Promise<Encoded> {
  const { model, run } = open;
  const side = model.imageSize;
  const pixels: Uint8Array[] = [];
  const used: number[] = [];
  const skipped: SkippedFile[] = [];
  for (const [index, photo] of photos.entries()) {
    stopIfAsked(signal);
    try {
      const bytes = new Uint8Array(await photo.arrayBuffer());
      pixels.push((await decodeCrop(bytes, run.data.crop, side, decodingOf(run.data))).pixels);
      used.push(index);
    } catch (error) {
      const file = photo instanceof File ? photo.name : `photo ${index + 1}`;
      skipped.push({ file, reason: decoderReason(error) });
    }
  }
  if (pixels.length === 0) {
    const first = skipped[0]!;
    throw new StudioError('empty', `${first.file} cannot be used: ${first.reason}. Choose another picture.`);
  }
  const all = new Uint8Array(pixels.length * side * side * 3);
  pixels.forEach((picture, index) => {
    all.set(picture, index * picture.length);
  });
  const { means } = await encodeBytes(requireEncoder(model), all, signal === undefined ? {} : { signal });
  return {
    latents: rows(means, model.latent),
    originals: { pixels: new Blob([all]), count: pixels.length, width: side, height: side },
    ...{ used, skipped },
  };
}
