import { rm } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import type { z } from 'zod';
import type { ListedRunReport } from '../../contract/contract.ts';
import type { SkippedFile } from '../../contract/dataSet.ts';
import { StudioError } from '../../contract/errors.ts';
import { defaultCrops } from '../../contract/hyperParameters.ts';
import type { Watch } from '../../contract/progress.ts';
import { dataNotHere } from '../../contract/runFiles.ts';
import type { MetricsLine, RunFile } from '../../contract/runFiles.ts';
import { studioVersion } from '../../contract/studioVersion.ts';
import { trainRequestSchema } from '../../contract/trainRequest.ts';
import type { TrainRequest } from '../../contract/trainRequest.ts';
import { openImageSet } from '../data/imageSet.ts';
import { packImages } from '../data/packImages.ts';
import type { PackedImages } from '../data/packedImages.ts';
import { bundledName, idOfRun, requireOwnRun } from '../runs/bundledModel.ts';
import { checkpointSteps } from '../runs/checkpoints.ts';
import { readMetrics } from '../runs/metricsFile.ts';
import {
  createRun,
  findRun,
  listRuns,
  readRun,
  readStatus,
  runsFolder,
  writeRun,
} from '../runs/runFolder.ts';
import type { ListedRun } from '../runs/runFolder.ts';
import { isLocked } from '../runs/runLock.ts';
import { runtimeFacts } from '../tensorflow/doctor.ts';
import { trainModel } from '../training/trainModel.ts';
import { measureCheckpoint } from './measureCheckpoint.ts';
import { modelOfRequest } from './modelOfRequest.ts';

/** Packs the data and writes the run.json of a new run. */
export async function createTrainingRun(
  input: TrainRequest,
  watch: Watch,
): Promise<{ folder: string; run: RunFile; skipped: SkippedFile[] }> {
  const request = trainRequestSchema.parse(input);
  const model = modelOfRequest(request);
  const crop = request.crop ?? defaultCrops[model.kind];
  const images = await packImages(await openImageSet(request.data), { crop, size: 64 }, watch);
  try {
    const now = new Date();
    const folder = resolve(request.folder ?? join(runsFolder(), newRunId(now, request)));
    if (basename(folder) === bundledName) {
      throw new StudioError(
        'wrong-usage',
        `"${bundledName}" is what the model that comes with the Studio is called. Choose another folder by --run.`,
      );
    }
    const facts = runtimeFacts();
    const run: RunFile = {
      version: 1,
      id: basename(folder),
      createdAt: now.toISOString(),
      model,
      data: {
        folder: resolve(request.data),
        crop,
        size: 64,
        key: images.manifest.key,
        trainingImages: images.indicesOf('train').length,
      },
      seed: request.seed,
      steps: request.steps,
      checkpointEvery: request.checkpointEvery ?? Math.max(1, Math.min(1000, Math.ceil(request.steps / 4))),
      measureEvery: request.measureEvery,
      tensorboard: request.tensorboard,
      spectral: request.spectral,
      versions: { studio: studioVersion, tensorflow: facts.tensorflow, tfjs: facts.tfjs, node: facts.node },
      device: {
        kind: facts.device,
        intraOpThreads: facts.threads.intraOp,
        interOpThreads: facts.threads.interOp,
      },
    };
    const { batch } = model.hyperParameters;
    if (run.data.trainingImages < batch) {
      throw new StudioError(
        'wrong-usage',
        `${request.data} has ${run.data.trainingImages} training images, fewer than one batch of ${batch}. Add images or choose a smaller --batch.`,
      );
    }
    await createRun(folder, run);
    return { folder, run, skipped: images.manifest.skipped };
  } finally {
    images.close();
  }
}

/** 20261125-142501-vae-s0: sorts by time, and tells runs of one evening apart at a glance. */
function newRunId(now: Date, { model, seed, spectral }: z.infer<typeof trainRequestSchema>): string {
  const stamp = now.toISOString().replace(/[-:]/g, '').replace('T', '-').slice(0, 15);
  return `${stamp}-${model}${spectral === null ? '' : '-spectral'}-s${seed}`;
}

export interface TrainingResult {
  folder: string;
  phase: 'finished' | 'stopped';
  step: number;
  steps: number;
  damaged: string[];
  last?: MetricsLine;
}

/** Trains a run in this process, from its newest checkpoint on. */
export async function trainRun(
  input: { run: string; extend?: number | undefined },
  watch: Watch,
): Promise<TrainingResult> {
  const folder = findRun(input.run);
  requireOwnRun(folder);
  let run = await readRun(folder);
  if (input.extend !== undefined) {
    if (await isLocked(folder))
      throw new StudioError('busy', `The run in ${folder} is being trained. Stop it first.`);
    run = { ...run, steps: run.steps + input.extend };
    await writeRun(folder, run);
  }
  const images = await openTrainingImages(run, watch);
  try {
    const outcome = await trainModel(
      {
        folder,
        run,
        images,
        atCheckpoint: (model, step) => measureCheckpoint({ folder, run, images, model, step }),
      },
      watch,
    );
    const last = (await readMetrics(folder)).findLast(
      (line) => 'loss' in line.values || 'generatorLoss' in line.values,
    );
    return { folder, ...outcome, steps: run.steps, ...(last && { last }) };
  } finally {
    images.close();
  }
}

/** The packed images of a run, made again where the cache was cleared. @throws StudioError when the folder has changed */
export async function openTrainingImages(run: RunFile, watch: Watch): Promise<PackedImages> {
  if (run.data.folder === dataNotHere) {
    throw new StudioError(
      'not-found',
      `The ${run.data.trainingImages.toLocaleString('en')} pictures that this model was trained on did not come with it, so what needs them cannot be done. Train a run of your own.`,
    );
  }
  const images = await packImages(
    await openImageSet(run.data.folder),
    { crop: run.data.crop, size: run.data.size },
    watch,
  );
  if (images.manifest.key === run.data.key) return images;
  images.close();
  throw new StudioError(
    'wrong-usage',
    `The images in ${run.data.folder} have changed since this run began, so going on would mix two data sets. Restore the folder, or start a new run.`,
  );
}

async function report(listed: ListedRun): Promise<ListedRunReport> {
  const { id, folder, run, status } = listed;
  return { id, folder, run, ...(status && { status }), alive: await isLocked(folder) };
}

export async function listAllRuns(): Promise<{
  folder: string;
  runs: ListedRunReport[];
  unreadable: string[];
}> {
  const folder = runsFolder();
  const { runs, unreadable } = await listRuns(folder);
  return { folder, runs: await Promise.all(runs.map(report)), unreadable };
}

export async function showRun(input: {
  run: string;
}): Promise<ListedRunReport & { checkpoints: number[]; metrics: MetricsLine[] }> {
  const folder = findRun(input.run);
  const listed = {
    id: idOfRun(folder),
    folder,
    run: await readRun(folder),
    status: await readStatus(folder),
  };
  return {
    ...(await report(listed)),
    checkpoints: await checkpointSteps(folder),
    metrics: await readMetrics(folder),
  };
}

/** Removes a run with everything in it. @throws StudioError `busy` while it is being trained */
export async function removeRun(input: { run: string }): Promise<{ folder: string }> {
  const folder = findRun(input.run);
  requireOwnRun(folder);
  if (await isLocked(folder)) {
    throw new StudioError(
      'busy',
      `The run in ${folder} is being trained, so it is not removed. Stop it first.`,
    );
  }
  await rm(folder, { recursive: true });
  return { folder };
}
