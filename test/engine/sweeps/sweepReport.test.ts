import { afterEach, beforeEach, expect, it } from 'vitest';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { trainRequestSchema } from '../../../src/contract/runs.ts';
import { lockRun } from '../../../src/engine/runs/runLock.ts';
import { runPaths } from '../../../src/engine/runs/runFolder.ts';
import { createSweep } from '../../../src/engine/sweeps/sweepFolder.ts';
import { reportSweep } from '../../../src/engine/sweeps/sweepReport.ts';
import { temporaryFolder } from '../../setup/tinyTraining.ts';

let temporary: Awaited<ReturnType<typeof temporaryFolder>>;
beforeEach(async () => {
  temporary = await temporaryFolder();
});
afterEach(() => temporary.remove());

it('of a cell whose run is locked it tells what its engine says of a running one, and of no other', async () => {
  const request = trainRequestSchema.parse({ data: '/faces', steps: 10 });
  const plan = {
    definition: { base: {}, axes: [], name: undefined, threads: 1, tries: 3, source: 'the grid' },
    ...{ threads: 1, notes: [] },
    cells: [{ name: 'run', settings: {}, request }],
  };
  const open = await createSweep(join(temporary.folder, 'kl'), plan, { kind: 'local' });
  const run = join(open.folder, 'run');
  mkdirSync(run);
  writeFileSync(runPaths(run).run, '{}');
  const lock = await lockRun(run);
  const standing = async (state: 'running' | 'failed'): Promise<unknown> => {
    const report = await reportSweep(open, new Map([[0, { state, reason: 'it is suspended' }]]), []);
    const { state: told, reason } = report.cells[0]!;
    return { told, reason };
  };
  expect(await standing('running')).toEqual({ told: 'running', reason: 'it is suspended' });
  expect(await standing('failed')).toEqual({ told: 'running', reason: null });
  await lock.release();
});
