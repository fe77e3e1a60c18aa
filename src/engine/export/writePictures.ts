import { mkdir } from 'node:fs/promises';
import { dirname, extname, join, parse, resolve } from 'node:path';
import type { z } from 'zod';
import type { SkippedFile } from '../../contract/dataSet.ts';
import { StudioError } from '../../contract/errors.ts';
import { standardSeeds } from '../../contract/models.ts';
import type { Watch } from '../../contract/progress.ts';
import { withOrigin } from '../../contract/pictureOrigin.ts';
import type { OriginSource, PictureOrigin } from '../../contract/pictureOrigin.ts';
import type { ModelRef } from '../../contract/shared.ts';
import type { appliedSchema, encodedSchema, sampledSchema } from '../../contract/models.ts';
import { writeWhole } from '../files/safeFiles.ts';
import { applyRecipe, requireRecipeFits } from '../interventions/applyRecipe.ts';
import { describeRecipe } from '../interventions/describeRecipe.ts';
import { loadRecipe } from '../interventions/recipeFiles.ts';
import { generateImages, latentsFromSeeds } from '../models/layeredGenerator.ts';
import { encodePng } from '../pictures/encodePng.ts';
import { pictureGrid } from '../pictures/pictureGrid.ts';
import { measureReach } from '../reach/measureReach.ts';
import { tf } from '../tensorflow/tf.ts';
import type { Tensor2D } from '../tensorflow/tf.ts';
import { encodeNpy } from './npy.ts';
import { readLatents } from './readLatents.ts';
import { encodePictures } from '../session/encodePictures.ts';
import { makerOf, originOfPictures, photoSourcesOf, seedSourcesOf } from '../session/pictureOrigin.ts';
import { withModel } from '../session/modelPool.ts';
import type { OpenModel } from '../session/openModel.ts';
import { renderPictures } from '../session/decodePictures.ts';

interface SampleInput extends ModelRef {
  out: string;
  seeds: number[];
  latents?: string | undefined;
  saveLatents?: string | undefined;
  columns: number;
}

/** A grid of pictures from seeds or given latents, as a PNG file. */
export async function sample(input: SampleInput, watch: Watch): Promise<z.infer<typeof sampledSchema>> {
  requireOneSource(input);
  return withModel(input, async (open) => {
    const { model, step } = open;
    const side = model.imageSize;
    const z = await latentsOf(input, model.latent);
    const count = z.shape[0];
    const savedLatents = input.saveLatents === undefined ? null : resolve(input.saveLatents);
    const numbers = savedLatents === null ? undefined : await z.data<'float32'>();
    const data = await renderPictures(
      z,
      side,
      (batch) => generateImages(model, batch),
      watch,
      'drawing',
    ).finally(() => {
      z.dispose();
    });
    const grid = { data, count, width: side, height: side };
    const file = resolve(input.out);
    await mkdir(dirname(file), { recursive: true });
    const png = await pictureGrid(grid, { columns: input.columns, scale: 2 });
    const sources: OriginSource[] =
      input.latents === undefined
        ? seedSourcesOf(input.seeds)
        : Array.from({ length: count }, () => ({ kind: 'latents' }));
    await writeWhole(file, withOrigin(png, originOfPictures(makerOf(open), sources, null)));
    if (savedLatents !== null && numbers !== undefined) {
      await mkdir(dirname(savedLatents), { recursive: true });
      await writeWhole(savedLatents, encodeNpy(numbers, count, model.latent));
    }
    return { file, step, count, seeds: input.latents === undefined ? input.seeds : [], savedLatents };
  });
}

function requireOneSource({ seeds, latents, saveLatents }: SampleInput): void {
  if (latents !== undefined && seeds.join() !== standardSeeds.join()) {
    throw new StudioError('wrong-usage', 'Give either --seeds LIST or --latents FILE.');
  }
  if (saveLatents !== undefined && extname(saveLatents).toLowerCase() !== '.npy') {
    throw new StudioError(
      'wrong-usage',
      `Latents are written as .npy, and ${saveLatents} has another ending. Choose a name such as latents.npy.`,
    );
  }
}

/** [pictures, latent]; the caller's to dispose. */
async function latentsOf({ seeds, latents }: SampleInput, latent: number): Promise<Tensor2D> {
  if (latents === undefined) return latentsFromSeeds(seeds, latent);
  const values = await readLatents(latents, latent);
  return tf.tensor2d(values, [values.length / latent, latent]);
}

