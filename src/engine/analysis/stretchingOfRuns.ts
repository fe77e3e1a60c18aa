import { resolve } from 'node:path';
import type { z } from 'zod';
import type { stretchingAnalysisSchema, StretchingOfRun, StretchingResult } from '../../contract/analysis.ts';
import { StudioError } from '../../contract/errors.ts';
import type { Watch } from '../../contract/progress.ts';
import type { ModelRef } from '../../contract/shared.ts';
import { csv } from '../pictures/csv.ts';
import type { CsvValue } from '../pictures/csv.ts';
import { asJson, writeFiles } from '../pictures/writeFiles.ts';
import { checkpointSteps } from '../runs/checkpoints.ts';
import { findRun } from '../runs/runFolder.ts';
import { withModel } from '../session/modelPool.ts';
import { drawStretching } from './analysisCharts.ts';
import { stretchingMeasurement } from './stretchingOfModel.ts';
import type { StretchingSettings } from './stretchingOfModel.ts';
import { withFolder } from '../files/withFolder.ts';

/** Stretching errors of one checkpoint. */
export function stretchingOfCheckpoint(
  input: StretchingSettings & ModelRef,
  watch: Watch,
): Promise<{ run: string; step: number; stretching: StretchingResult }> {
  return withModel(input, async (open) => {
    const { result } = await stretchingMeasurement.of(open, input, watch);
    return { run: open.id, step: open.step, stretching: result };
  });
}

/** A checkpoint of a run as it is asked for. */
interface Checkpoint {
  run: string;
  step: number;
}

/** Every checkpoint of every run, from the first trained one on. @throws StudioError `not-found` */
export async function checkpointsOfRuns(runs: readonly string[]): Promise<Checkpoint[]> {
  const found: Checkpoint[] = [];
  for (const run of runs) {
    for (const step of await checkpointSteps(findRun(run))) if (step > 0) found.push({ run, step });
  }
  return found;
}

/** Stretching errors of checkpoints, in their order. */
export async function stretchingOfEach(
  checkpoints: readonly Checkpoint[],
  input: StretchingSettings,
  watch: Watch,
): Promise<StretchingOfRun[]> {
  const models: StretchingOfRun[] = [];
  const quiet: Watch = watch.signal === undefined ? {} : { signal: watch.signal };
  for (const [index, ref] of checkpoints.entries()) {
    watch.onProgress?.({ phase: `stretching ${ref.run}`, done: index, total: checkpoints.length });
    if (watch.signal?.aborted === true)
      throw new StudioError('interrupted', 'The stretching measurement was stopped.');
    await withModel(ref, async (open) => {
      const { result } = await stretchingMeasurement.of(open, input, quiet);
      const spectral = open.run.spectral !== null;
      models.push({ run: open.id, step: open.step, spectral, stretching: result });
    });
  }
  return models;
}

/** Stretching errors of every checkpoint of every run, from the first trained one on. */
export async function stretchingOfRuns(
  input: StretchingSettings & { runs: string[] },
  watch: Watch,
): Promise<{ models: StretchingOfRun[] }> {
  return { models: await stretchingOfEach(await checkpointsOfRuns(input.runs), input, watch) };
}

/** The same into a folder: a table, the numbers, and a chart. */
export async function writeStretching(
  input: StretchingSettings & { runs: string[]; out: string },
  watch: Watch,
): Promise<z.infer<typeof stretchingAnalysisSchema>> {
  const folder = resolve(input.out);
  return withFolder(folder, () => writeStretchingInto(folder, input, watch));
}

async function writeStretchingInto(
  folder: string,
  input: StretchingSettings & { runs: string[] },
  watch: Watch,
): Promise<z.infer<typeof stretchingAnalysisSchema>> {
  const { models } = await stretchingOfRuns(input, watch);
  const rows = models.flatMap(({ run, step, stretching }) =>
    stretching.levels.map((level): Record<string, CsvValue> => ({ run, step, ...level })),
  );
  const files = await writeFiles(folder, {
    ...(models.length > 0 && { 'stretching.svg': drawStretching(models, input) }),
    'stretching.csv': csv(rows),
    'stretching.json': asJson(models),
  });
  return { folder, files, models };
}
