import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { sweepReportSchema } from '../../src/contract/sweeps.ts';
import type { SweepReport } from '../../src/contract/sweeps.ts';
import { queueFileSchema } from '../../src/contract/queue.ts';
import type { QueueEntry } from '../../src/contract/queue.ts';
import { lockFileSchema } from '../../src/contract/runFiles.ts';
import { run, runJson, startCommand } from '../setup/commandLine.ts';
import type { Running } from '../setup/commandLine.ts';
import { differing, tinyCells, tinyFaces, tinyGrid, tinySteps, trainedOneByOne } from '../setup/tinySweep.ts';
import { temporaryFolder } from '../setup/tinyTraining.ts';

let place: Awaited<ReturnType<typeof temporaryFolder>>;
let env: NodeJS.ProcessEnv;
let faces: string;
let expected: Map<string, Buffer>;
const started: Running[] = [];

beforeAll(async () => {
  place = await temporaryFolder();
  env = {
    EXTRAPOLATION_CACHE: join(place.folder, 'cache'),
    EXTRAPOLATION_RUNS: join(place.folder, 'runs'),
  };
  faces = await tinyFaces(place.folder);
  expected = await trainedOneByOne(place.folder, env);
}, 600_000);

afterAll(async () => {
  for (const running of started) running.signal('SIGKILL');
  for (const sweep of ['killed', 'interrupted']) {
    for (const pid of await trainersIn(join(place.folder, sweep))) kill(pid);
  }
  await Promise.all(started.map(({ ended }) => ended));
  await place.remove();
});

function start(...words: string[]): Running {
  const running = startCommand(words, env);
  started.push(running);
  return running;
}

function sweepWords(name: string, grid = tinyGrid): string[] {
  return [
    'sweep',
    '--grid',
    grid,
    '--data',
    faces,
    '--steps',
    String(tinySteps),
    '--out',
    join(place.folder, name),
  ];
}

/** Processes that train cells of a sweep now. */
async function trainersIn(sweep: string): Promise<number[]> {
  const owners = await Promise.all(
    [...tinyCells.keys()].map(async (name) => {
      const text = await readFile(join(sweep, name, 'run.lock'), 'utf8').catch(() => '');
      return text === '' ? [] : [lockFileSchema.parse(JSON.parse(text)).pid];
    }),
  );
  return owners.flat();
}

/** A lock may name a trainer that has ended since. */
function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
  }
}

async function untilTraining(sweep: string): Promise<number[]> {
  for (;;) {
    const trainers = await trainersIn(sweep);
    if (trainers.length > 0) return trainers;
    await pause(50);
  }
}

async function queued(): Promise<QueueEntry[]> {
  const text = await readFile(join(place.folder, 'runs', 'queue.json'), 'utf8');
  return queueFileSchema.parse(JSON.parse(text)).entries;
}

const statesOf = ({ cells }: SweepReport): string[] => cells.map(({ state }) => state);

it('twelve cells finish although a trainer and then the whole command are killed, with the weights of runs made one by one', async () => {
  const sweep = join(place.folder, 'killed');
  const first = start(...sweepWords('killed'));
  const [trainer] = await untilTraining(sweep);
  kill(trainer!);
  await pause(1500);
  await untilTraining(sweep);
  first.signal('SIGKILL');
  await first.ended;
  for (const pid of await trainersIn(sweep)) kill(pid);

  const status = await runJson(sweepReportSchema, ['sweep', 'status', sweep], env);
  expect(statesOf(status)).toHaveLength(12);
  expect(statesOf(status).filter((state) => state === 'finished').length).toBeLessThan(12);

  const done = await runJson(sweepReportSchema, ['sweep', 'resume', sweep], env);
  expect(statesOf(done)).toEqual(Array.from({ length: 12 }, () => 'finished'));
  expect(await differing(sweep, expected)).toEqual([]);
  expect(await queued()).toEqual([]);
  // Three seeds each: the means of two KL weights, plain and spectral.
  expect(done.groups.map(({ seeds }) => seeds)).toEqual(Array.from({ length: 4 }, () => [0, 1, 2]));
  expect(done.pairs.map(({ settings, seeds }) => [settings['klWeight'], seeds])).toEqual([
    [0.0001, [0, 1, 2]],
    [0.0005, [0, 1, 2]],
  ]);
  const means = done.groups[0]!.measures['loss']!;
  const losses = done.cells
    .filter(({ settings }) => settings['klWeight'] === 0.0001 && settings['spectral'] === true)
    .map(({ measures }) => measures['loss']!);
  expect(means.mean).toBeCloseTo(losses.reduce((sum, loss) => sum + loss) / 3, 12);
}, 600_000);

