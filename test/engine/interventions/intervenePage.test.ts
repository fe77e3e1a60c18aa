import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { StudioError } from '../../../src/contract/errors.ts';
import { vaePresets } from '../../../src/contract/hyperParameters.ts';
import { hiddenLevels } from '../../../src/contract/levels.ts';
import type { Recipe, RecipeStep } from '../../../src/contract/recipe.ts';
import type { RunFile } from '../../../src/contract/runFiles.ts';
import { stretchingError } from '../../../src/engine/analysis/stretchingError.ts';
import { hueOf, checkFluoHair } from '../../../src/engine/analysis/checkFluoHair.ts';
import { stretchOnePicture } from '../../../src/engine/analysis/stretchBench.ts';
import { encodePhotos, latentsOfSeeds } from '../../../src/engine/session/encodePhotos.ts';
import { latentEffects } from '../../../src/engine/analysis/latentEffects.ts';
import {
  picturesAtATime,
  recipePictures,
  misfits,
} from '../../../src/engine/interventions/recipePictures.ts';
import { fileName } from '../../../src/engine/interventions/recipeFiles.ts';
import type { OpenModel } from '../../../src/engine/session/openModel.ts';
import { closeModel } from '../../../src/engine/session/openModel.ts';
import { TensorCache } from '../../../src/engine/session/tensorCache.ts';
import { applyRecipe } from '../../../src/engine/interventions/applyRecipe.ts';
import { generateImages, latentsFromSeeds } from '../../../src/engine/models/layeredGenerator.ts';
import { bytesFromFloats } from '../../../src/engine/pictures/raster.ts';
import { encodePng } from '../../../src/engine/pictures/encodePng.ts';
import { tf } from '../../../src/engine/tensorflow/tf.ts';
import { smallGenerator } from './smallGenerator.ts';

const run: RunFile = {
  version: 1,
  id: 'small',
  createdAt: '2026-01-01T00:00:00.000Z',
  model: { kind: 'vae', preset: 'compact', hyperParameters: vaePresets.compact },
  data: { folder: 'faces', crop: 'vae', size: 64, key: 'none', trainingImages: 1 },
  ...{ seed: 0, steps: 1, checkpointEvery: 1, measureEvery: 1, tensorboard: false, spectral: null },
  versions: { studio: '0', tensorflow: '0', tfjs: '0', node: '0' },
  device: { kind: 'cpu', intraOpThreads: 1, interOpThreads: 1 },
};

let open: OpenModel;
beforeAll(() => {
  const model = smallGenerator();
  const maps = new TensorCache(2);
  open = { folder: 'x', id: 'x', run, step: 7, weightsSha256: '', weights: new Map(), model, maps };
});
afterEach(() => {
  open.maps.clear();
});
afterAll(() => {
  closeModel(open);
});

const seeds = Array.from({ length: 15 }, (_, index) => index + 1);
const source = { kind: 'seeds' as const, seeds };
const fluoHair: RecipeStep = {
  kind: 'fluoHair',
  channels: [1, 2],
  map: { kind: 'target', colour: [1, 0.1, 0.75], strength: 1.5 },
  enabled: true,
};
const scale: RecipeStep = { kind: 'scale', level: 'coarse', channels: [0], factor: 2, enabled: true };
const hybrid: RecipeStep = { kind: 'hybridise', level: 'fine', channels: [3], seed: 4, enabled: true };
const stretchImage: RecipeStep = {
  ...{ kind: 'stretch', level: 'image', axis: 'horizontal', factor: 1.5, enabled: true },
};
const recipe = (...steps: RecipeStep[]): Recipe => ({ version: 1, name: 'test', steps });

async function bytesOf(blob: Blob): Promise<Uint8Array> {
  return new Uint8Array(await blob.arrayBuffer());
}

