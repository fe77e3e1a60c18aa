import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { trainable } from '../../../src/contract/trainable.ts';
import type { ImageLayer, RunFile } from '../../../src/contract/runFiles.ts';
import { BatchSchedule } from '../../../src/engine/data/batchSchedule.ts';
import type { PackedImages } from '../../../src/engine/data/packedImages.ts';
import { imagesFromBytes } from '../../../src/engine/models/layeredGenerator.ts';
import { encodeSafetensors } from '../../../src/engine/models/safetensors.ts';
import { checkpointSteps, readCheckpoint } from '../../../src/engine/runs/checkpoints.ts';
import { readMetrics } from '../../../src/engine/runs/metricsFile.ts';
import { createRun } from '../../../src/engine/runs/runFolder.ts';
import { createTrainer } from '../../../src/engine/training/createTrainer.ts';
import { BetaVaeTrainer } from '../../../src/engine/training/betaVaeTrainer.ts';
import type { StepMetrics, Trainer } from '../../../src/engine/training/trainer.ts';
import { trainModel } from '../../../src/engine/training/trainModel.ts';
import { Unread } from '../../../src/engine/training/unread.ts';
import {
  checkpointHash,
  packFaces,
  temporaryFolder,
  tinyModel,
  tinyRun,
  trainInPieces,
  withSpectralStep,
} from '../../setup/tinyTraining.ts';

let root: string;
let images: PackedImages;
let remove: () => Promise<void>;
beforeAll(async () => {
  ({ folder: root, remove } = await temporaryFolder());
  const packed = await packFaces(root, 24);
  // Every fourth picture is held out, so that a loop that trained on all of them would show.
  images = {
    ...packed,
    indicesOf: (part) =>
      Int32Array.from({ length: packed.count }, (_, index) => index).filter(
        (index) => (index % 4 === 0 ? 'validation' : 'train') === part,
      ),
  };
}, 60_000);
afterAll(async () => {
  images.close();
  await remove();
});

function runOf(changes: Partial<RunFile>): RunFile {
  const model = { kind: 'vae', preset: 'compact', hyperParameters: { ...tinyModel, batch: 4 } } as const;
  return { ...tinyRun(images), model, seed: 9, measureEvery: 2, ...changes };
}

/** The loop in its own words: batch and noise of step i from (seed, i), i from 0. */
function steppedByHand(
  run: RunFile,
  imageLayer: ImageLayer = 'plain',
): {
  weights: ReturnType<Trainer['weights']>;
  numbers: StepMetrics[];
} {
  const trainer = createTrainer(trainable(run), run.seed, undefined, imageLayer);
  const items = images.indicesOf('train');
  const schedule = new BatchSchedule({ items, batch: 4, seed: run.seed });
  const numbers = Array.from({ length: run.steps }, (_, step) => {
    const batch = imagesFromBytes(images.read(schedule.indicesForStep(step)), 64);
    const measured = trainer.step(batch, run.seed, step, run.spectral).read();
    batch.dispose();
    return measured;
  });
  const weights = trainer.weights();
  trainer.dispose();
  return { weights, numbers };
}

