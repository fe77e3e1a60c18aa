import { setImmediate as nextTurn } from 'node:timers/promises';
import type { SkippedFile } from '../../contract/dataSet.ts';
import { StudioError } from '../../contract/errors.ts';
import type { PictureBatch } from '../../contract/studio.ts';
import { decodeCrop, decoderReason } from '../data/decode.ts';
import { generateImages, latentsFromSeeds } from '../models/layeredGenerator.ts';
import { tf } from '../tensorflow/tf.ts';
import { encodeBytes } from './encodePictures.ts';
import { requireEncoder } from './openModel.ts';
import { stopIfAsked } from '../interventions/livePictures.ts';
import type { LiveModel } from './modelPool.ts';

/** How far a latent is moved to both sides to see what it does: its standard deviation under the prior is 1. */
const reach = 1.5;
const latentsAtATime = 8;

export function latentsOfSeeds(live: LiveModel, seeds: readonly number[]): number[][] {
  const { latent } = live.open.model;
  return tf.tidy(() => rows(latentsFromSeeds(seeds, latent).dataSync<'float32'>(), latent));
}

function rows(values: Float32Array, length: number): number[][] {
  return Array.from({ length: values.length / length }, (_, row) => [
    ...values.subarray(row * length, (row + 1) * length),
  ]);
}

/** Latents in the order of how much they change the picture when all others are 0. */
export async function latentEffects(
  live: LiveModel,
  signal?: AbortSignal,
): Promise<{ latent: number; effect: number }[]> {
  const { model } = live.open;
  return live.answer('latent effects', async () => {
    const effects: number[] = [];
    for (let first = 0; first < model.latent; first += latentsAtATime) {
      stopIfAsked(signal);
      const size = Math.min(latentsAtATime, model.latent - first);
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
      await nextTurn();
    }
    return effects
      .map((effect, latent) => ({ latent, effect }))
      .sort((a, b) => b.effect - a.effect || a.latent - b.latent);
  });
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
  live: LiveModel,
  photos: readonly Blob[],
  signal?: AbortSignal,
): Promise<Encoded> {
  const { model, run } = live.open;
  const side = model.imageSize;
  const pixels: Uint8Array[] = [];
  const used: number[] = [];
  const skipped: SkippedFile[] = [];
  for (const [index, photo] of photos.entries()) {
    stopIfAsked(signal);
    try {
      const bytes = new Uint8Array(await photo.arrayBuffer());
      pixels.push((await decodeCrop(bytes, run.data.crop, side)).pixels);
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