/** In the same batches: TensorFlow's last bit depends on how many pictures it convolves at a time. */
function applied(asked: Recipe): Uint8Array {
  const { model } = open;
  const batches = [seeds.slice(0, picturesAtATime), seeds.slice(picturesAtATime)].map((part) =>
    tf.tidy(() =>
      bytesFromFloats(applyRecipe(model, asked, latentsFromSeeds(part, model.latent)).dataSync<'float32'>()),
    ),
  );
  return Uint8Array.from(batches.flatMap((bytes) => [...bytes]));
}

const gated: Extract<RecipeStep, { kind: 'fluoHair' }> = {
  kind: 'fluoHair',
  channels: [1, 2],
  map: { kind: 'target', colour: [1, 0.1, 0.75], strength: 1.5 },
  enabled: true,
  gate: {
    madeFrom: 'module',
    start: Array.from({ length: 8 }, (_, i) => Math.sin(i)),
    coarse: Array.from({ length: 8 }, (_, i) => Math.cos(i)),
    intermediate: [0.3, -0.2, 0.1, 0.4],
    fine: [0.2, -0.5, 0.7, 0.1],
    bias: -0.2,
  },
};

describe('live pictures', () => {
  it.each([
    ['no step', recipe()],
    ['FluoHair', recipe(fluoHair)],
    ['steps of every kind, out of the network’s order', recipe(stretchImage, fluoHair, hybrid, scale)],
    ['a gate on hair', recipe(scale, gated, stretchImage)],
    ['a step that is off', recipe({ ...scale, enabled: false }, fluoHair)],
  ])('are those of applyRecipe: %s', async (_, asked) => {
    const pictures = await recipePictures(open, source, asked);
    expect(pictures).toMatchObject({ count: 15, width: 64, height: 64, step: 7 });
    expect(await bytesOf(pictures.pixels)).toEqual(applied(asked));
  });

  it('run only the image layer until a hidden step or the source changes', async () => {
    await recipePictures(open, source, recipe(scale, fluoHair));
    const again = await recipePictures(open, source, recipe(scale, { ...fluoHair, channels: [0] }));
    expect(again.fromCache).toBe(true);
    const other = await recipePictures(open, source, recipe({ ...scale, factor: 3 }, fluoHair));
    expect(other.fromCache).toBe(false);
    expect((await recipePictures(open, source, recipe(gated))).fromCache).toBe(false);
    const recoloured: RecipeStep = { ...gated, map: { kind: 'negate' } };
    expect((await recipePictures(open, source, recipe(recoloured))).fromCache).toBe(true);
    await recipePictures(open, source, recipe({ ...scale, factor: 8 }, fluoHair));
    await recipePictures(open, source, recipe({ ...scale, factor: 9 }, fluoHair));
  });

  it('keep no more than two sets of fine maps', async () => {
    const before = tf.memory().numTensors;
    for (const factor of [4, 5, 6, 7]) await recipePictures(open, source, recipe({ ...scale, factor }));
    expect(tf.memory().numTensors).toBe(before + 2);
  });

  it('refuse codes of another model, in words', async () => {
    const wrong = { kind: 'latents' as const, latents: [[1, 2]] };
    await expect(recipePictures(open, wrong, null)).rejects.toThrow(
      'These photos were encoded by a model with 2 latents, and this one has 5.',
    );
  });

  it('name the steps that the model cannot do, whether they are on or off', () => {
    const foreign = { ...fluoHair, channels: [4], enabled: false };
    expect(misfits(open, recipe(fluoHair, foreign, scale))).toEqual([
      null,
      expect.stringContaining('Step 2 of the recipe "test" names channel 4') as string,
      null,
    ]);
  });

  it('stop when something newer is asked, and leave nothing behind', async () => {
    const before = tf.memory().numTensors;
    const stop = new AbortController();
    const asked = recipePictures(
      open,
      { kind: 'seeds', seeds: seeds.map((seed) => seed + 100) },
      null,
      stop.signal,
    );
    stop.abort();
    await expect(asked).rejects.toThrow(StudioError);
    expect(tf.memory().numTensors).toBe(before);
  });

  it('are the same from seeds and from the latents of these seeds', async () => {
    const latents = latentsOfSeeds(open, seeds);
    const fromLatents = await recipePictures(open, { kind: 'latents', latents }, null);
    expect(await bytesOf(fromLatents.pixels)).toEqual(applied(recipe()));
  });
});