describe('training a run', () => {
  it.each([
    ['without', null],
    ['with', withSpectralStep],
  ] as const)(
    'makes its steps on its training pictures, %s the spectral step, and writes their means',
    async (name, spectral) => {
      const run = runOf({ steps: 5, checkpointEvery: 2, spectral });
      const folder = join(root, `run-${name}`);
      await createRun(folder, run);
      const measuredAt: number[] = [];
      const outcome = await trainModel(
        {
          folder,
          run,
          images,
          atCheckpoint: (_, step) => {
            measuredAt.push(step);
            return Promise.resolve({ seen: step });
          },
        },
        {},
      );
      expect(outcome).toEqual({ phase: 'finished', step: 5, damaged: [], notes: [] });
      const byHand = steppedByHand(run);
      const { weights, state } = await readCheckpoint(folder, 5);
      // The same to the bit on one machine with one number of threads.
      expect(weights.equals(encodeSafetensors(byHand.weights))).toBe(true);
      // 18 training pictures in batches of 4: four steps an epoch, so step 5 has begun the second.
      expect(state).toMatchObject({ step: 5, optimizerStep: 5, seed: 9, epoch: 1 });
      expect(await checkpointSteps(folder)).toEqual([0, 2, 4, 5]);
      expect(measuredAt).toEqual([0, 2, 4, 5]);

      const lines = await readMetrics(folder);
      expect(lines.filter(({ values }) => 'seen' in values).map(({ step }) => step)).toEqual([0, 2, 4, 5]);
      const losses = lines.filter(({ values }) => 'loss' in values);
      const own = byHand.numbers.map((each) => each['loss']!);
      expect(losses.map(({ step, values }) => [step, values['loss']])).toEqual([
        [1, own[0]],
        [2, own[1]],
        [4, (own[2]! + own[3]!) / 2],
        [5, own[4]],
      ]);
    },
  );

  it('the spectral step and the seed make a difference', () => {
    const [plain, spectral, other] = [
      runOf({ steps: 2 }),
      runOf({ steps: 2, spectral: withSpectralStep }),
      runOf({ steps: 2, seed: 10 }),
    ].map((run) => steppedByHand(run).weights.get('decoder.fine.kernel')!.data);
    expect(plain).not.toEqual(spectral);
    expect(plain).not.toEqual(other);
  });

  it('computes the image layer as run.json says, and the plain way where it does not, as in runs of earlier versions', async () => {
    const hashes: string[] = [];
    for (const imageLayer of [undefined, 'plain', 'blocks'] as const) {
      const run = runOf({ steps: 3 });
      if (imageLayer !== undefined) run.device = { ...run.device, imageLayer };
      const folder = join(root, `image-${imageLayer ?? 'unsaid'}`);
      // Stopped on the way: what goes on goes on as it began.
      await trainInPieces(folder, run, images, [1]);
      const byHand = steppedByHand(run, imageLayer);
      expect((await readCheckpoint(folder, 3)).weights.equals(encodeSafetensors(byHand.weights))).toBe(true);
      hashes.push(await checkpointHash(folder, 3));
    }
    expect(hashes[1]).toBe(hashes[0]);
    expect(hashes[2]).not.toBe(hashes[0]);
  });

  it('stopped and gone on with, gives the weights and moments of one that was not', async () => {
    const run = runOf({ steps: 5, checkpointEvery: 100, spectral: withSpectralStep });
    const [whole, pieces] = [join(root, 'whole'), join(root, 'pieces')];
    expect(await trainInPieces(whole, run, images, [])).toMatchObject({ phase: 'finished', step: 5 });
    expect(await trainInPieces(pieces, run, images, [1, 3])).toMatchObject({ phase: 'finished', step: 5 });
    expect(await checkpointSteps(pieces)).toEqual([0, 1, 3, 5]);
    const [one, other] = [await readCheckpoint(whole, 5), await readCheckpoint(pieces, 5)];
    expect(other.state).toEqual(one.state);
    expect(other.weights.equals(one.weights)).toBe(true);
    expect(other.optimizer.equals(one.optimizer)).toBe(true);
  });

  it('reads the losses that wait before it saves: one that is no number is followed by no checkpoint', async () => {
    // Seven steps without a line, in much less than a second: the losses of steps 2 to 4 wait for the checkpoint of step 4.
    const run = runOf({ steps: 7, checkpointEvery: 4, measureEvery: 100 });
    const folder = join(root, 'diverged');
    await createRun(folder, run);
    const step = vi.spyOn(BetaVaeTrainer.prototype, 'step').mockImplementation((_images, _seed, at) => {
      return new Unread([], () => ({ loss: at === 2 ? NaN : 1, reconstruction: 1, kl: 1 }));
    });
    const training = trainModel({ folder, run, images, atCheckpoint: () => Promise.resolve({}) }, {});
    await expect(training).rejects.toMatchObject({
      code: 'diverged',
      message: expect.stringContaining('the loss of step 3 is NaN') as string,
    });
    step.mockRestore();
    expect(await checkpointSteps(folder)).toEqual([0]);
  });
});
