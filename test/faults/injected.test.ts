import { cp, rm } from 'node:fs/promises';
import type * as Plain from 'node:fs';
import type * as Promised from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import type { RecipeHistory } from '../../src/contract/intervene.ts';
import type { TaughtFace } from '../../src/contract/gates.ts';
import type { Recipe } from '../../src/contract/recipe.ts';
import { makeFaces } from '../../src/engine/data/faces/makeFaces.ts';
import { openImageSet } from '../../src/engine/data/imageSet.ts';
import { openPackedImages } from '../../src/engine/data/packedImages.ts';
import { packImages } from '../../src/engine/data/packImages.ts';
import { exportSet } from '../../src/engine/export/exportSet.ts';
import { readStopped } from '../../src/engine/export/exportFolder.ts';
import { seedSources } from '../../src/engine/export/sources.ts';
import { listStrokes, loadStrokes, saveStrokes } from '../../src/engine/gates/strokesFiles.ts';
import {
  listRecipes,
  loadRecipe,
  readHistory,
  saveRecipe,
} from '../../src/engine/interventions/recipeFiles.ts';
import { givenNames, renameModule } from '../../src/engine/modules/givenNames.ts';
import { knownModules, modulesOfRun } from '../../src/engine/modules/modulesOfRun.ts';
import { readCheckpoint } from '../../src/engine/runs/checkpoints.ts';
import { readMetrics } from '../../src/engine/runs/metricsFile.ts';
import { closeModels } from '../../src/engine/session/modelPool.ts';
import { closeModel, openModel } from '../../src/engine/session/openModel.ts';
import type { OpenModel } from '../../src/engine/session/openModel.ts';
import { createTrainingRun } from '../../src/engine/training/createTrainingRun.ts';
import { trainRun } from '../../src/engine/training/trainRun.ts';
import { smallGenerator } from '../engine/interventions/smallGenerator.ts';
import { checkpointHash, temporaryFolder } from '../setup/tinyTraining.ts';
import { everyCall, filesOf, tryEveryFault } from './files/everyFault.ts';
import type { Strides, Work } from './files/everyFault.ts';

vi.mock('node:fs/promises', async (original) => {
  const { faultyPromises } = await import('./files/faultyFiles.ts');
  return faultyPromises(await original<typeof Promised>());
});
vi.mock('node:fs', async (original) => {
  const { faultyPlain } = await import('./files/faultyFiles.ts');
  return faultyPlain(await original<typeof Plain>());
});

const isSoak = process.env['EXTRAPOLATION_SOAK'] === '1';
/** What takes long is tried at some of its calls in the short form; the kinds differ, so that together they fall on many. */
const someCalls: Strides = { ENOSPC: 11, short: 3, EIO: 17, EROFS: 9, EMFILE: 13 };
const strides = isSoak ? everyCall : someCalls;
const steps = 4;

let root: string;
let remove: () => Promise<void>;
let trained: string;
let open: OpenModel;
let points = 0;

beforeAll(async () => {
  ({ folder: root, remove } = await temporaryFolder());
  vi.stubEnv('EXTRAPOLATION_CACHE', join(root, 'cache'));
  await makeFaces({ out: join(root, 'faces'), count: 12, seed: 3 });
  trained = join(root, 'trained');
  await createTrainingRun(request(trained), {});
  await trainRun({ run: trained }, () => Promise.resolve({}), {});
  open = await openModel(trained, steps);
}, 120_000);
afterAll(async () => {
  process.stdout.write(
    `faults: ${points} calls failed; nothing lost, and every second try ended as if nothing had been\n`,
  );
  closeModel(open);
  vi.unstubAllEnvs();
  await remove();
});

function request(folder: string): Parameters<typeof createTrainingRun>[0] {
  return {
    ...{ data: join(root, 'faces'), folder, steps, checkpointEvery: 2, measureEvery: 3, seed: 9 },
    hyperParameters: { width: 2, fineChannels: 4, latent: 4, batch: 4 },
  };
}

async function held(name: string, work: Work, kinds: Strides): Promise<void> {
  const count = await tryEveryFault(work, kinds);
  process.stdout.write(`${name}: ${count} calls failed\n`);
  expect(count).toBeGreaterThan(0);
  points += count;
}

/** Work on one folder, which is made anew from another, or is not there before. */
function workIn(name: string, work: (folder: string) => Pick<Work, 'run' | 'look'>, from?: string): Work {
  const within = join(root, name);
  return {
    within,
    prepare: async () => {
      await rm(within, { recursive: true, force: true });
      if (from !== undefined) await cp(from, within, { recursive: true });
    },
    result: () => filesOf(within),
    ...work(within),
  };
}

function recipe(factor: number): Recipe {
  const step = {
    kind: 'stretch' as const,
    level: 'fine' as const,
    axis: 'vertical' as const,
    factor,
    enabled: true,
  };
  return { version: 1, name: 'Wide faces', steps: [step] };
}

function historyOf(last: Recipe): RecipeHistory {
  return { states: [{ words: 'Stretched', at: 1, what: 'stretch', recipe: last }], now: 0 };
}

