import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { trainRequestSchema } from '../../../src/contract/runs.ts';
import { changeQueue, readQueue } from '../../../src/engine/queue/queueFile.ts';
import { LocalEngine } from '../../../src/engine/sweeps/localEngine.ts';
import type { CellJob } from '../../../src/engine/sweeps/sweepEngine.ts';
import { temporaryFolder } from '../../setup/tinyTraining.ts';

let place: Awaited<ReturnType<typeof temporaryFolder>>;

beforeEach(async () => {
  place = await temporaryFolder();
  vi.stubEnv('EXTRAPOLATION_RUNS', join(place.folder, 'runs'));
});

afterEach(async () => {
  vi.unstubAllEnvs();
  await place.remove();
});

function jobs(count: number): CellJob[] {
  return Array.from({ length: count }, (_, index) => ({
    ...{ index, name: `seed${index}`, folder: join(place.folder, 'kl', `seed${index}`), steps: 10 },
    log: join(place.folder, 'kl', 'logs', `seed${index}.log`),
    request: trainRequestSchema.parse({ data: 'faces', steps: 10, seed: index }),
  }));
}

const sweepPlace = () => ({ folder: join(place.folder, 'kl'), id: 'kl-1', threads: 1, tries: 2 });

it('cells wait in the queue as the command that trains them, with the tries and threads of the sweep', async () => {
  const engine = new LocalEngine(sweepPlace(), undefined);
  expect(await engine.submit(jobs(2), {})).toEqual([]);
  const { entries } = await readQueue();
  expect(entries).toMatchObject([
    {
      from: 'sweep',
      begin: ['sweep', 'cell', sweepPlace().folder, '0'],
      steps: 10,
      threads: 1,
      mostTries: 2,
    },
    { from: 'sweep', goOn: ['sweep', 'cell', sweepPlace().folder, '1'], state: 'waiting' },
  ]);
  // Runs that differ in their seed alone take as long.
  expect(new Set(entries.map(({ alike }) => alike)).size).toBe(1);
});

it('says what the queue knows of each cell', async () => {
  const engine = new LocalEngine(sweepPlace(), undefined);
  await engine.submit(jobs(4), {});
  await changeQueue((queue) => ({
    ...queue,
    entries: queue.entries.slice(0, 3).map((entry, index) => {
      if (index === 0) return { ...entry, state: 'failed', error: 'The disk is full.' };
      return index === 1 ? { ...entry, isHeld: true } : entry;
    }),
  }));
  expect(Object.fromEntries(await engine.look(jobs(4)))).toEqual({
    0: { state: 'failed', reason: 'The disk is full.' },
    1: { state: 'stopped', reason: 'It is held back in the queue.' },
    2: { state: 'queued' },
  });
});

it('a sweep in a paused queue says so while it waits; interrupted, it takes its cells out', async () => {
  await changeQueue((queue) => ({ ...queue, isPaused: true }));
  const starter = { commandLine: { program: process.execPath, before: ['-e', ''] }, worksOnQueue: true };
  const phases = new Set<string>();
  const stop = new AbortController();
  const work = new LocalEngine(sweepPlace(), starter).submit(jobs(2), {
    signal: stop.signal,
    onProgress: ({ phase }) => {
      phases.add(phase);
      stop.abort();
    },
  });
  await expect(work).rejects.toMatchObject({ code: 'interrupted' });
  expect([...phases]).toEqual(['waiting, as the queue is paused (“extrapolate queue resume”)']);
  expect((await readQueue()).entries).toEqual([]);
});
