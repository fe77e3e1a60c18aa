import type { StretchingResult } from '../../contract/analysis.ts';
import type { StretchingOfRun } from '../../contract/analysisLive.ts';
import { StudioError } from '../../contract/errors.ts';
import type { Watch } from '../../contract/progress.ts';
import { checkpointSteps } from '../runs/checkpoints.ts';
import { findRun } from '../runs/runFolder.ts';
import { stretchingOfModel } from './analyseRuns.ts';
import type { StretchingSettings } from './analyseRuns.ts';
import { withModel } from '../export/writePictures.ts';

const kept = new Map<string, StretchingResult>();
const mostKept = 500;

/** Stretching errors of every trained checkpoint of runs; what was measured before is not measured again. */
export async function stretchingOfRuns(
  input: StretchingSettings & { runs: string[] },
  watch: Watch,
): Promise<{ models: StretchingOfRun[] }> {
  const asked: { run: string; step: number }[] = [];
  for (const run of input.runs) {
    for (const step of await checkpointSteps(findRun(run))) if (step > 0) asked.push({ run, step });
  }
  const models: StretchingOfRun[] = [];
  const quiet: Watch = watch.signal === undefined ? {} : { signal: watch.signal };
  for (const [index, ref] of asked.entries()) {
    watch.onProgress?.({ phase: 'stretching', done: index, total: asked.length });
    if (watch.signal?.aborted === true)
      throw new StudioError('interrupted', 'The stretching measurement was stopped.');
    await withModel(ref, async (open) => {
      const { factor, axis, samples, seed } = input;
      const key = [open.weightsSha256, factor, axis, samples, seed].join(' ');
      const stretching = kept.get(key) ?? (await stretchingOfModel(open, input, quiet));
      kept.set(key, stretching);
      for (const oldest of kept.keys()) {
        if (kept.size <= mostKept) break;
        kept.delete(oldest);
      }
      models.push({ run: open.id, step: open.step, spectral: open.run.spectral !== null, stretching });
    });
  }
  return { models };
}
