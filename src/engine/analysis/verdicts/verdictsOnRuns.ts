import type { RunVerdict } from '../../../contract/analysis.ts';
import type { ModelKind } from '../../../contract/hyperParameters.ts';
import type { Watch } from '../../../contract/progress.ts';
import type { RunFile } from '../../../contract/runFiles.ts';
import type { ModelRef } from '../../../contract/shared.ts';
import { readMetrics } from '../../runs/metricsFile.ts';
import { findRun, readRun } from '../../runs/runFolder.ts';
import { withModel } from '../../session/modelPool.ts';
import { currentSdr } from '../modelSdr.ts';
import type { SdrSettings } from '../modelSdr.ts';
import type { StretchingSettings } from '../stretchingOfModel.ts';
import { checkpointsOfRuns, stretchingOfEach } from '../stretchingOfRuns.ts';
import { comparedRuns } from './comparedRuns.ts';
import { spectraVerdicts } from './spectraVerdicts.ts';
import { trainingVerdicts } from './trainingVerdicts.ts';
import type { RunCourse } from './trainingVerdicts.ts';

/** Verdicts on the claims about the spectra of a run at a step. What the page has shown of them is not measured again. */
export function verdictsOnModel(
  input: SdrSettings & ModelRef,
  watch: Watch,
): Promise<{ run: string; step: number; verdicts: RunVerdict[] }> {
  return withModel(input, async (open) => {
    const { result } = await currentSdr(open, input, watch);
    const { model, seed } = open.run;
    return {
      run: open.id,
      step: open.step,
      verdicts: spectraVerdicts(result, { kind: kindOf(model), seed }),
    };
  });
}

/** The paper’s claims are about models of two kinds; a generator from elsewhere is one as a DCGAN’s is. */
function kindOf({ kind }: RunFile['model']): ModelKind {
  return kind === 'imported' ? 'dcgan' : kind;
}

/**
 * Verdicts on the claims about training, over those of the runs that can be compared with the first; the others are not
 * measured.
 * @throws StudioError `not-found` where a run is not there, `interrupted`
 */
export async function verdictsOnTraining(
  input: StretchingSettings & { runs: string[] },
  watch: Watch,
): Promise<{ runs: string[]; verdicts: RunVerdict[] }> {
  const asked: { ref: string; run: RunFile }[] = [];
  for (const ref of input.runs) asked.push({ ref, run: await readRun(findRun(ref)) });
  const compared = comparedRuns(asked);
  const checkpoints = await checkpointsOfRuns(compared.map(({ ref }) => ref));
  const measured = await stretchingOfEach(checkpoints, input, watch);
  const fine = checkpoints.flatMap(({ run, step }, at) => {
    const level = measured[at]?.stretching.levels.find((one) => one.level === 'fine');
    return level === undefined ? [] : [{ run, step, ...level }];
  });
  const courseOf = ({ ref, run }: (typeof compared)[number], what: 'error' | 'participationRatio') => ({
    ...{ seed: run.seed, isSpectral: run.spectral !== null },
    points: fine.filter((one) => one.run === ref).map((one) => ({ step: one.step, value: one[what] })),
  });
  const reconstruction: RunCourse[] = [];
  for (const { ref, run } of compared) reconstruction.push(await reconstructionOf(ref, run));
  const courses = {
    error: compared.map((run) => courseOf(run, 'error')),
    participation: compared.map((run) => courseOf(run, 'participationRatio')),
    reconstruction,
  };
  return {
    runs: compared.map(({ ref }) => ref),
    verdicts: trainingVerdicts(courses, asked[0] === undefined ? 'vae' : kindOf(asked[0].run.model)),
  };
}

/** As the run measured it while it was trained; a DCGAN has none. */
async function reconstructionOf(ref: string, { seed, spectral }: RunFile): Promise<RunCourse> {
  const lines = await readMetrics(findRun(ref));
  const points = lines.flatMap(({ step, values }) => {
    const value = values['heldOutReconstruction'];
    return value === undefined ? [] : [{ step, value }];
  });
  return { seed, isSpectral: spectral !== null, points };
}
