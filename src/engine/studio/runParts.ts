import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { selectionOf } from '../../contract/dataSet.ts';
import { StudioError } from '../../contract/errors.ts';
import type { RunFile } from '../../contract/runFiles.ts';
import type { SampleSheet } from '../../contract/studio.ts';
import type { TrainRequest } from '../../contract/runs.ts';
import { trainable } from '../../contract/trainable.ts';
import { readRun, runPaths, stepName } from '../runs/runFolder.ts';
import { sampleSeeds } from '../runs/sampleSeeds.ts';

/** How `measureCheckpoint` lays out its sheet: pictureGrid's own gap and margin. */
const layout = { columns: 6, scale: 2, gap: 4, margin: 8 };

/** @throws StudioError `not-found` */
export async function readSampleSheet(folder: string, step: number): Promise<SampleSheet> {
  const path = join(runPaths(folder).samples, `${stepName(step)}.png`);
  const bytes = await readFile(path).catch((cause: unknown) => {
    throw new StudioError('not-found', `There are no samples at ${path}. Choose another step.`, { cause });
  });
  const sheet = new Blob([bytes], { type: 'image/png' });
  const { data } = await readRun(folder);
  return { sheet, count: sampleSeeds.length, side: data.size, ...layout };
}

/** What a new run with the settings of an old one is asked with. @throws StudioError `wrong-usage` for a model trained elsewhere */
export function requestOf(run: RunFile): TrainRequest {
  const model = trainable(run);
  return {
    data: run.data.folder,
    crop: run.data.crop,
    allFolders: selectionOf(run.data) === 'all-folders',
    model: model.kind,
    preset: model.preset,
    hyperParameters: model.hyperParameters,
    steps: run.steps,
    seed: run.seed,
    checkpointEvery: run.checkpointEvery,
    measureEvery: run.measureEvery,
    tensorboard: run.tensorboard,
    spectral: run.spectral,
    onDivergence: run.onDivergence ?? 'stop',
  };
}
