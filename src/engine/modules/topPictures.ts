import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { defaultTopCount, shownTop, topFileSchema } from '../../contract/channels.ts';
import type { AtLevel, TopEntry, TopPictures, TopSource } from '../../contract/channels.ts';
import { StudioError } from '../../contract/errors.ts';
import type { HiddenLevel } from '../../contract/levels.ts';
import type { Watch } from '../../contract/progress.ts';
import { tryWriting } from '../files/tryWriting.ts';
import { latentsFromSeeds, mapsAt } from '../models/layeredGenerator.ts';
import { newestStep } from '../runs/checkpoints.ts';
import { findRun, readJson, stepName } from '../runs/runFolder.ts';
import { workFolder } from '../runs/workFolder.ts';
import { batchesOf } from '../session/batches.ts';
import type { Batch } from '../session/batches.ts';
import { encodeMeans } from '../session/encodeMeans.ts';
import { withModel } from '../session/modelPool.ts';
import { requireEncoder } from '../session/openModel.ts';
import type { OpenModel } from '../session/openModel.ts';
import { stopIfAsked } from '../session/signal.ts';
import { withImages } from '../session/trainingImages.ts';
import type { Tensor2D } from '../tensorflow/tf.ts';
import { valuesOf } from '../tensorflow/valuesOf.ts';

const lookedAtATime = 16;

/**
 * Of every channel of a level the faces in whose maps it is strongest, by the mean of the map: the same number as the
 * strengths of the page Channels.
 * @param count of the seeds 1, 2, …, or of the data's pictures, evenly spread over them
 * @throws StudioError `wrong-usage` for pictures where the model has no encoder; `interrupted`
 */
export function topPictures(
  open: OpenModel,
  { level, of, count }: { level: HiddenLevel; of: TopSource; count: number },
  watch: Watch,
): Promise<TopPictures> {
  const found = { level, of, step: open.step };
  if (of === 'seeds') {
    const seeds = Array.from({ length: count }, (_, at) => at + 1);
    const latentsOf = ({ first, size }: Batch): Tensor2D =>
      latentsFromSeeds(seeds.slice(first, first + size), open.model.latent);
    return strengths(open, level, count, latentsOf, watch).then((values) => ({
      ...{ ...found, count },
      channels: strongest(values, count, (at) => ({ source: seeds[at]!, name: null })),
    }));
  }
  requireEncoder(open.model);
  return withImages(open.run, watch, async (images) => {
    const most = Math.min(count, images.count);
    const indices = Int32Array.from({ length: most }, (_, at) => Math.floor((at * images.count) / most));
    const latentsOf = ({ first, size }: Batch): Tensor2D =>
      encodeMeans(open.model, images, indices.slice(first, first + size));
    const values = await strengths(open, level, most, latentsOf, watch);
    const entryOf = (at: number): Omit<TopEntry, 'value'> => ({
      source: indices[at]!,
      name: images.files[indices[at]!] ?? null,
    });
    return { ...found, count: most, channels: strongest(values, most, entryOf) };
  });
}

/** Means of all maps, [count, channels]. */
async function strengths(
  { model }: OpenModel,
  level: HiddenLevel,
  count: number,
  latentsOf: (batch: Batch) => Tensor2D,
  watch: Watch,
): Promise<Float32Array> {
  let all = new Float32Array(0);
  for await (const batch of batchesOf(count, lookedAtATime)) {
    stopIfAsked(watch.signal);
    const means = valuesOf(() => mapsAt(model, latentsOf(batch), level).mean([1, 2]));
    const channels = means.length / batch.size;
    if (batch.first === 0) all = new Float32Array(count * channels);
    all.set(means, batch.first * channels);
    watch.onProgress?.({ phase: 'looking', done: batch.first + batch.size, total: count });
  }
  return all;
}

function strongest(
  values: Float32Array,
  count: number,
  entryOf: (at: number) => Omit<TopEntry, 'value'>,
): TopEntry[][] {
  const channels = values.length / count;
  return Array.from({ length: channels }, (_, channel) => {
    const valueAt = (at: number): number => values[at * channels + channel]!;
    return Array.from({ length: count }, (_unused, at) => at)
      .sort((a, b) => valueAt(b) - valueAt(a) || a - b)
      .slice(0, shownTop)
      .map((at) => ({ ...entryOf(at), value: valueAt(at) }));
  });
}

/** The same as the run keeps it, below `channels`: read where it was found for these weights and this data, else found. */
export async function topOfRun(input: AtLevel & { of: TopSource }, watch: Watch): Promise<TopPictures> {
  const { level, of } = input;
  const folder = findRun(input.run);
  const step = input.step ?? (await newestStep(folder));
  const file = join(workFolder(folder), 'channels', `${stepName(step)}-${level}-${of}.json`);
  return withModel({ ...input, step }, async (open) => {
    const data = of === 'seeds' ? null : open.run.data.key;
    const known = await readKept(file);
    if (known !== undefined && known.weights === open.weightsSha256 && known.data === data) {
      return { level, of, step, count: known.count, channels: known.channels };
    }
    const found = await topPictures(open, { level, of, count: defaultTopCount }, watch);
    const content = { version: 1, weights: open.weightsSha256, data, ...found };
    await tryWriting(file, `${JSON.stringify(content)}\n`);
    return found;
  });
}

/** What cannot be read is looked for again. */
async function readKept(file: string): Promise<ReturnType<typeof topFileSchema.parse> | undefined> {
  if (!existsSync(file)) return undefined;
  try {
    return await readJson(file, topFileSchema, { wayOut: 'Delete it: it is written again.' });
  } catch (error) {
    if (error instanceof StudioError && error.code === 'damaged') return undefined;
    throw error;
  }
}
