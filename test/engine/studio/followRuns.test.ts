import { appendFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { FollowedRun, RunListEvent } from '../../../src/contract/studio.ts';
import { appendMetrics } from '../../../src/engine/runs/metricsFile.ts';
import * as runFolder from '../../../src/engine/runs/runFolder.ts';
import { followList, followRun } from '../../../src/engine/studio/followRuns.ts';
import { RunLooks } from '../../../src/engine/studio/runLooks.ts';
import { RunSummaries } from '../../../src/engine/studio/runSummaries.ts';
import { Trainers } from '../../../src/engine/studio/trainers.ts';
import { stoppedRun as run, stoppedStatus as status } from '../../setup/stoppedRun.ts';
import { temporaryFolder } from '../../setup/tinyTraining.ts';

vi.mock('../../../src/engine/runs/runFolder.ts', { spy: true });

const { createRun, runPaths, writeStatus } = runFolder;

let root: string;
let remove: () => Promise<void>;
let summaries: RunSummaries;
beforeEach(async () => {
  ({ folder: root, remove } = await temporaryFolder());
  vi.stubEnv('EXTRAPOLATION_RUNS', root);
  vi.stubEnv('EXTRAPOLATION_BUNDLED_MODEL', join(root, 'nowhere'));
  summaries = new RunSummaries(new Trainers({ program: process.execPath, before: [] }));
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await remove();
});

async function makeRun(id: string, lines: number): Promise<string> {
  const folder = join(root, id);
  await createRun(folder, { ...run, id });
  await writeStatus(folder, status(5));
  for (let step = 1; step <= lines; step++) await appendMetrics(folder, line(step));
  return folder;
}

function line(step: number): { step: number; seconds: number; values: { loss: number } } {
  return { step, seconds: step, values: { loss: 1 / step } };
}

const reads = (): number => vi.mocked(runFolder.readRun).mock.calls.length;

/** Hears so many events, and does something before it waits for the next. */
async function hear<E>(
  events: AsyncGenerator<E>,
  stop: AbortController,
  steps: readonly (() => unknown)[],
): Promise<E[]> {
  const heard: E[] = [];
  for await (const event of events) {
    heard.push(event);
    const step = steps[heard.length - 1];
    if (step === undefined) stop.abort();
    else await step();
  }
  return heard;
}

describe('pages that follow the list', () => {
  it('are told all runs, then those that changed and those that are gone', async () => {
    const [one, two] = [await makeRun('one', 1), await makeRun('two', 1), await makeRun('three', 1)];
    const stop = new AbortController();
    const events = await hear<RunListEvent>(followList(summaries, stop.signal), stop, [
      () => writeStatus(one, status(9)),
      () => rm(two, { recursive: true }),
      () => writeFile(runPaths(one).run, '{'),
    ]);
    const told = events.map(({ runs, gone, unreadable, restarted }) => ({
      runs: runs.map(({ id, status: now }) => `${id} ${now?.step}`).sort(),
      ...{ gone, unreadable: unreadable.length, restarted },
    }));
    expect(told).toEqual([
      { runs: ['one 5', 'three 5', 'two 5'], gone: [], unreadable: 0, restarted: true },
      { runs: ['one 9'], gone: [], unreadable: 0, restarted: false },
      { runs: [], gone: [two], unreadable: 0, restarted: false },
      { runs: [], gone: [one], unreadable: 1, restarted: false },
    ]);
  });

  it('share their looks, also where they do not ask at the same moment', async () => {
    await makeRun('one', 1);
    await summaries.list();
    const before = reads();
    for (let page = 0; page < 20; page++) await summaries.recent(10_000);
    expect(reads() - before).toBe(0);
    await summaries.recent(0);
    expect(reads() - before).toBe(1);
  });
});

describe('pages that follow a run', () => {
  it('each hear every measurement once, whenever they came', async () => {
    const folder = await makeRun('one', 2);
    const looks = new RunLooks(summaries);
    const follow = async (steps: (() => unknown)[]): Promise<[number[], boolean][]> => {
      const stop = new AbortController();
      const events = await hear<FollowedRun>(followRun(looks, folder, stop.signal), stop, steps);
      return events.map(({ metrics, restarted }) => [metrics.map(({ step }) => step), restarted]);
    };
    const early = follow([() => appendMetrics(folder, line(3)), () => undefined]);
    await new Promise((resolve) => setTimeout(resolve, 700));
    const late = follow([() => appendMetrics(folder, line(4))]);
    expect(await early).toEqual([
      [[1, 2], true],
      [[3], false],
      [[4], false],
    ]);
    expect(await late).toEqual([
      [[1, 2, 3], true],
      [[4], false],
    ]);
  });

  it('are told all again where the file was written anew', async () => {
    const folder = await makeRun('one', 3);
    const looks = new RunLooks(summaries);
    const stop = new AbortController();
    const { metrics } = runPaths(folder);
    const events = await hear<FollowedRun>(followRun(looks, folder, stop.signal), stop, [
      async () => {
        await rm(metrics);
        await appendFile(metrics, `${JSON.stringify(line(1))}\n`);
      },
    ]);
    expect(events.map((event) => [event.metrics.length, event.restarted])).toEqual([
      [3, true],
      [1, true],
    ]);
  });

  it('share one look', async () => {
    const folder = await makeRun('one', 1);
    const looks = new RunLooks(summaries);
    const before = reads();
    await Promise.all(Array.from({ length: 20 }, () => looks.look(folder, 0)));
    for (let page = 0; page < 20; page++) await looks.look(folder, 10_000);
    expect(reads() - before).toBe(1);
  });
});
