import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { judgeModel } from '../../../src/engine/analysis/judgeModel.ts';
import { appendMetrics } from '../../../src/engine/runs/metricsFile.ts';
import { createRun } from '../../../src/engine/runs/runFolder.ts';
import { plainRun, temporaryFolder } from '../../setup/tinyTraining.ts';

let root: string;
let remove: () => Promise<void>;
beforeEach(async () => {
  ({ folder: root, remove } = await temporaryFolder());
  vi.stubEnv('EXTRAPOLATION_RUNS', root);
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await remove();
});

it('judges a checkpoint by what its run measured at that step, and after a resume by the newest measurement', async () => {
  const folder = join(root, 'vae');
  await createRun(folder, plainRun);
  const lines = [
    [0, 0.4],
    [60, 0.13],
    [500, 0.1],
    [500, 0.06],
  ] as const;
  for (const [step, error] of lines)
    await appendMetrics(folder, { step, seconds: 1, values: { heldOutReconstruction: error } });
  await appendMetrics(folder, { step: 500, seconds: 1, values: { loss: 1 } });
  // .13 / .4
  expect((await judgeModel({ run: folder, step: 60 })).refusal).toContain('is 33 % of the untrained');
  expect(await judgeModel({ run: folder, step: 500 })).toEqual({ refusal: null });
  expect((await judgeModel({ run: folder, step: 40 })).refusal).toContain('has not measured');
});
