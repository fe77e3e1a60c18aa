import { mkdir } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { z } from 'zod';
import type { ModelSdr, StretchingResult } from '../../contract/analysis.ts';
import type { Watch } from '../../contract/progress.ts';
import type { sdrAnalysisSchema, stretchingAnalysisSchema } from '../../contract/results.ts';
import { stretchingError } from './stretchingError.ts';
import { csv } from '../pictures/csv.ts';
import type { CsvValue } from '../pictures/csv.ts';
import { checkpointSteps } from '../runs/checkpoints.ts';
import { findRun } from '../runs/runFolder.ts';
import { drawModelSdr, drawStretching } from './analysisCharts.ts';
import { priorLatents } from '../models/measuringLatents.ts';
import { sdrOfModel } from './modelSdr.ts';
import type { SdrSettings } from './modelSdr.ts';
import { withModel } from '../export/writePictures.ts';
import type { OpenModel } from '../session/openModel.ts';
import { writeFiles } from '../pictures/writeFiles.ts';

/** A row a layer: the pairs' median and spread, and the baselines' medians. */
export function sdrRows(id: string, step: number, result: ModelSdr): Record<string, CsvValue>[] {
  return result.levels.map((level) => ({
    run: id,
    step,
    side: level.side,
    level: level.level,
    pairs: level.own?.summary.count,
    median: level.own?.summary.median,
    q25: level.own?.summary.q25,
    q75: level.own?.summary.q75,
    iqr: level.own?.summary.iqr,
    shareNearOne: level.own?.summary.shareNearOne,
    randomMedian: level.random?.summary.median,
    randomIqr: level.random?.summary.iqr,
    crossedMedian: level.crossed?.summary.median,
    crossedIqr: level.crossed?.summary.iqr,
    untrainedMedian: level.untrained?.summary.median,
    untrainedIqr: level.untrained?.summary.iqr,
    deadMaps: level.deadMaps,
    latents: result.source.latents,
    pictures: result.source.pictures,
  }));
}

export async function analyseSdr(
  input: SdrSettings & { runs: string[]; step?: number | undefined; out: string },
  watch: Watch,
): Promise<z.infer<typeof sdrAnalysisSchema>> {
  const folder = resolve(input.out);
  // A folder that cannot be written is said before anything is measured.
  await mkdir(folder, { recursive: true });
  const files: string[] = [];
  const rows: Record<string, CsvValue>[] = [];
  const models: { run: string; step: number; sdr: ModelSdr }[] = [];
  for (const run of input.runs) {
    await withModel({ run, step: input.step }, async (open) => {
      const { result, pairs } = await sdrOfModel(open, input, watch);
      models.push({ run: open.id, step: open.step, sdr: result });
      rows.push(...sdrRows(open.id, open.step, result));
      const chart = { [`sdr-${open.id}.svg`]: drawModelSdr({ result, pairs }, open) };
      files.push(...(await writeFiles(folder, chart)));
    });
  }
  files.push(...(await writeFiles(folder, { 'sdr.csv': csv(rows), 'sdr.json': asJson(models) })));
  return { folder, files, models };
}

export interface StretchingSettings {
  factor: number;
  axis: 'horizontal' | 'vertical';
  samples: number;
  seed: number;
}

/** Stretching errors of one model on latents of the prior. */
export async function stretchingOfModel(
  open: OpenModel,
  settings: StretchingSettings,
  watch: Watch,
): Promise<StretchingResult> {
  const z = priorLatents(open.model, settings.samples, settings.seed);
  try {
    const { factor, axis } = settings;
    return (await stretchingError({ generator: open.model, z, factor, axis }, watch)).result;
  } finally {
    z.dispose();
  }
}

/** Stretching errors of every checkpoint of every run, from the first trained one on. */
export async function analyseStretching(
  input: StretchingSettings & { runs: string[]; out: string },
  watch: Watch,
): Promise<z.infer<typeof stretchingAnalysisSchema>> {
  const folder = resolve(input.out);
  await mkdir(folder, { recursive: true });
  const models: { run: string; step: number; spectral: boolean; stretching: StretchingResult }[] = [];
  for (const run of input.runs) {
    const steps = (await checkpointSteps(findRun(run))).filter((step) => step > 0);
    for (const [index, step] of steps.entries()) {
      watch.onProgress?.({ phase: `stretching ${run}`, done: index, total: steps.length });
      await withModel({ run, step }, async (open) => {
        const quiet = { ...(watch.signal && { signal: watch.signal }) };
        const stretching = await stretchingOfModel(open, input, quiet);
        models.push({ run: open.id, step, spectral: open.run.spectral !== null, stretching });
      });
    }
  }
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

function asJson(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
