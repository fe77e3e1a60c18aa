import { rm, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { noLabels } from '../../../src/contract/runLabels.ts';
import { appendMetrics } from '../../../src/engine/runs/metricsFile.ts';
import * as runFolder from '../../../src/engine/runs/runFolder.ts';
import { changeLabels } from '../../../src/engine/runs/runLabels.ts';
import { lockRun } from '../../../src/engine/runs/runLock.ts';
import { followList } from '../../../src/engine/studio/followRuns.ts';
import { RunSummaries } from '../../../src/engine/studio/runSummaries.ts';
import { Trainers } from '../../../src/engine/studio/trainers.ts';
import { stoppedRun as run, stoppedStatus as status } from '../../setup/stoppedRun.ts';
import { temporaryFolder } from '../../setup/tinyTraining.ts';

vi.mock('../../../src/engine/runs/runFolder.ts', { spy: true });

const { createRun, runPaths, writeRun, writeStatus } = runFolder;

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

/** A run that was left some time ago. */
async function settledRun(id: string): Promise<string> {
  const folder = join(root, id);
  await createRun(folder, { ...run, id });
  await writeStatus(folder, status(5));
  await appendMetrics(folder, { step: 5, seconds: 5, values: { loss: 0.5 } });
  await settle(folder);
  return folder;
}

async function settle(folder: string): Promise<void> {
  const { run: file, status: state, checkpoints } = runPaths(folder);
  for (const path of [file, state, checkpoints, folder]) await utimes(path, 1000, 1000);
}

const reads = (): number => vi.mocked(runFolder.readRun).mock.calls.length;

describe('a run in which nothing has happened', () => {
  it('is looked at from outside alone, and told by the same object', async () => {
    await settledRun('one');
    await settledRun('two');
    const first = await summaries.list();
    const before = reads();
    const second = await summaries.list();
    expect(reads() - before).toBe(0);
    expect(second.runs.map((each, at) => each === first.runs[at])).toEqual([true, true]);
    expect(second.runs[0]).toMatchObject({ state: 'paused', latest: { loss: 0.5 }, status: { step: 5 } });
  });

  it.each<[string, (folder: string) => Promise<unknown>, object]>([
    ['its status', (folder) => writeStatus(folder, status(9)), { status: { step: 9 } }],
    ['its run.json', (folder) => writeRun(folder, { ...run, steps: 200 }), { run: { steps: 200 } }],
    [
      'its status, by hand',
      (folder) => writeFile(runPaths(folder).status, JSON.stringify(status(9))),
      { status: { step: 9 } },
    ],
    ['a trainer', (folder) => lockRun(folder), { state: 'starting' }],
  ])('is read again when something changes: %s', async (_what, change, expected) => {
    const folder = await settledRun('one');
    await summaries.list();
    await change(folder);
    expect((await summaries.list()).runs[0]).toMatchObject(expected);
  });

  it('is not taken for one while its files have just changed, when the next change may have the same time', async () => {
    const folder = await settledRun('one');
    const now = new Date();
    await utimes(folder, now, now);
    await summaries.list();
    const before = reads();
    await summaries.list();
    expect(reads() - before).toBe(1);
  });

  it('is gone when it was removed, and said when it cannot be read', async () => {
    const folder = await settledRun('one');
    await settledRun('two');
    await summaries.list();
    await rm(folder, { recursive: true });
    await writeFile(runPaths(join(root, 'two')).run, '{');
    const { runs, unreadable } = await summaries.list();
    expect([runs, unreadable.length]).toEqual([[], 1]);
  });
});

describe('pages that follow the list', () => {
  it('share one look where they ask at the same time', async () => {
    await settledRun('one');
    const before = reads();
    await Promise.all(Array.from({ length: 20 }, () => summaries.list()));
    expect(reads() - before).toBe(1);
  });

  it('hear at once of what this engine has changed, however long they rest', async () => {
    await settledRun('one');
    const stop = new AbortController();
    const started = performance.now();
    const woken = summaries.rest(60_000, stop.signal);
    await summaries.lookAgain();
    expect([await woken, performance.now() - started < 30_000]).toEqual([true, true]);
    const left = summaries.rest(60_000, stop.signal);
    stop.abort();
    expect(await left).toBe(false);
  });

  it('hear of what people wrote about a run, and of labels that cannot be read, which hide no run', async () => {
    const folder = await settledRun('one');
    await summaries.list();
    await changeLabels({ run: 'one', name: 'First', addTags: ['paper'] });
    expect((await summaries.list()).runs[0]?.labels).toMatchObject({ name: 'First', tags: ['paper'] });
    await writeFile(runPaths(folder).labels, '{');
    const { runs, unreadable } = await summaries.list();
    expect([runs[0]?.labels, unreadable]).toEqual([noLabels, [expect.stringContaining('labels.json')]]);
  });

  it('rest four seconds at most, also after a look that something held up', async () => {
    await settledRun('a');
    const rest = vi.spyOn(summaries, 'rest').mockResolvedValue(false);
    const took = vi.spyOn(summaries, 'lookTook', 'get').mockReturnValue(3000);
    for await (const event of followList(summaries, undefined)) expect(event.runs).toHaveLength(1);
    took.mockReturnValue(2);
    for await (const event of followList(summaries, undefined)) expect(event.runs).toHaveLength(1);
    expect(rest.mock.calls.map(([milliseconds]) => milliseconds)).toEqual([4000, 500]);
  });

  it('hear of a change, and of nothing else', async () => {
    const folder = await settledRun('one');
    const stop = new AbortController();
    const heard: number[] = [];
    for await (const { runs } of followList(summaries, stop.signal)) {
      heard.push(runs[0]?.status?.step ?? -1);
      if (heard.length === 1) setTimeout(() => void writeStatus(folder, status(9)), 1200);
      else stop.abort();
    }
    expect(heard).toEqual([5, 9]);
  });
});
