import { existsSync } from 'node:fs';
import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { z } from 'zod';
import {
  experimentIds,
  experimentResultSchema,
  reproductionStateSchema,
} from '../../src/contract/experiments.ts';
import type { ExperimentResult, ReproductionState } from '../../src/contract/experiments.ts';
import { lockFileSchema } from '../../src/contract/runFiles.ts';
import { stretchingMeasurement } from '../../src/engine/analysis/stretchingOfModel.ts';
import { sdrOnPictures } from '../../src/engine/analysis/modelSdr.ts';
import { readReproduction } from '../../src/engine/experiments/readReproduction.ts';
import { scalePlans } from '../../src/engine/experiments/scales.ts';
import { closeModels, withModel } from '../../src/engine/session/modelPool.ts';
import { runJson, startCommand } from '../setup/commandLine.ts';
import type { Running } from '../setup/commandLine.ts';
import { paper } from '../paper/requirements.ts';
import { temporaryFolder } from '../setup/tinyTraining.ts';

afterEach(closeModels);

const resultSchema = z.object({
  folder: z.string(),
  results: z.array(experimentResultSchema),
  leftOut: z.array(z.unknown()),
});
const { samples, steps } = scalePlans.quick;
/** Two idle cores take three; a busy machine may take longer. */
const minutes = (count: number): number => count * 60_000;
/** What was started and may still run when a test fails. */
const started: Running[] = [];
function start(words: readonly string[]): Running {
  const running = startCommand(words, env);
  started.push(running);
  return running;
}

let place: Awaited<ReturnType<typeof temporaryFolder>>;
let out: string;
let env: NodeJS.ProcessEnv;
let made: z.infer<typeof resultSchema>;
const args = (): string[] => ['reproduce', 'all', '--scale', 'quick', '--out', out];

beforeAll(async () => {
  place = await temporaryFolder();
  out = join(place.folder, 'reproduction');
  env = {
    EXTRAPOLATION_CACHE: join(place.folder, 'cache'),
    EXTRAPOLATION_RUNS: join(place.folder, 'runs'),
  };
  process.env['EXTRAPOLATION_CACHE'] = env['EXTRAPOLATION_CACHE'];
});

afterAll(async () => {
  for (const running of started) running.signal('SIGKILL');
  for (const pid of await trainers()) process.kill(pid, 'SIGKILL');
  await Promise.all(started.map(({ ended: end }) => end));
  await place.remove();
});

async function state(): Promise<ReproductionState | undefined> {
  const file = join(out, 'progress.json');
  if (!existsSync(file)) return undefined;
  return reproductionStateSchema.parse(JSON.parse(await readFile(file, 'utf8')));
}

/** Processes that train in the folder now. */
async function trainers(): Promise<number[]> {
  const runs = join(out, 'runs');
  if (!existsSync(runs)) return [];
  const owners: number[] = [];
  for (const name of await readdir(runs)) {
    const text = await readFile(join(runs, name, 'run.lock'), 'utf8').catch(() => '');
    if (text !== '') owners.push(lockFileSchema.parse(JSON.parse(text)).pid);
  }
  return owners;
}

async function untilTraining(): Promise<void> {
  for (;;) {
    if ((await trainers()).length > 0) return;
    await pause(50);
  }
}

async function ended(running: Running): Promise<number | null> {
  return (await running.ended).code;
}

it('an interrupt saves, stops and says so; a killed one is told as stopped; two at once are refused', async () => {
  const first = start(args());
  await untilTraining();
  const second = await start(args()).ended;
  expect(second.code).toBe(1);
  expect(second.stderr).toContain('Another process is running experiments in');
  first.signal('SIGINT');
  expect(await ended(first)).toBe(130);
  expect((await state())?.phase).toBe('stopped');
  expect(await trainers()).toEqual([]);

  const killed = start(args());
  await untilTraining();
  for (let waited = 0; (await state())?.phase !== 'working' && waited < 200; waited++) await pause(50);
  killed.signal('SIGKILL');
  await killed.ended;
  for (const pid of await trainers()) process.kill(pid, 'SIGKILL');
  expect((await state())?.phase, 'nobody wrote that it ended').toBe('working');
  expect((await readReproduction({ out })).state?.phase).toBe('stopped');
});