it('a recipe with its history, over an earlier one', async () => {
  const before = join(root, 'recipes before');
  await saveRecipe(before, recipe(1.5), historyOf(recipe(1.5)));
  const work = workIn(
    'recipes',
    (folder) => ({
      run: () => saveRecipe(folder, recipe(2), historyOf(recipe(2))),
      look: async () => {
        const file = join(folder, 'wide-faces.recipe.json');
        expect(await listRecipes(folder)).toHaveLength(1);
        // Neither the earlier one nor the new one is lost, and no history is another's.
        expect([recipe(1.5), recipe(2)]).toContainEqual(await loadRecipe(file));
        const history = await readHistory(file);
        if (history !== null) expect(history.states[0]?.recipe).toEqual(await loadRecipe(file));
      },
    }),
    before,
  );
  await held('recipe', work, everyCall);
});

it('strokes, beside those of a name that differs in signs alone', async () => {
  const face: TaughtFace = {
    face: { kind: 'seed', seed: 1 },
    latents: [0, 0, 0, 0],
    strokes: [{ isPart: true, width: 4, points: [[30, 12]] }],
  };
  const before = join(root, 'run with strokes');
  await cp(trained, before, { recursive: true });
  await saveStrokes(open, before, { name: 'left ear', faces: [face] });
  const work = workIn(
    'strokes',
    (folder) => ({
      run: () => saveStrokes(open, folder, { name: 'left-ear', faces: [face, face] }),
      look: async () => {
        expect((await loadStrokes(folder, 'left ear'))?.faces).toEqual([face]);
        expect(await listStrokes(folder)).not.toEqual([]);
      },
    }),
    before,
  );
  await held('strokes', work, everyCall);
});

it('the name that a module was given, and a search for modules', async () => {
  const asked = { run: join(root, 'modules'), step: steps, level: 'coarse' } as const;
  const search = { ...asked, pairs: 8, seed: 0, preparation: 'weighted' } as const;
  const naming = workIn(
    'modules',
    () => ({
      run: () => renameModule({ ...asked, channels: [1, 2], name: 'hair' }),
      look: () => givenNames(asked),
    }),
    trained,
  );
  await held('name of a module', naming, everyCall);
  // A search takes seconds.
  if (!isSoak) return;
  const searching = workIn(
    'modules',
    () => ({ run: () => modulesOfRun(search, {}), look: () => knownModules(search) }),
    trained,
  );
  await held('search for modules', searching, everyCall);
  await closeModels();
});

it('three drawn faces', async () => {
  const work = workIn('drawn', (folder) => ({
    run: () => makeFaces({ out: folder, count: 3, seed: 3 }),
    look: () => openImageSet(folder),
  }));
  await held('drawn faces', work, isSoak ? everyCall : { ENOSPC: 2, short: 1, EIO: 3, EROFS: 2, EMFILE: 2 });
});

it('three pictures packed', async () => {
  const pictures = join(root, 'pictures');
  await makeFaces({ out: join(pictures, 'faces'), count: 3, seed: 3 });
  const cacheFolder = join(pictures, 'cache');
  const work: Work = {
    within: pictures,
    prepare: () => rm(cacheFolder, { recursive: true, force: true }),
    run: async () => {
      (await packImages(await openImageSet(join(pictures, 'faces')), { cacheFolder })).close();
    },
    look: async () => {
      if (!existsSync(cacheFolder)) return;
      for (const name of Object.keys(await filesOf(cacheFolder)).filter((each) => each.endsWith('.json')))
        openPackedImages(join(cacheFolder, name, '..')).close();
    },
    result: () => filesOf(cacheFolder),
  };
  await held(
    'packed pictures',
    work,
    isSoak ? everyCall : { ENOSPC: 2, short: 1, EIO: 4, EROFS: 2, EMFILE: 3 },
  );
});

it('an export', async () => {
  const generator = smallGenerator();
  const work = workIn('export', (folder) => ({
    run: () =>
      exportSet({
        generator,
        origin: { studio: '0', run: 'small', step: 1, weightsSha256: 'a'.repeat(64) },
        recipes: [{ version: 1, name: 'unchanged', steps: [] }],
        sources: seedSources(3, 3),
        ...{ seed: 3, format: 'png', quality: 95, out: folder, asked: '{}' },
      }),
    look: () => readStopped(folder),
  }));
  await held('export', work, everyCall);
  generator.dispose();
});

it(
  'a training',
  async () => {
    const work: Work = {
      within: join(root, 'training'),
      prepare: async () => {
        await rm(join(root, 'training'), { recursive: true, force: true });
        await cp(join(root, 'cache', 'packed'), join(root, 'training', 'cache', 'packed'), {
          recursive: true,
        });
        vi.stubEnv('EXTRAPOLATION_CACHE', join(root, 'training', 'cache'));
      },
      run: async () => {
        const run = join(root, 'training', 'run');
        if (!existsSync(join(run, 'run.json'))) await createTrainingRun(request(run), {});
        await trainRun({ run }, ({ step }) => Promise.resolve({ seen: step }), {});
      },
      look: async () => {
        const run = join(root, 'training', 'run');
        for (const step of [0, 2, 4]) {
          if (existsSync(join(run, 'checkpoints', `step-0000000${step}`))) await readCheckpoint(run, step);
        }
        await readMetrics(run);
      },
      result: async () => {
        const run = join(root, 'training', 'run');
        const lines = (await readMetrics(run)).map(({ step, values }) => ({ step, values }));
        return { weights: await checkpointHash(run, steps), lines };
      },
    };
    await held('training', work, strides);
  },
  3 * 3_600_000,
);
