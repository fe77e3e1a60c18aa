import { join } from 'node:path';
import { checkpointSteps } from '../runs/checkpoints.ts';
import { readRun } from '../runs/runFolder.ts';
import { withModel } from '../session/modelPool.ts';
import { withImages } from '../session/trainingImages.ts';
import type { NeededRun, ScalePlan, TrainedRun } from './experiment.ts';
import { nameOfRun } from './neededRuns.ts';
import { stepsOf } from './scales.ts';

/** The run of `needed` below `runs`, which has the checkpoint that the scale asks for. */
export async function openTrainedRun(needed: NeededRun, runs: string, plan: ScalePlan): Promise<TrainedRun> {
  const name = nameOfRun(needed);
  const folder = join(runs, name);
  const { steps } = stepsOf(plan, needed.kind);
  return {
    name,
    needed,
    folder,
    step: steps,
    checkpoints: await checkpointSteps(folder),
    withModel: (work, step = steps) => withModel({ run: folder, step }, work),
    withImages: async (work) => withImages(await readRun(folder), {}, work),
  };
}