describe('a page that has just been opened', () => {
  it('is answered all that it asks at the same time, each as if it were alone', async () => {
    const first = { kind: 'seeds' as const, seeds: seeds.map((seed) => seed + 300) };
    const asked = { source: first, recipe: recipe(fluoHair), stepIndex: 0, region: null };
    const alone = await checkFluoHair(open, asked);
    open.maps.clear();
    const [check, before, after, gatedAfter] = await Promise.all([
      checkFluoHair(open, asked),
      recipePictures(open, first, null),
      recipePictures(open, first, recipe(fluoHair)),
      recipePictures(open, first, recipe(gated)),
      recipePictures(open, first, recipe({ ...scale, factor: 5 })),
      recipePictures(open, first, recipe({ ...scale, factor: 6 })),
    ]);
    expect(check).toEqual(alone);
    expect(await bytesOf(before.pixels)).not.toEqual(await bytesOf(after.pixels));
    expect(gatedAfter.count).toBe(first.seeds.length);
  });
});

describe('checkFluoHair', () => {
  const left = Float32Array.from({ length: 64 * 64 }, (_, at) => (at % 64 < 32 ? 1 : 0));
  const ask = (steps: RecipeStep[], stepIndex = 0, region: Float32Array | null = left) =>
    checkFluoHair(open, { source, recipe: recipe(...steps), stepIndex, region });

  it('finds every bit of the fine maps kept by FluoHair, and not by a scaled channel', async () => {
    expect(await ask([fluoHair])).toMatchObject({ areFineMapsUnchanged: true, pictures: 15 });
    expect(await ask([fluoHair, scale])).toMatchObject({ areFineMapsUnchanged: false });
  });

  it('measures the mean change inside the region and beyond the reach of the kernel', async () => {
    const pictures = (steps: RecipeStep[]): Float32Array =>
      tf.tidy(() =>
        applyRecipe(
          open.model,
          recipe(...steps),
          latentsFromSeeds(seeds, open.model.latent),
        ).dataSync<'float32'>(),
      );
    const [before, after] = [pictures([]), pictures([fluoHair])];
    const meanIn = (columns: (x: number) => boolean): number => {
      const changed = Array.from(after, (value, i) => ({ change: Math.abs(value - before[i]!), i })).filter(
        ({ i }) => columns(Math.floor(i / 3) % 64),
      );
      return changed.reduce((sum, { change }) => sum + change, 0) / changed.length;
    };
    const check = await ask([fluoHair]);
    expect(check.inside).toBeCloseTo(
      meanIn((x) => x < 32),
      5,
    );
    // Two columns beyond the region are within the reach of the 5×5 kernel.
    expect(check.outside).toBeCloseTo(
      meanIn((x) => x >= 34),
      5,
    );
  });

  it('says nothing of inside and outside where no module was found', async () => {
    expect(await ask([fluoHair], 0, null)).toMatchObject({ inside: null, outside: null });
  });

  it('shows the summed kernel, negated by the map −I', async () => {
    const { kernelBefore, kernelAfter } = await ask([{ ...fluoHair, map: { kind: 'negate' } }]);
    expect(kernelBefore).toHaveLength(2);
    kernelBefore.flat().forEach((value, at) => {
      expect(kernelAfter.flat()[at]).toBe(-value);
    });
  });

  it('refuses a step that is no FluoHair', async () => {
    await expect(ask([scale])).rejects.toThrow('Step 1 of the recipe is not a FluoHair step.');
  });

  // The corners of the RGB cube and a colour between two of them: the definition of hue.
  it.each([
    [[1, 0, 0], 0],
    [[1, 1, 0], 60],
    [[0, 1, 0], 120],
    [[0, 0, 1], 240],
    [[1, 0, 0.5], 330],
  ] as const)('knows the hue of %j', (colour, hue) => {
    expect(hueOf([...colour])).toBeCloseTo(hue, 9);
  });
  it('knows no hue of grey', () => {
    expect(hueOf([0.5, 0.5, 0.5])).toBeNull();
  });
});

