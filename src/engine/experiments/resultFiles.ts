import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { StudioError } from '../../contract/errors.ts';
import { experimentResultSchema } from '../../contract/experiments.ts';
import type { ExperimentFigure, ExperimentId, ExperimentResult } from '../../contract/experiments.ts';
import { checkpointStateSchema } from '../../contract/runFiles.ts';
import { studioVersion } from '../../contract/studioVersion.ts';
import { writeWhole } from '../files/safeFiles.ts';
import { csv } from '../pictures/csv.ts';
import { svgToPng } from '../pictures/svgToPng.ts';
import { readJson, runPaths, stepName } from '../runs/runFolder.ts';
import type { ScalePlan, TrainedRun } from './experiment.ts';
import type { ExperimentData } from './experimentData.ts';
import { experimentFolder } from './reproductionFolder.ts';

/** Raised whenever an experiment measures or draws something else on the same runs. */
const measuringVersions: Record<ExperimentId, number> = {
  fig1: 2,
  fig4: 2,
  fig5: 2,
  'fig5-gan': 3,
  'eye-distance': 2,
  'hair-not-tone': 2,
  modules: 2,
};
/** Raised whenever one does on photographs alone. */
const photographsVersion = 1;

const keySchema = z.strictObject({ version: z.literal(1), key: z.string().length(64) });

/** SHA-256 of all that a result depends on: what is measured, how, and the weights it is measured on. */
export async function resultKey(
  id: ExperimentId,
  plan: ScalePlan,
  seeds: readonly number[],
  {
    facts: { truth },
    hairMasks,
    haveAttributes,
  }: Pick<ExperimentData, 'facts' | 'hairMasks' | 'haveAttributes'>,
  runs: readonly TrainedRun[],
): Promise<string> {
  const weights = [];
  for (const { name, folder, step, checkpoints } of runs) {
    const state = join(runPaths(folder).checkpoints, stepName(step), 'state.json');
    weights.push([name, checkpoints, (await readJson(state, checkpointStateSchema)).sha256.weights]);
  }
  const pictures = truth || { photographsVersion, masks: hairMasks?.sha256 ?? null, haveAttributes };
  const facts = [measuringVersions[id], studioVersion, id, plan, seeds, pictures, weights];
  return createHash('sha256').update(JSON.stringify(facts)).digest('hex');
}

/** The result that lies in a reproduction's folder. @throws StudioError `damaged` or `not-found` */
export async function readResult(folder: string, id: ExperimentId): Promise<ExperimentResult> {
  return readJson(join(experimentFolder(folder, id), 'result.json'), experimentResultSchema);
}

/** The result that was made with this key, with all its figures; undefined where it must be made again. */
export async function cachedResult(
  folder: string,
  id: ExperimentId,
  key: string,
): Promise<ExperimentResult | undefined> {
  const own = experimentFolder(folder, id);
  try {
    const cached = await readJson(join(own, 'key.json'), keySchema);
    if (cached.key !== key) return undefined;
    const result = await readResult(folder, id);
    const files = result.figures.flatMap(({ png, svg }) => (svg === null ? [png] : [png, svg]));
    return files.every((file) => existsSync(join(own, file))) ? result : undefined;
  } catch (error) {
    if (error instanceof StudioError) return undefined;
    throw error;
  }
}

/** Writes result.json, a CSV a table, and last the key by which the result is found again. */
export async function writeResult(folder: string, result: ExperimentResult, key: string): Promise<void> {
  const own = experimentFolder(folder, result.experiment);
  await mkdir(own, { recursive: true });
  for (const { name, columns, rows } of result.tables) {
    const lines = rows.map((row) =>
      Object.fromEntries(columns.map((column, place) => [column, row[place] ?? undefined])),
    );
    await writeWhole(join(own, `${name}.csv`), csv(lines));
  }
  const checked = experimentResultSchema.parse(result);
  await writeWhole(join(own, 'result.json'), `${JSON.stringify(checked, null, 2)}\n`);
  await writeWhole(join(own, 'key.json'), `${JSON.stringify({ version: 1, key })}\n`);
}

/** What a figure is called and says. */
export type FigureWords = Pick<ExperimentFigure, 'name' | 'title' | 'caption'>;

/** Writes a photographed figure beside result.json. */
export async function writePicture(
  folder: string,
  words: FigureWords,
  png: Buffer,
): Promise<ExperimentFigure> {
  await writeWhole(join(folder, `${words.name}.png`), png);
  return { ...words, png: `${words.name}.png`, svg: null };
}

/** Writes a drawn figure beside result.json, as SVG and PNG. */
export async function writeDrawing(
  folder: string,
  words: FigureWords,
  svg: string,
): Promise<ExperimentFigure> {
  await writeWhole(join(folder, `${words.name}.svg`), svg);
  await writeWhole(join(folder, `${words.name}.png`), await svgToPng(svg));
  return { ...words, png: `${words.name}.png`, svg: `${words.name}.svg` };
}
