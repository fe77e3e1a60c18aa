import { cp, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { StudioError } from '../../src/contract/errors.ts';
import type { RunFile } from '../../src/contract/runFiles.ts';
import { makeFaces } from '../../src/engine/data/faces/makeFaces.ts';
import { explainSystemError } from '../../src/engine/files/systemErrors.ts';
import { readKeptGate } from '../../src/engine/gates/keptGates.ts';
import { readStrokes } from '../../src/engine/gates/strokesFiles.ts';
import { loadRecipe, readHistory } from '../../src/engine/interventions/recipeFiles.ts';
import { givenNames } from '../../src/engine/modules/givenNames.ts';
import { knownModules } from '../../src/engine/modules/modulesOfRun.ts';
import { readCheckpoint, readWeights } from '../../src/engine/runs/checkpoints.ts';
import { readMetrics } from '../../src/engine/runs/metricsFile.ts';
import { readRun, writeRun } from '../../src/engine/runs/runFolder.ts';
import { showRun } from '../../src/engine/runs/runReports.ts';
import { closeModel, openModel } from '../../src/engine/session/openModel.ts';
import type { OpenModel } from '../../src/engine/session/openModel.ts';
import { readSampleSheet } from '../../src/engine/studio/runParts.ts';
import { findResumePoint } from '../../src/engine/training/resumePoint.ts';
import { lastPort } from '../../src/main/enginePort.ts';
import { readWindowState } from '../../src/main/windowState.ts';
import { temporaryFolder } from '../setup/tinyTraining.ts';
import { everyDamage } from './files/damages.ts';
import { filesOf } from './files/everyFault.ts';
import { copyRun, exportOf, makeWholeRun, searched, searchIn, stepsOfRun } from './files/wholeRun.ts';

/** Where the desktop keeps its settings. */
let settings = '';
vi.mock('electron', () => ({
  app: { getPath: () => settings },
  screen: { getDisplayMatching: () => ({ workArea: { x: 0, y: 0, width: 3000, height: 2000 } }) },
}));

let root: string;
let remove: () => Promise<void>;
/** Two runs of one shape, with all that is made with a run. */
let one: string;
let other: string;
let open: OpenModel;
const counts = { refused: 0, harmless: 0 };

beforeAll(async () => {
  ({ folder: root, remove } = await temporaryFolder());
  vi.stubEnv('EXTRAPOLATION_CACHE', join(root, 'cache'));
  await makeFaces({ out: join(root, 'faces'), count: 12, seed: 3 });
  [one, other] = [join(root, 'one'), join(root, 'other')];
  await makeWholeRun(join(root, 'faces'), one, 9);
  await makeWholeRun(join(root, 'faces'), other, 10);
  open = await openModel(one, stepsOfRun);
}, 120_000);
afterAll(async () => {
  const { refused, harmless } = counts;
  process.stdout.write(
    `damage: ${refused + harmless} files damaged, ${refused} refused in a sentence, ${harmless} harmless, 0 used\n`,
  );
  closeModel(open);
  vi.unstubAllEnvs();
  await remove();
});

/** How a file is used. */
interface Use {
  file: string;
  /** What is computed from it: equal to that of the whole file, or no damage was harmless. */
  use: (run: string) => Promise<unknown>;
  /** What else is no harm, and why. */
  harmless?: readonly [why: string, is: (value: unknown, before: unknown, what: string) => boolean];
}

const stepOfRun = `The checkpoint of step ${stepsOfRun} in`;
const checkpoint = 'checkpoints/step-00000002';
const modules = 'modules/step-00000002-coarse';

const uses: readonly Use[] = [
  {
    file: 'run.json',
    use: async (run) => {
      const { model, seed, steps, measureEvery, checkpointEvery, spectral, data } = await readRun(run);
      const { point } = await findResumePoint(run, { ...(await readRun(run)) });
      const { crop, size, decoding } = data;
      return [
        model,
        seed,
        steps,
        measureEvery,
        checkpointEvery,
        spectral,
        crop,
        size,
        decoding,
        point?.state.sha256,
      ];
    },
  },
  {
    file: 'status.json',
    use: async (run) => (await showRun({ run })).status?.step,
    harmless: ['a trainer that begins writes it anew', (step) => step === undefined],
  },
  {
    file: 'metrics.jsonl',
    use: async (run) => (await readMetrics(run)).map(({ step, values }) => [step, ...Object.values(values)]),
    harmless: [
      'lines that cannot be read are left out, and another run’s are shown, not computed with',
      isPart,
    ],
  },
  { file: `${checkpoint}/state.json`, use: (run) => readCheckpoint(run, stepsOfRun) },
  { file: `${checkpoint}/weights.safetensors`, use: (run) => readWeights(run, stepsOfRun) },
  { file: `${checkpoint}/optimizer.safetensors`, use: (run) => readCheckpoint(run, stepsOfRun) },
  {
    file: 'samples/step-00000002.png',
    use: async (run) => (await readSampleSheet(run, stepsOfRun)).count,
    harmless: ['it is shown as it is, and nothing is computed from it', (count) => count === 36],
  },
  {
    file: 'recipes/wide.recipe.json',
    use: async (run) => (await loadRecipe(join(run, 'recipes/wide.recipe.json'))).steps,
    harmless: ['a recipe is any run’s', (recipeSteps) => JSON.stringify(recipeSteps).includes('"factor":2')],
  },
  {
    file: 'recipes/history/wide.recipe.json',
    use: async (run) => (await readHistory(join(run, 'recipes/wide.recipe.json')))?.states[0]?.recipe,
    harmless: ['a history that is not the recipe’s is left out', (history) => history === undefined],
  },
  {
    file: 'gates/ear.strokes.json',
    use: async (run) => {
      const { weights, faces } = await readStrokes(join(run, 'gates/ear.strokes.json'));
      return weights === open.weightsSha256 ? faces : 'of other weights';
    },
    harmless: [
      'its faces are encoded anew, or refused where they are seeds',
      (faces) => faces === 'of other weights',
    ],
  },
  {
    file: 'gates/ear.json',
    use: async (run) => {
      const gate = await readKeptGate({ ...open, folder: run }, 'ear.json');
      return gate === null ? 'none' : { ...gate, name: '' };
    },
    harmless: ['the gate is made again', (gate) => gate === 'none'],
  },
  {
    file: `${modules}.json`,
    use: async (run) => (await knownModules(searchIn(run)))?.search.influence,
    harmless: ['it is searched again', (search) => search === undefined],
  },
  {
    file: `${modules}-names.json`,
    use: async (run) => (await givenNames({ run, ...searched })).map(({ channels }) => channels),
    harmless: ['names are gone, or count for the channels that they name', isPart],
  },
  ...['manifest.json', 'README.md', 'train/metadata.jsonl', 'train/000002.png'].map((name) => ({
    file: `exports/set/${name}`,
    use: async (run: string) => {
      await exportOf(join(run, 'exports/set'), 9);
      return filesOf(join(run, 'exports/set'));
    },
  })),
];

function isPart(value: unknown, before: unknown, what: string): boolean {
  const whole = JSON.stringify(before);
  return (
    Array.isArray(value) &&
    (what === 'of another run' || value.every((part) => whole.includes(JSON.stringify(part))))
  );
}

/** What each file gives where it is whole. */
const wholes = new Map<string, unknown>();

async function copyOfRun(): Promise<string> {
  const run = join(root, 'damaged');
  await rm(run, { recursive: true, force: true });
  await copyRun(one, run);
  return run;
}

async function outcomeOf(work: () => Promise<unknown>): Promise<{ value?: unknown; sentence?: string }> {
  try {
    return { value: await work() };
  } catch (error) {
    const known = error instanceof StudioError ? error : explainSystemError(error);
    if (known === undefined) throw error;
    return { sentence: known.message };
  }
}

describe.each(uses)('$file', ({ file, use, harmless }) => {
  it.each(everyDamage())('%s', async (what, damage) => {
    if (!wholes.has(file)) wholes.set(file, await use(await copyOfRun()));
    const before = wholes.get(file);
    const run = await copyOfRun();
    if ((await damage(join(run, file), join(other, file))) === false) return;
    const { value, sentence } = await outcomeOf(() => use(run));
    if (sentence === undefined) {
      if (JSON.stringify(value) !== JSON.stringify(before)) {
        expect(
          harmless?.[1](value, before, what),
          `${what}: used as ${JSON.stringify([value]).slice(0, 200)}`,
        ).toBe(true);
      }
      counts.harmless += 1;
      return;
    }
    counts.refused += 1;
    // The file, or the folder that is one unit with it; and what to do.
    expect(sentence).toContain(file.startsWith('exports') ? join(run, 'exports/set') : namedFor(file, what));
    expect(sentence).toMatch(/\. .+[.?]$/);
    if (what === 'of a newer version') expect(sentence).toMatch(/newer version/);
  });
});

describe('a run whose files do not belong together', () => {
  it.each([
    ['seed', (run: RunFile) => ({ ...run, seed: 1 }), 'seed was 9, and is now 1'],
    ['learning rate', changedLearningRate, 'learning rate was 0.001, and is now 0.003'],
    [
      'pictures',
      (run: RunFile) => ({ ...run, data: { ...run.data, trainingImages: 7 } }),
      'images was 12, and is now 7',
    ],
  ])('a %s that changed is found before a step is made or a picture drawn', async (_what, change, words) => {
    const run = await copyOfRun();
    await writeRun(run, change(await readRun(run)));
    await expect(findResumePoint(run, await readRun(run))).rejects.toThrow(words);
    await expect(openModel(run, stepsOfRun)).rejects.toThrow(
      `${join(run, 'run.json')} no longer has: ${words}`,
    );
    counts.refused += 1;
  });

  it('a whole checkpoint of another run of the same shape is not used', async () => {
    const run = await copyOfRun();
    await cp(join(other, checkpoint), join(run, checkpoint), { recursive: true });
    await expect(findResumePoint(run, await readRun(run))).rejects.toThrow('belongs to another run');
    await expect(openModel(run, stepsOfRun)).rejects.toThrow('belongs to another run');
    counts.refused += 1;
  });
});

function changedLearningRate(run: RunFile): RunFile {
  if (run.model.kind !== 'vae') throw new Error('the run is of a β-VAE');
  return {
    ...run,
    model: { ...run.model, hyperParameters: { ...run.model.hyperParameters, learningRate: 0.003 } },
  };
}

/** What a sentence names: of a checkpoint its folder at least, as its files are held against its state; a run against its checkpoints. */
function namedFor(file: string, what: string): string {
  if (file.startsWith(checkpoint)) return basename(dirname(file));
  return file === 'run.json' && what === 'of another run' ? stepOfRun : basename(file);
}

describe('settings of the desktop', () => {
  const window = { bounds: { x: 5, y: 6, width: 700, height: 500 }, isMaximized: false };
  const kept = [
    [
      'window.json',
      window,
      () => Promise.resolve(readWindowState()),
      { bounds: { width: 1280, height: 800 }, isMaximized: false },
    ],
    ['engine.json', { port: 23_456 }, lastPort, 0],
  ] as const;
  describe.each(kept)('%s', (name, content, use, usual) => {
    it.each(everyDamage())('%s: as at the first start', async (_what, damage) => {
      settings = join(root);
      const file = join(settings, name);
      await rm(file, { recursive: true, force: true });
      await writeFile(file, JSON.stringify(content));
      await writeFile(`${file}.other`, JSON.stringify(usual));
      if ((await damage(file, `${file}.other`)) === false) return;
      expect(await use()).toEqual(usual);
      counts.harmless += 1;
    });
  });
});
