import { cp } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { judgeModel } from '../../../src/engine/analysis/judgeModel.ts';
import { newestStep } from '../../../src/engine/runs/checkpoints.ts';
import { appendMetrics } from '../../../src/engine/runs/metricsFile.ts';
import { closeModels } from '../../../src/engine/session/modelPool.ts';
import { temporaryFolder } from '../../setup/tinyTraining.ts';

let root: string;
let remove: () => Promise<void>;
beforeEach(async () => {
  ({ folder: root, remove } = await temporaryFolder());
});
afterEach(async () => {
  await closeModels();
  await remove();
});

/** A run of a few steps, of which metrics can be said. */
async function runOf(name: 'vae-spectral' | 'dcgan'): Promise<{ run: string; step: number }> {
  const run = join(root, name);
  await cp(join(import.meta.dirname, '../../oracles/runs', name), run, { recursive: true });
  return { run, step: await newestStep(run) };
}

it('judges a β-VAE by its samples against the newest error that its run has measured at the step', async () => {
  const ref = await runOf('vae-spectral');
  const measure = (step: number, heldOutReconstruction: number): Promise<void> =>
    appendMetrics(ref.run, { step, seconds: 1, values: { heldOutReconstruction } });
  // Values lie in [−1, 1], so that the samples' variance is at most 1; a network that was trained at all draws no constant.
  await measure(ref.step, 2);
  expect((await judgeModel(ref)).refusal).toMatch(/draws too roughly/);
  await measure(ref.step, 1e-12);
  await measure(ref.step + 1, 2);
  expect(await judgeModel(ref)).toEqual({ refusal: null });
});

it('judges a DCGAN by the diversity of its samples', async () => {
  const ref = await runOf('dcgan');
  const measure = (diversity: number): Promise<void> =>
    appendMetrics(ref.run, { step: ref.step, seconds: 1, values: { diversity } });
  await measure(0.4);
  expect((await judgeModel(ref)).refusal).toContain('differ 40 % as much as real pictures');
  await measure(0.9);
  expect(await judgeModel({ run: ref.run })).toEqual({ refusal: null });
});
