import { judgeQuality } from '../../contract/judging.ts';
import type { Judging } from '../../contract/judging.ts';
import type { ModelRef } from '../../contract/shared.ts';
import { newestStep } from '../runs/checkpoints.ts';
import { readMetrics } from '../runs/metricsFile.ts';
import { findRun, readRun } from '../runs/runFolder.ts';

/**
 * Whether checks on pictures of a checkpoint can be judged, by what its run measured while it trained.
 * @throws StudioError where there is no such run, or no checkpoint
 */
export async function judgeModel({ run, step }: ModelRef): Promise<Judging> {
  const folder = findRun(run);
  const at = step ?? (await newestStep(folder));
  const metrics = await readMetrics(folder);
  const valueAt = (wanted: number, name: string): number | undefined =>
    metrics.findLast((line) => line.step === wanted && line.values[name] !== undefined)?.values[name];
  return judgeQuality((await readRun(folder)).model.kind, {
    untrainedError: valueAt(0, 'heldOutReconstruction'),
    error: valueAt(at, 'heldOutReconstruction'),
    diversity: valueAt(at, 'diversity'),
  });
}
