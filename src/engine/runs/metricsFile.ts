import { existsSync } from 'node:fs';
import { appendFile } from 'node:fs/promises';
import { metricsLineSchema } from '../../contract/runFiles.ts';
import type { MetricsLine } from '../../contract/runFiles.ts';
import { writeWhole } from '../files/safeFiles.ts';
import { namingFile } from '../files/systemErrors.ts';
import { withCurrentNames } from './metricNames.ts';
import { readRunFile } from './readRunFile.ts';
import { runPaths } from './runFolder.ts';

export async function appendMetrics(folder: string, line: MetricsLine): Promise<void> {
  const { metrics } = runPaths(folder);
  await namingFile(metrics, () => appendFile(metrics, `${JSON.stringify(line)}\n`));
}

/** The measurements of a run. */
export async function readMetrics(folder: string): Promise<MetricsLine[]> {
  const { metrics } = runPaths(folder);
  if (!existsSync(metrics)) return [];
  return metricsOf((await readRunFile(metrics)).toString('utf8'));
}

/** The measurements of whole lines, by today’s names; a line that a killed process left half written is left out. */
export function metricsOf(text: string): MetricsLine[] {
  return text.split('\n').flatMap((line) => {
    if (line === '') return [];
    try {
      const parsed = metricsLineSchema.safeParse(JSON.parse(line));
      return parsed.success ? [{ ...parsed.data, values: withCurrentNames(parsed.data.values) }] : [];
    } catch {
      return [];
    }
  });
}

/** Whether a line, as it stands in the file, is the mean over steps; what is measured at checkpoints alone has lines of its own. */
export function isTextOfSteps(line: string): boolean {
  return line.includes('"loss"') || line.includes('"generatorLoss"');
}

/** Drops measurements of steps after `step`: they are made again by the run that goes on from there. */
export async function keepMetricsUpTo(folder: string, step: number): Promise<MetricsLine[]> {
  const { metrics } = runPaths(folder);
  if (!existsSync(metrics)) return [];
  const text = (await readRunFile(metrics)).toString('utf8');
  const kept = metricsOf(text).filter((line) => line.step <= step);
  const keptText = kept.map((line) => `${JSON.stringify(line)}\n`).join('');
  if (keptText !== text) await writeWhole(metrics, keptText);
  return kept;
}