/** Reconstructions of a person's pictures: a grid, and the codes as JSON. */
export async function encode(
  input: ModelRef & { out: string; images: string },
  watch: Watch,
): Promise<z.infer<typeof encodedSchema>> {
  return withModel(input, async (open) => {
    const { model, step } = open;
    const side = model.imageSize;
    const encoded = await encodePictures(open, input.images, watch);
    const count = encoded.files.length;
    const z = tf.tensor2d(encoded.means, [count, model.latent]);
    const decoded = await renderPictures(
      z,
      side,
      (batch) => generateImages(model, batch),
      watch,
      'decoding',
    ).finally(() => {
      z.dispose();
    });
    const folder = resolve(input.out);
    await mkdir(folder, { recursive: true });
    const grid = join(folder, 'reconstructions.png');
    const sources = photoSourcesOf(encoded.files);
    const png = await pairsGrid(encoded.bytes, decoded, side);
    const origin = {
      ...originOfPictures(makerOf(open), sources, null),
      sheet: 'Pairs: the photo, its reconstruction',
    };
    await writeWhole(grid, withOrigin(png, origin));
    const codes = join(folder, 'codes.json');
    const rowOf = (values: Float32Array, row: number): number[] => [
      ...values.subarray(row * model.latent, (row + 1) * model.latent),
    ];
    const rows = encoded.files.map((file, row) => ({
      file,
      mean: rowOf(encoded.means, row),
      ...(encoded.logVariances && { logVariance: rowOf(encoded.logVariances, row) }),
    }));
    await writeWhole(codes, `${JSON.stringify({ run: open.id, step, rows })}\n`);
    const meanSquaredError = meanSquaredByteError(encoded.bytes, decoded);
    return { grid, codes, step, count, meanSquaredError, skipped: encoded.skipped };
  });
}

/** mean((x̂ − x)²) on values in [−1, 1], of bytes. */
function meanSquaredByteError(a: Uint8Array, b: Uint8Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += ((a[i]! - b[i]!) / 127.5) ** 2;
  return sum / a.length;
}

/** Pairs of pictures side by side, eight pairs a row at most. */
async function pairsGrid(before: Uint8Array, after: Uint8Array, side: number): Promise<Buffer> {
  const each = side * side * 3;
  const count = before.length / each;
  const data = new Uint8Array(2 * before.length);
  for (let i = 0; i < count; i++) {
    data.set(before.subarray(i * each, (i + 1) * each), 2 * i * each);
    data.set(after.subarray(i * each, (i + 1) * each), (2 * i + 1) * each);
  }
  const columns = 2 * Math.min(6, Math.ceil(Math.sqrt(count / 2)));
  return pictureGrid({ data, count: 2 * count, width: side, height: side }, { columns, scale: 2 });
}

type ApplySource = { kind: 'seeds'; seeds: number[] } | { kind: 'images'; folder: string };

interface Sources {
  z: Tensor2D;
  names: string[];
  origins: OriginSource[];
  skipped: SkippedFile[];
}

/** Applies a recipe to seeds or to a person's pictures: a PNG each, and a grid of before and after. */
export async function apply(
  input: ModelRef & { out: string; recipe: string; source: ApplySource },
  watch: Watch,
): Promise<z.infer<typeof appliedSchema>> {
  const recipe = await loadRecipe(input.recipe);
  return withModel(input, async (open) => {
    const { model, step } = open;
    requireRecipeFits(model, recipe);
    const side = model.imageSize;
    const { z, names, origins, skipped } = await sourcesOf(open, input.source, watch);
    try {
      const before = await renderPictures(
        z,
        side,
        (batch) => generateImages(model, batch),
        watch,
        'decoding',
      );
      const after = await renderPictures(
        z,
        side,
        (batch) => applyRecipe(model, recipe, batch),
        watch,
        'applying',
      );
      const folder = resolve(input.out);
      await mkdir(folder, { recursive: true });
      const grid = join(folder, 'before-after.png');
      const origin = (sources: readonly OriginSource[]): PictureOrigin =>
        originOfPictures(makerOf(open), sources, recipe);
      const pairs = { ...origin(origins), sheet: 'Pairs: before, after' };
      await writeWhole(grid, withOrigin(await pairsGrid(before, after, side), pairs));
      const each = side * side * 3;
      for (const [index, name] of names.entries()) {
        const data = after.subarray(index * each, (index + 1) * each);
        const png = await encodePng({ data, width: side, height: side, channels: 3 });
        await writeWhole(join(folder, name), withOrigin(png, origin(origins.slice(index, index + 1))));
      }
      const reach = await measureReach(open, recipe, watch);
      return { folder, grid, step, count: names.length, description: describeRecipe(recipe), reach, skipped };
    } finally {
      z.dispose();
    }
  });
}

async function sourcesOf(open: OpenModel, source: ApplySource, watch: Watch): Promise<Sources> {
  const { latent } = open.model;
  switch (source.kind) {
    case 'seeds': {
      const names = source.seeds.map((seed) => `seed-${String(seed).padStart(6, '0')}.png`);
      return {
        z: latentsFromSeeds(source.seeds, latent),
        ...{ names, origins: seedSourcesOf(source.seeds), skipped: [] },
      };
    }
    case 'images': {
      const { files, means, skipped } = await encodePictures(open, source.folder, watch);
      // Folders become part of the name, so that two pictures of one name in two folders stay two.
      const names = files.map(
        (file) => `${join(parse(file).dir, parse(file).name).replace(/[\\/]/g, '-')}.png`,
      );
      return {
        z: tf.tensor2d(means, [files.length, latent]),
        ...{ names, origins: photoSourcesOf(files), skipped },
      };
    }
  }
}