it(
  `${paper('fig-1', 'fig-4', 'fig-5', 'gan')} the same command goes on to the end: every experiment has its figures, numbers and verdicts`,
  async () => {
    const whole = start([...args(), '--json']);
    const { code, stdout, stderr } = await whole.ended;
    expect(code, stderr).toBe(0);
    made = resultSchema.parse(JSON.parse(stdout));
    expect(made.leftOut).toEqual([]);
    expect(made.results.map(({ experiment }) => experiment)).toEqual([...experimentIds]);
    for (const { experiment, figures, verdicts, tables, runs } of made.results) {
      expect(figures.length, experiment).toBeGreaterThan(0);
      expect(verdicts.length, experiment).toBeGreaterThan(0);
      expect(runs.length, experiment).toBeGreaterThan(0);
      for (const { png, svg } of figures) {
        const bytes = await readFile(join(out, experiment, png));
        expect(bytes.subarray(1, 4).toString(), png).toBe('PNG');
        expect(bytes.readUInt32BE(16), png).toBeGreaterThan(100);
        if (svg !== null) expect(await readFile(join(out, experiment, svg), 'utf8')).toContain('<svg');
      }
      for (const { name } of tables)
        expect(existsSync(join(out, experiment, `${name}.csv`)), name).toBe(true);
      const told = verdicts.map(({ because, claim }) => `${claim} ${because}`).join(' ');
      expect(told, experiment).not.toMatch(/NaN|undefined|Infinity|null/);
    }
    expect(await state()).toMatchObject({ phase: 'finished', pid: null });
    expect((await readReproduction({ out })).results).toHaveLength(made.results.length);
    const page = await readFile(join(out, 'summary.html'), 'utf8');
    for (const { title } of made.results) expect(page).toContain(title);
    expect(page, 'the page needs nothing from elsewhere').not.toMatch(/(src|href)="(?!data:|#)/);
  },
  minutes(30),
);

function resultOf(id: ExperimentResult['experiment']): ExperimentResult {
  return made.results.find(({ experiment }) => experiment === id)!;
}

it('the verdicts’ numbers are those of the runs’ checkpoints, measured again here', async () => {
  const { result: stretching } = await withModel(
    { run: join(out, 'runs', 'vae-seed1-plain'), step: steps.vae },
    (open) => stretchingMeasurement.of(open, { factor: 1.5, axis: 'horizontal', samples, seed: 0 }, {}),
  );
  const fine = stretching.levels.find(({ level }) => level === 'fine')!;
  const grows = resultOf('fig4').verdicts[0]!;
  // Another number of threads may add in another order: equal but for rounding of float32.
  expect(grows.values[0]!.perSeed[1]! / fine.error).toBeCloseTo(1, 4);

  const spectra = await withModel({ run: join(out, 'runs', 'dcgan-seed0'), step: steps.dcgan }, (open) =>
    sdrOnPictures(open, { samples, grid: 'filtered', seed: 0 }, {}),
  );
  const coarse = spectra.result.levels.find(({ side, level }) => side === 'decoder' && level === 'coarse')!;
  const medians = resultOf('fig5-gan').verdicts[1]!;
  expect(medians.values[0]!.perSeed[0]! / coarse.own!.summary.median).toBeCloseTo(1, 4);
});

it('two seeds decide nothing, whatever they say', () => {
  for (const id of ['fig1', 'fig4', 'fig5', 'fig5-gan'] as const) {
    for (const { outcome } of resultOf(id).verdicts) expect(outcome).toBe('undecidable');
  }
});

it('a second call makes nothing again', async () => {
  const files = made.results.map(({ experiment }) => join(out, experiment, 'result.json'));
  const times = async (): Promise<number[]> =>
    Promise.all(files.map(async (file) => (await stat(file)).mtimeMs));
  const before = await times();
  const again = await runJson(resultSchema, args(), env);
  expect(again.results).toEqual(made.results);
  expect(await times()).toEqual(before);
});

it('says in plain words what is missing', async () => {
  const other = join(place.folder, 'other');
  const paper = await startCommand(['reproduce', 'fig5', '--scale', 'paper', '--out', other], env).ended;
  expect(paper.code).toBe(2);
  expect(paper.stderr).toContain('needs pictures of your own, such as CelebA: give their folder with --data');
  const long = await startCommand(['reproduce', 'fig4', '--scale', 'photographs', '--out', other], env).ended;
  expect(long.stderr).toContain('The scale photographs needs pictures of your own');
  // The runs in the folder are of the quick scale, and are not mixed with those of another one.
  const compact = await startCommand(['reproduce', 'fig5', '--scale', 'compact', '--out', out], env).ended;
  expect(compact.code).toBe(2);
  expect(compact.stderr).toContain('other sizes or rates of the model');
  const faces = await readdir(join(out, 'faces', 'img_align_celeba'));
  expect(faces, 'what is refused draws no faces first').toHaveLength(scalePlans.quick.faces);
});
