import { rename } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it, vi } from 'vitest';
import { changeQueue, readQueue } from '../../../src/engine/queue/queueFile.ts';
import { expandSweep } from '../../../src/engine/sweeps/expandSweep.ts';
import { readDefinition } from '../../../src/engine/sweeps/readDefinition.ts';
import { createSweep } from '../../../src/engine/sweeps/sweepFolder.ts';
import { resumeSweep } from '../../../src/engine/sweeps/sweeps.ts';
import { ownRunsFolder } from '../../setup/ownRunsFolder.ts';

const place = ownRunsFolder();

it('a sweep that was moved while its cells were trained is not gone on with where it was', async () => {
  const definition = await readDefinition({ grid: 'seed=0..1', data: 'faces', steps: 10 });
  const plan = { definition, ...expandSweep(definition), threads: 1 };
  const { folder } = await createSweep(join(place.folder, 'kl'), plan, { kind: 'local' });
  await changeQueue((queue) => ({ ...queue, isPaused: true }));
  const starter = { commandLine: { program: process.execPath, before: ['-e', ''] }, worksOnQueue: true };
  const refusal = expect(resumeSweep({ sweep: folder }, starter, {})).rejects.toThrow(
    `There is no sweep at ${folder} any more: it was moved or deleted`,
  );
  await vi.waitFor(async () => {
    expect((await readQueue()).entries).toHaveLength(2);
  });
  await rename(folder, join(place.folder, 'moved'));
  await changeQueue((queue) => ({ ...queue, entries: [] }));
  await refusal;
});
