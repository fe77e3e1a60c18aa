import { resolve } from 'node:path';
import type { z } from 'zod';
import type { ModelSdr, sdrAnalysisSchema } from '../../contract/analysis.ts';
import type { Watch } from '../../contract/progress.ts';
import { csv } from '../pictures/csv.ts';
import type { CsvValue } from '../pictures/csv.ts';
import { asJson, writeFiles } from '../pictures/writeFiles.ts';
import { withModel } from '../session/modelPool.ts';
import { drawModelSdr } from './analysisCharts.ts';
import { currentSdr } from './modelSdr.ts';
import type { SdrSettings } from './modelSdr.ts';
import { withFolder } from '../files/withFolder.ts';

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

/** Measures the spectral density ratios of runs and writes them: a table, the numbers, and a chart a run. */
export async function writeSdr(
  input: SdrSettings & { runs: string[]; step?: number | undefined; out: string },
  watch: Watch,
): Promise<z.infer<typeof sdrAnalysisSchema>> {
  const folder = resolve(input.out);
  return withFolder(folder, () => writeSdrInto(folder, input, watch));
}

async function writeSdrInto(
  folder: string,
  input: SdrSettings & { runs: string[]; step?: number | undefined },
  watch: Watch,
): Promise<z.infer<typeof sdrAnalysisSchema>> {
  const files: string[] = [];
  const rows: Record<string, CsvValue>[] = [];
  const models: { run: string; step: number; sdr: ModelSdr }[] = [];
  for (const run of input.runs) {
    await withModel({ run, step: input.step }, async (open) => {
      const { result, pairs } = await currentSdr(open, input, watch);
      models.push({ run: open.id, step: open.step, sdr: result });
      rows.push(...sdrRows(open.id, open.step, result));
      const chart = { [`sdr-${open.id.replaceAll('/', '-')}.svg`]: drawModelSdr({ result, pairs }, open) };
      files.push(...(await writeFiles(folder, chart)));
    });
  }
  files.push(...(await writeFiles(folder, { 'sdr.csv': csv(rows), 'sdr.json': asJson(models) })));
  return { folder, files, models };
}
