import { createHash } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { dcganPresets, vaePresets } from '../../src/contract/hyperParameters.ts';
import type {
  DcganHyperParameters,
  SpectralOptions,
  VaeHyperParameters,
} from '../../src/contract/hyperParameters.ts';
import { decodingOf } from '../../src/contract/dataSet.ts';
import type { RunFile, TrainedSettings } from '../../src/contract/runFiles.ts';
import { makeFaces } from '../../src/engine/data/faces/makeFaces.ts';
import { openImageSet } from '../../src/engine/data/imageSet.ts';
import { packImages } from '../../src/engine/data/packImages.ts';
import type { PackedImages } from '../../src/engine/data/packedImages.ts';
import { readCheckpoint } from '../../src/engine/runs/checkpoints.ts';
import { createRun } from '../../src/engine/runs/runFolder.ts';
import { trainModel } from '../../src/engine/training/trainModel.ts';
import type { TrainOutcome } from '../../src/engine/training/trainModel.ts';

/** The smallest β-VAE that has every part: a step takes a few milliseconds. */
export const tinyModel: VaeHyperParameters = {
  ...vaePresets.compact,
  width: 4,
  fineChannels: 4,
  latent: 8,
  batch: 8,
};

/** The smallest DCGAN that has every part. */
export const tinyDcgan: DcganHyperParameters = { ...dcganPresets.compact, width: 2, latent: 8, batch: 8 };

export const tinyDcganModel: TrainedSettings = {
  kind: 'dcgan',
  preset: 'compact',
  hyperParameters: tinyDcgan,
};

/** A run as run.json has it, for what trains nothing. */
export const plainRun: RunFile = {
  version: 1,
  id: 'one',
  createdAt: '2026-01-01T00:00:00.000Z',
  model: { kind: 'vae', preset: 'compact', hyperParameters: tinyModel },
  data: { folder: 'faces', crop: 'vae', size: 64, key: 'none', trainingImages: 8 },
  ...{ seed: 0, steps: 7, checkpointEvery: 7, measureEvery: 3, tensorboard: false, spectral: null },
  versions: { studio: '0', tensorflow: '0', tfjs: '0', node: '0' },
  device: { kind: 'cpu', intraOpThreads: 1, interOpThreads: 1 },
};

/** A temporary folder, removed when the caller is done. */
export async function temporaryFolder(): Promise<{ folder: string; remove: () => Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), 'extrapolation-test-'));
  return { folder, remove: () => rm(folder, { recursive: true, force: true }) };
}

/** A few synthetic faces, packed. */
export async function packFaces(folder: string, count: number): Promise<PackedImages> {
  const faces = join(folder, 'faces');
  await makeFaces({ out: faces, count, seed: 3 });
  return packImages(await openImageSet(faces), {
    crop: 'vae',
    size: 64,
    cacheFolder: join(folder, 'packed'),
  });
}

export function tinyRun(images: PackedImages, changes: Partial<RunFile> = {}): RunFile {
  return {
    version: 1,
    id: 'tiny',
    createdAt: '2026-01-01T00:00:00.000Z',
    model: { kind: 'vae', preset: 'compact', hyperParameters: tinyModel },
    data: {
      folder: images.manifest.source,
      crop: 'vae',
      size: 64,
      decoding: decodingOf(images.manifest),
      selection: 'pictures',
      key: images.manifest.key,
      trainingImages: images.indicesOf('train').length,
    },
    seed: 5,
    steps: 24,
    checkpointEvery: 5,
    measureEvery: 4,
    tensorboard: false,
    spectral: null,
    versions: { studio: '0', tensorflow: '0', tfjs: '0', node: '0' },
    device: { kind: 'cpu', intraOpThreads: 2, interOpThreads: 2 },
    ...changes,
  };
}

export const withSpectralStep: SpectralOptions = {
  gamma: 0.1,
  cap: 0.05,
  grid: 'filtered',
  variant: 'normalised',
};

/** Trains a run in `folder`, stopping softly after the given steps, each time going on from what was saved. */
export async function trainInPieces(
  folder: string,
  run: RunFile,
  images: PackedImages,
  stops: readonly number[],
): Promise<TrainOutcome> {
  await createRun(folder, run);
  for (const stop of [...stops, Infinity]) {
    const controller = new AbortController();
    const outcome = await trainModel(
      { folder, run, images, atCheckpoint: () => Promise.resolve({}) },
      {
        signal: controller.signal,
        onProgress: ({ done }) => {
          if (done >= stop) controller.abort();
        },
      },
    );
    if (outcome.phase === 'finished') return outcome;
  }
  throw new Error('the run did not finish');
}

/** SHA-256 of the weights and of the optimiser's state at a step. */
export async function checkpointHash(folder: string, step: number): Promise<string> {
  const { weights, optimizer } = await readCheckpoint(folder, step);
  return createHash('sha256').update(weights).update(optimizer).digest('hex');
}
