import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { changeQueue } from '../../../src/engine/queue/queueFile.ts';
import { reportQueue } from '../../../src/engine/queue/queueReport.ts';
import { createRun, writeStatus } from '../../../src/engine/runs/runFolder.ts';
import { lockRun } from '../../../src/engine/runs/runLock.ts';
import { queueEntry } from '../../setup/queueEntry.ts';
import { stoppedRun, stoppedStatus } from '../../setup/stoppedRun.ts';
import { temporaryFolder } from '../../setup/tinyTraining.ts';

let place: Awaited<ReturnType<typeof temporaryFolder>>;

beforeEach(async () => {
  place = await temporaryFolder();
  vi.stubEnv('EXTRAPOLATION_RUNS', place.folder);
});

afterEach(async () => {
  vi.unstubAllEnvs();
  await place.remove();
});

it('tells the time that the trainer tells, and of what waits the time by the rate of runs like it', async () => {
  const folder = join(place.folder, 'first');
  await createRun(folder, { ...stoppedRun, id: 'first' });
  const status = { ...stoppedStatus(40), phase: 'training', etaSeconds: 42 } as const;
  await writeStatus(folder, status);
  const lock = await lockRun(folder);
  await changeQueue((queue) => ({
    ...queue,
    threads: 1,
    rates: { same: 0.5 },
    entries: [queueEntry('first', { folder, state: 'running' }), queueEntry('second')],
  }));
  const { runs, etaSeconds } = await reportQueue();
  expect(runs.map(({ step, beginsIn, endsIn }) => [step, beginsIn, endsIn])).toEqual([
    [40, 0, 42],
    [0, 42, 92],
  ]);
  expect(etaSeconds).toBe(92);
  await lock.release();
});
