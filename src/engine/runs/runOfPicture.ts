import type { PictureOrigin, RunOfPicture } from '../../contract/pictureOrigin.ts';
import { bundledModelFolder, idOfRun } from './bundledModel.ts';
import { checkpointSteps, weightsHash } from './checkpoints.ts';
import { runFolders, runsFolder } from './runFolder.ts';

export type MadeBy = Pick<PictureOrigin, 'run' | 'step' | 'weightsSha256'>;

/**
 * Which run of this computer made a picture: the one of its name, if its checkpoint has the same weights, else any other that
 * has them, since runs are copied and renamed. Names are compared, never followed as paths.
 */
export async function runOfPicture(made: MadeBy): Promise<RunOfPicture> {
  const folders = [...(await runFolders(runsFolder())), bundledModelFolder()];
  const named = folders.find((folder) => idOfRun(folder) === made.run);
  const ordered = named === undefined ? folders : [named, ...folders.filter((folder) => folder !== named)];
  for (const folder of ordered) {
    if ((await weightsHash(folder, made.step)) !== made.weightsSha256) continue;
    const run = idOfRun(folder);
    return {
      run,
      step: made.step,
      note: run === made.run ? null : `Its run ${made.run} is called ${run} here.`,
    };
  }
  if (named === undefined) {
    const note = `The picture was made by the run ${made.run} at step ${stepWords(made.step)}, which is not here. Copy that run into ${runsFolder()}, then open the picture again.`;
    return { run: null, step: null, note };
  }
  const steps = await checkpointSteps(named);
  const hasStep = steps.includes(made.step);
  const note = hasStep
    ? `The checkpoint ${stepWords(made.step)} of ${made.run} has other weights than the one that made the picture, so it may look different.`
    : `The checkpoint ${stepWords(made.step)} of ${made.run}, which made the picture, is not here. The newest one is shown.`;
  return { run: made.run, step: hasStep ? made.step : (steps.at(-1) ?? null), note };
}

function stepWords(step: number): string {
  return step.toLocaleString('en');
}
