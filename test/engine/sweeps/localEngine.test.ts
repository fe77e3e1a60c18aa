import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { expect, it, vi } from 'vitest';
import { trainRequestSchema } from '../../../src/contract/runs.ts';
import { lockFolder } from '../../../src/engine/files/folderLock.ts';
import { changeQueue, readQueue } from '../../../src/engine/queue/queueFile.ts';
import { reportQueue } from '../../../src/engine/queue/queueReport.ts';
import { workerLock } from '../../../src/engine/queue/worked.ts';
import { runsFolder } from '../../../src/engine/runs/runsFolder.ts';
import { lockRun } from '../../../src/engine/runs/runLock.ts';
import { LocalEngine } from '../../../src/engine/sweeps/localEngine.ts';
import type { CellJob } from '../../../src/engine/sweeps/sweepEngine.ts';
import { ownRunsFolder } from '../../setup/ownRunsFolder.ts';

const place = ownRunsFolder();

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

it('what was begun and whose trainer is gone waits, where nobody works on the queue; and that is said', async () => {
  const engine = new LocalEngine(sweepPlace(), undefined);
  await engine.submit(jobs(2), {});
  const process = { pid: 2 ** 30, host: 'elsewhere' };
  await changeQueue((queue) => {
    const [first, ...others] = queue.entries;
    return { ...queue, entries: [{ ...first!, state: 'running', tries: 1, process }, ...others] };
  });
  const looks = await engine.look(jobs(2));
  expect(Object.fromEntries(looks)).toEqual({ 0: { state: 'queued' }, 1: { state: 'queued' } });
  expect((await reportQueue()).runs.map(({ state }) => state)).toEqual(['waiting', 'waiting']);
  expect(await engine.holdUps(looks)).toEqual([
    expect.stringMatching(/^Nobody works on the queue in .*: “extrapolate sweep resume .*” does/),
  ]);
  const lock = await lockFolder({ folder: runsFolder(), name: workerLock, what: 'It', deed: 'is worked on' });
  expect((await engine.look(jobs(2))).get(0)).toEqual({ state: 'running' });
  expect(await engine.holdUps(looks)).toEqual([]);
  await lock.release();
  await changeQueue((queue) => ({ ...queue, isPaused: true }));
  expect(await engine.holdUps(looks)).toEqual([
    'The queue is paused: “extrapolate queue resume” starts what waits.',
  ]);
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

it('cells that another command took out are told, when the last of them has saved and ended', async () => {
  await changeQueue((queue) => ({ ...queue, isPaused: true }));
  const starter = { commandLine: { program: process.execPath, before: ['-e', ''] }, worksOnQueue: true };
  const asked = jobs(2);
  await mkdir(asked[0]!.folder, { recursive: true });
  const lock = await lockRun(asked[0]!.folder);
  let hasEnded = false;
  const work = new LocalEngine(sweepPlace(), starter).submit(asked, {}).finally(() => {
    hasEnded = true;
  });
  await vi.waitFor(async () => {
    expect((await readQueue()).entries).toHaveLength(2);
  });
  await changeQueue((queue) => ({ ...queue, entries: [] }));
  await pause(1200);
  expect(hasEnded).toBe(false);
  await lock.release();
  expect(await work).toEqual([
    '2 cells left the queue before the end: another command stopped the sweep, or the queue was emptied.',
  ]);
});
