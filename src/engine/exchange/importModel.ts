import { basename, extname, join, resolve } from 'node:path';
import { encoderFacts } from '../../contract/encoderWords.ts';
import { StudioError } from '../../contract/errors.ts';
import type { ImportedModel, ModelImportInput } from '../../contract/exchange.ts';
import type { Watch } from '../../contract/progress.ts';
import { dataNotHere } from '../../contract/runFiles.ts';
import type { RunFile, StatusFile } from '../../contract/runFiles.ts';
import { studioVersion } from '../../contract/studioVersion.ts';
import { removeQuietly, writeWhole } from '../files/safeFiles.ts';
import { generateImages, latentsFromSeeds } from '../models/layeredGenerator.ts';
import { modelNetworks } from '../models/modelNetworks.ts';
import { requireArrays } from '../models/networkWeights.ts';
import { encodeSafetensors } from '../models/safetensors.ts';
import type { NamedArray } from '../models/safetensors.ts';
import { TrainedModel } from '../models/trainedModel.ts';
import { pictureGrid } from '../pictures/pictureGrid.ts';
import { bundledName } from '../runs/bundledModel.ts';
import { writeCheckpoint } from '../runs/checkpoints.ts';
import { createRun, runPaths, runsFolder, stepName, writeStatus } from '../runs/runFolder.ts';
import { sampleSeeds } from '../runs/sampleSeeds.ts';
import { trainedAs } from '../runs/trainedAs.ts';
import { renderPictures } from '../session/decodePictures.ts';
import { runtimeFacts } from '../tensorflow/runtimeFacts.ts';
import { importEncoder } from './importEncoder.ts';
import type { EncoderToKeep } from './importEncoder.ts';
import { largestDifference } from './largestDifference.ts';
import { networkOfChain } from './networkOfChain.ts';
import type { ImportedNetwork } from './networkOfChain.ts';
import { orSentence, readModelFile } from './readModelFile.ts';
import type { ModelFileContent } from './readModelFile.ts';

/** The only checkpoint of a model that is not trained here. */
const step = 1;
/** More than rounding to 32 bits makes of pictures in [−1, 1]. */
const mostDifference = 1e-3;

/**
 * A generator from another program's file as a run without training.
 * @throws StudioError that names the file, and the layer that is not understood; then no run is made
 */
export async function importModel(input: ModelImportInput, watch: Watch): Promise<ImportedModel> {
  const content = await readModelFile(resolve(input.modelFile));
  watch.signal?.throwIfAborted();
  const network = orSentence(content.from.file, () => networkOfChain(content.chain));
  const folder = resolve(input.run ?? join(runsFolder(), nameOf(content.from.file)));
  if (basename(folder) === bundledName) {
    throw new StudioError(
      'wrong-usage',
      `"${bundledName}" is the name of the model that comes with the Studio. Choose another folder with --run.`,
    );
  }
  const model = opened(network, content.from.file);
  try {
    const difference = differenceFromFile(model, content);
    const { kept, leftOut } = await importEncoder(input, network, model);
    watch.signal?.throwIfAborted();
    const run = runOf(folder, network, { ...content.from, difference }, kept);
    await createRun(folder, run);
    try {
      const arrays = new Map([...network.arrays, ...(kept?.arrays ?? [])]);
      await fill(folder, run, arrays, model, watch);
    } catch (error) {
      await removeQuietly(folder);
      throw error;
    }
    const { latent, size, layers } = network.hyperParameters;
    return {
      ...{ folder, latent, size, levels: layers.length, difference },
      encoder: kept === undefined ? null : encoderFacts(kept.encoder),
      encoderLeftOut: leftOut,
    };
  } finally {
    model.dispose();
  }
}

function nameOf(file: string): string {
  const name = basename(file, extname(file));
  return name === 'model' ? 'imported-model' : name;
}

function opened({ hyperParameters, arrays }: ImportedNetwork, file: string): TrainedModel {
  const definition = { kind: 'imported', hyperParameters } as const;
  requireArrays(modelNetworks(definition).weights, arrays, file);
  return new TrainedModel(definition, arrays);
}

/**
 * How far what is drawn here is from what the file's own graph draws, on pictures in [−1, 1]; null where the file has no graph.
 * @throws StudioError `wrong-usage` where it is further than rounding explains
 */
function differenceFromFile(model: TrainedModel, { drawn, from, chain }: ModelFileContent): number | null {
  if (drawn === undefined) return null;
  const last = chain.links.at(-1);
  const isSigmoid = last?.kind === 'activation' && last.activation === 'sigmoid';
  const difference = largestDifference(model, drawn, isSigmoid);
  if (difference <= mostDifference) return difference;
  throw new StudioError(
    'wrong-usage',
    `${from.file} was read, but its pictures come out different here, by up to ${difference.toPrecision(2)} on values from −1 to 1. No run was made from it. Report what kinds of layers it has.`,
  );
}

function runOf(
  folder: string,
  { hyperParameters }: ImportedNetwork,
  from: Extract<RunFile['model'], { kind: 'imported' }>['from'],
  kept: EncoderToKeep | undefined,
): RunFile {
  const facts = runtimeFacts();
  return {
    version: 1,
    id: basename(folder),
    createdAt: new Date().toISOString(),
    model: { kind: 'imported', preset: 'imported', hyperParameters, from, encoder: kept?.encoder },
    data: {
      ...{ folder: dataNotHere, size: hyperParameters.size, key: 'none', trainingImages: 0 },
      ...(kept?.pictures ?? { crop: 'full' }),
    },
    ...{
      seed: 0,
      steps: step,
      checkpointEvery: step,
      measureEvery: step,
      tensorboard: false,
      spectral: null,
    },
    versions: { studio: studioVersion, tensorflow: facts.tensorflow, tfjs: facts.tfjs, node: facts.node },
    device: {
      kind: facts.device,
      intraOpThreads: facts.threads.intraOp,
      interOpThreads: facts.threads.interOp,
    },
  };
}

/** Checkpoint, samples, and the word that it is finished. */
async function fill(
  folder: string,
  run: RunFile,
  arrays: ReadonlyMap<string, NamedArray>,
  model: TrainedModel,
  watch: Watch,
): Promise<void> {
  const state = { step, optimizerStep: 0, seed: run.seed, epoch: 0, run: trainedAs(run) };
  await writeCheckpoint(folder, state, [encodeSafetensors(arrays)], [encodeSafetensors(new Map())]);
  const z = latentsFromSeeds(sampleSeeds, model.latent);
  const [width, height] = [model.imageSize, model.imageSize];
  const data = await renderPictures(
    z,
    width,
    (rows) => generateImages(model, rows),
    watch,
    'drawing',
  ).finally(() => {
    z.dispose();
  });
  const sheet = await pictureGrid(
    { data, count: sampleSeeds.length, width, height },
    { columns: 6, scale: 2 },
  );
  await writeWhole(join(runPaths(folder).samples, `${stepName(step)}.png`), sheet);
  await writeStatus(folder, finished());
}

function finished(): StatusFile {
  return {
    ...{ version: 1, phase: 'finished', step, steps: step, stepsPerSecond: 0, etaSeconds: null, pid: null },
    ...{ host: '', heartbeat: new Date().toISOString(), memory: 0, error: null },
  };
}
