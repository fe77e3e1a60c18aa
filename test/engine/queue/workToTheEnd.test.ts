import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { removeEntries } from '../../../src/engine/queue/changeEntries.ts';
import { changeQueue, readQueue } from '../../../src/engine/queue/queueFile.ts';
import { workToTheEnd } from '../../../src/engine/queue/workToTheEnd.ts';
import { createRun, stepName } from '../../../src/engine/runs/runFolder.ts';
import { Trainers } from '../../../src/engine/studio/trainers.ts';
import { queueEntry } from '../../setup/queueEntry.ts';
import { ownRunsFolder } from '../../setup/ownRunsFolder.ts';
import { plainRun } from '../../setup/tinyTraining.ts';

const place = ownRunsFolder();

it('a run that somebody removed meanwhile does not count as finished', async () => {
  const ids = ['done', 'removed'];
  const entries = ids.map((id) => {
    const folder = join(place.folder, 'runs', id);
    return queueEntry(id, { folder, steps: plainRun.steps, state: 'running', begunAt: plainRun.createdAt });
  });
  for (const { id, folder } of entries) await createRun(folder, { ...plainRun, id });
  await mkdir(join(entries[0]!.folder, 'checkpoints', stepName(plainRun.steps)), { recursive: true });
  await changeQueue((queue) => ({ ...queue, isPaused: true, entries }));
  const trainers = new Trainers({ program: process.execPath, before: ['-e', ''] }, 'own');
  let removal: Promise<void> | undefined;
  const onProgress = (): void => {
    removal ??= removeEntries(['removed']);
  };
  expect(await workToTheEnd(trainers, { onProgress })).toEqual({ finished: 1, failed: 0, waiting: 0 });
  await removal;
  expect((await readQueue()).entries).toEqual([]);
});