describe('stretchOnePicture', () => {
  it('shows the picture of the seed, and errors as the analysis measures them', async () => {
    const one = { kind: 'seeds' as const, seeds: [3] };
    const bench = stretchOnePicture(open, one, 'horizontal', 1.5);
    const z = latentsFromSeeds([3], open.model.latent);
    const { result } = await stretchingError({
      generator: open.model,
      z,
      axis: 'horizontal',
      factor: 1.5,
    });
    const original = tf.tidy(() => bytesFromFloats(generateImages(open.model, z).dataSync<'float32'>()));
    z.dispose();
    expect(bench.errors).toEqual(result.levels.map(({ level, error }) => ({ level, error })));
    expect(bench.errors.map(({ level }) => level)).toEqual(hiddenLevels);
    const bytes = await bytesOf(bench.pictures.pixels);
    expect(bench.pictures.count).toBe(8);
    expect(bytes.subarray(0, 64 * 64 * 3)).toEqual(original);
  });

  it('shows no difference for a stretch by 1', async () => {
    const bench = stretchOnePicture(open, source, 'vertical', 1);
    const bytes = await bytesOf(bench.pictures.pixels);
    const each = 64 * 64 * 3;
    // The middle of the signed map.
    expect([...bytes.subarray(5 * each, 5 * each + 3)]).toEqual([0xf0, 0xf0, 0xee]);
    expect(new Set(bytes.subarray(5 * each)).size).toBe(2);
  });
});

describe('latents', () => {
  it('are in the order of what they change', async () => {
    const effects = await latentEffects.of(open, null, {});
    expect(effects.map(({ latent }) => latent).sort()).toEqual([0, 1, 2, 3, 4]);
    const { latent, effect } = effects[0]!;
    const expected = tf.tidy(() => {
      const ends = [1.5, -1.5].map((value) => {
        const z = new Float32Array(5);
        z[latent] = value;
        return generateImages(open.model, tf.tensor2d(z, [1, 5]));
      });
      return ends[0]!.sub(ends[1]!).abs().mean().dataSync<'float32'>()[0]!;
    });
    expect(effect).toBeCloseTo(expected, 5);
    expect(effects.every((each, at) => at === 0 || each.effect <= effects[at - 1]!.effect)).toBe(true);
  });

  it('of photos: what cannot be read is named, the rest is encoded', async () => {
    const data = new Uint8Array(80 * 80 * 3).fill(120);
    const png = await encodePng({ data, width: 80, height: 80, channels: 3 });
    const photos = [new File(['no picture'], 'notes.jpg'), new File([new Uint8Array(png)], 'face.png')];
    const encoded = await encodePhotos(open, photos);
    expect(encoded).toMatchObject({ used: [1], originals: { count: 1, width: 64, height: 64 } });
    expect(encoded.latents.map((row) => row.length)).toEqual([5]);
    expect(encoded.skipped).toEqual([{ file: 'notes.jpg', reason: expect.any(String) as string }]);
    await expect(encodePhotos(open, photos.slice(0, 1))).rejects.toThrow('notes.jpg cannot be used');
  });
});

describe('fileName', () => {
  it.each([
    ['Hair, magenta', 'hair-magenta'],
    ['../../etc/passwd', 'etc-passwd'],
    ['Голубые волосы', 'голубые-волосы'],
    ['con', 'recipe-con'],
    ['…', 'recipe'],
  ])('of %s is %s', (name, file) => {
    expect(fileName(name)).toBe(file);
  });
});
