import { StudioError } from '../../contract/errors.ts';
import type { Watch } from '../../contract/progress.ts';
import { posteriorSources, seedSources } from './sources.ts';
import type { ExportSource } from './sources.ts';
import { tf } from '../tensorflow/tf.ts';
import { encodeManyPictures } from '../session/encodePictures.ts';
import type { OpenModel } from '../session/openModel.ts';

export interface AskedSources {
  count: number;
  seed: number;
  images?: string | undefined;
  heldOut?: boolean | undefined;
  seeds?: number | undefined;
}

/** What an export starts from: seeds; or draws from the posteriors of pictures, and after them the seeds beside them. */
export async function exportSources(
  open: OpenModel,
  asked: AskedSources,
  watch: Watch,
): Promise<ExportSource[]> {
  const { images, heldOut, count, seed } = asked;
  const beside = seedsBeside(asked);
  if (images === undefined) return seedSources(seed, count);
  const choice = { heldOut, most: count };
  const { files, means, logVariances } = await encodeManyPictures(open, images, watch, choice);
  const shape: [number, number] = [files.length, open.model.latent];
  const posterior = {
    mean: tf.tensor2d(means, shape),
    logVariance: logVariances && tf.tensor2d(logVariances, shape),
  };
  try {
    return [...posteriorSources(posterior, files, count, seed), ...seedSources(seed, beside)];
  } finally {
    tf.dispose({ ...posterior });
  }
}

/** How many sources there will be. */
export function sourceCount(asked: AskedSources): number {
  return asked.count + seedsBeside(asked);
}

/** @throws StudioError `wrong-usage` where there are no pictures to stand beside */
export function seedsBeside({ images, seeds = 0 }: AskedSources): number {
  if (seeds > 0 && images === undefined) {
    throw new StudioError(
      'wrong-usage',
      'Seeds beside pictures need a folder of pictures. Without one, the count is the number of seeds.',
    );
  }
  return seeds;
}
