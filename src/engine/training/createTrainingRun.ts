import { basename, join, resolve } from 'node:path';
import type { z } from 'zod';
import { currentDecoding } from '../../contract/dataSet.ts';
import type { SkippedFile } from '../../contract/dataSet.ts';
import { StudioError } from '../../contract/errors.ts';
import { defaultCrops } from '../../contract/hyperParameters.ts';
import type { Watch } from '../../contract/progress.ts';
import type { RunFile } from '../../contract/runFiles.ts';
import { trainRequestSchema } from '../../contract/runs.ts';
import type { TrainRequest } from '../../contract/runs.ts';
import { studioVersion } from '../../contract/studioVersion.ts';
import { contentKey } from '../data/contentKey.ts';
import { openImageSet } from '../data/imageSet.ts';
import { packImages } from '../data/packImages.ts';
import { bundledName } from '../runs/bundledModel.ts';
import { createRun, runsFolder } from '../runs/runFolder.ts';
import { gpuInUse } from '../tensorflow/gpuInUse.ts';
import { runtimeFacts } from '../tensorflow/runtimeFacts.ts';
import { stepMode } from '../tensorflow/wholeStep.ts';
import { usualImageLayer } from './createTrainer.ts';
import { modelOfRequest } from './modelOfRequest.ts';

/**
 * Packs the data and writes the run.json of a new run.
 * @param check throws where the run as it would be written may not be; nothing is written then
 */
export async function createTrainingRun(
  input: TrainRequest,
  watch: Watch,
  check: (run: RunFile) => Promise<void> = () => Promise.resolve(),
): Promise<{ folder: string; run: RunFile; skipped: SkippedFile[]; notes: string[] }> {
  const request = trainRequestSchema.parse(input);
  const model = modelOfRequest(request);
  const crop = request.crop ?? defaultCrops[model.kind];
  const selection = request.allFolders ? 'all-folders' : 'pictures';
  const set = await openImageSet(request.data, selection);
  const images = await packImages(set, { crop, size: 64 }, watch);
  try {
    const now = new Date();
    const folder = resolve(request.folder ?? join(runsFolder(), newRunId(now, request)));
    if (basename(folder) === bundledName) {
      throw new StudioError(
        'wrong-usage',
        `"${bundledName}" is the name of the model that comes with the Studio. Choose another folder with --run.`,
      );
    }
    const facts = runtimeFacts();
    const gpu = gpuInUse();
    const run: RunFile = {
      version: 1,
      id: basename(folder),
      createdAt: now.toISOString(),
      model,
      data: {
        folder: resolve(request.data),
        crop,
        size: 64,
        decoding: currentDecoding,
        selection,
        key: images.manifest.key,
        content: contentKey(images.manifest),
        trainingImages: images.indicesOf('train').length,
      },
      seed: request.seed,
      steps: request.steps,
      checkpointEvery: request.checkpointEvery ?? Math.max(1, Math.min(1000, Math.ceil(request.steps / 4))),
      measureEvery: request.measureEvery,
      tensorboard: request.tensorboard,
      spectral: request.spectral,
      ...(request.onDivergence === 'lower' && { onDivergence: request.onDivergence }),
      versions: { studio: studioVersion, tensorflow: facts.tensorflow, tfjs: facts.tfjs, node: facts.node },
      device: {
        kind: facts.device,
        intraOpThreads: request.threads ?? facts.threads.intraOp,
        interOpThreads: request.threads ?? facts.threads.interOp,
        steps: stepMode(),
        ...(gpu && { gpu }),
        imageLayer: request.imageLayer ?? usualImageLayer(facts.device),
      },
    };
    const { batch } = model.hyperParameters;
    if (run.data.trainingImages < batch) {
      throw new StudioError(
        'wrong-usage',
        `${request.data} has ${run.data.trainingImages} training images, fewer than one batch of ${batch}. Add images or choose a smaller --batch.`,
      );
    }
    await check(run);
    await createRun(folder, run);
    return {
      folder,
      run,
      skipped: images.manifest.skipped,
      notes: set.notes.map(({ sentence }) => sentence),
    };
  } finally {
    images.close();
  }
}

/** 20261125-142501-vae-s0: sorts by time, and tells runs of one evening apart at a glance. */
function newRunId(now: Date, { model, seed, spectral }: z.infer<typeof trainRequestSchema>): string {
  const stamp = now.toISOString().replace(/[-:]/g, '').replace('T', '-').slice(0, 15);
  return `${stamp}-${model}${spectral === null ? '' : '-spectral'}-s${seed}`;
}