it('Ctrl-C saves what is trained and takes the rest out of the queue; what is finished is not trained again', async () => {
  const sweep = join(place.folder, 'interrupted');
  const first = start(...sweepWords('interrupted'));
  await untilTraining(sweep);
  first.signal('SIGINT');
  const { code, stderr } = await first.ended;
  expect(code, stderr).toBe(130);
  expect(stderr).toContain(`Continue with: extrapolate sweep resume ${sweep}`);
  expect(await trainersIn(sweep)).toEqual([]);
  expect(await queued()).toEqual([]);
  expect((await run(['sweep', 'resume', sweep], env)).code).toBe(0);
  expect(await differing(sweep, expected)).toEqual([]);
  const again = await run(['sweep', 'resume', sweep], env);
  expect(again.stdout).toContain('12 of 12 cells finished.');
}, 600_000);

it('writes the table as CSV, JSON and a page', async () => {
  const sweep = join(place.folder, 'killed');
  expect((await run(['sweep', 'report', sweep], env)).code).toBe(0);
  const csv = await readFile(join(sweep, 'report', 'report.csv'), 'utf8');
  expect(csv.split('\r\n')[0]).toMatch(/^cell,seed,klWeight,spectral,state,step,steps,/);
  expect(csv.trim().split('\r\n')).toHaveLength(13);
  const json: unknown = JSON.parse(await readFile(join(sweep, 'report', 'report.json'), 'utf8'));
  expect(sweepReportSchema.parse(json).cells).toHaveLength(12);
  const page = await readFile(join(sweep, 'report', 'report.html'), 'utf8');
  expect(page).toContain('Spectral minus plain training');
});

it.each([
  [
    'a value of the last cell',
    'seed=0,1 klWeight=1e-4,50',
    'the cell seed0-klWeight50 cannot be trained: klWeight must be 10 or less',
  ],
  ['more images a step than there are', 'seed=0 batch=8,512', 'training images, fewer than one batch of 512'],
  ['a setting that is none', 'sed=0..3', '“sed” in the grid is no setting of a training'],
])('%s is an error before anything is written', async (_, grid, sentence) => {
  const { code, stderr } = await run(sweepWords('wrong', grid), env);
  expect(code).toBe(2);
  expect(stderr).toContain(sentence);
  expect(existsSync(join(place.folder, 'wrong'))).toBe(false);
});

it('data that is not there, a folder that is taken, and a sweep that is none are said in a sentence', async () => {
  const nowhere = await run(
    [
      'sweep',
      '--grid',
      'seed=0..1',
      '--data',
      join(place.folder, 'none'),
      '--steps',
      '5',
      '--out',
      join(place.folder, 'x'),
    ],
    env,
  );
  expect(nowhere.stderr).toContain(`There is no folder at ${join(place.folder, 'none')}`);
  expect((await run(sweepWords('killed'), env)).stderr).toContain('already holds a sweep. Go on with it by');
  expect((await run(sweepWords('faces'), env)).stderr).toContain('is not empty and holds no sweep');
  expect((await run(['sweep', 'status', faces], env)).stderr).toContain('There is no sweep at');
  const options = await run([...sweepWords('y'), '--partition', 'gpu'], env);
  expect(options.stderr).toContain('--partition is an option of --engine slurm, and the engine is local.');
});

it('runs are put into the queue, moved, and worked on until it is empty', async () => {
  const asNew = (seed: string): string[] => {
    const words = [...tinyCells.values()][0]!.filter((word) => word !== '--spectral');
    return [
      'train',
      '--data',
      faces,
      '--run',
      join(place.folder, 'runs', `q${seed}`),
      ...words,
      '--seed',
      seed,
    ];
  };
  for (const seed of ['7', '8']) expect((await run([...asNew(seed), '--queue'], env)).code).toBe(0);
  expect((await queued()).map(({ title }) => title)).toEqual(['q7', 'q8']);
  const moved = await run(['queue', 'move', '2', '1'], env);
  expect(moved.stdout).toContain('Nobody works on it: “extrapolate queue work” does');
  expect((await queued()).map(({ title }) => title)).toEqual(['q8', 'q7']);
  const worked = await run(['queue', 'work'], env);
  expect(worked.stdout).toContain('2 runs finished, 0 failed, 0 still waiting.');
  expect((await run(['queue'], env)).stdout).toContain('The queue is empty.');
});

it('a damaged queue is named, with what to do', async () => {
  const path = join(place.folder, 'runs', 'queue.json');
  await writeFile(path, '{');
  const { code, stderr } = await run(['queue'], env);
  expect(code).toBe(1);
  expect(stderr).toContain(`${path} is not valid JSON. Delete it: the queue is then empty`);
});
