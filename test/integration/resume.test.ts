import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RunFile } from '../../src/contract/runFiles.ts';
import type { PackedImages } from '../../src/engine/data/packedImages.ts';
import { readMetrics } from '../../src/engine/runs/metricsFile.ts';
import {
  checkpointHash,
  packFaces,
  temporaryFolder,
  tinyDcganModel,
  tinyRun,
  trainInPieces,
  withSpectralStep,
} from '../setup/tinyTraining.ts';

let place: Awaited<ReturnType<typeof temporaryFolder>>;
let images: PackedImages;

beforeAll(async () => {
  place = await temporaryFolder();
  images = await packFaces(place.folder, 80);
});

afterAll(async () => {
  images.close();
  await place.remove();
});

/** As new runs are on a processor. */
const onBlocks: RunFile['device'] = {
  ...{ kind: 'cpu', intraOpThreads: 2, interOpThreads: 2 },
  imageLayer: 'blocks',
};

describe('a resumed run', () => {
  // 72 training images and batches of 8 make epochs of 9 steps: the stops lie before, on and after a checkpoint (5) and an epoch's end (9, 18).
  it.each([
    { name: 'plain', spectral: null, stops: [1] },
    { name: 'plain', spectral: null, stops: [5] },
    { name: 'plain', spectral: null, stops: [9] },
    { name: 'plain', spectral: null, stops: [4, 13, 18, 23] },
    { name: 'spectral', spectral: withSpectralStep, stops: [7, 19] },
    { name: 'dcgan', spectral: null, stops: [4, 13, 18, 23], model: tinyDcganModel },
    { name: 'dcgan-spectral', spectral: withSpectralStep, stops: [7, 19], model: tinyDcganModel },
    { name: 'blocks', spectral: withSpectralStep, stops: [4, 13, 18, 23], device: onBlocks },
    { name: 'dcgan-blocks', spectral: null, stops: [4, 13, 18, 23], model: tinyDcganModel, device: onBlocks },
  ])(
    'equals the uninterrupted one to the bit ($name, stopped after $stops)',
    async ({ name, spectral, stops, model, device }) => {
      const run = tinyRun(images, { spectral, ...(model && { model }), ...(device && { device }) });
      const whole = join(place.folder, `whole-${name}-${stops.join('-')}`);
      const pieces = join(place.folder, `pieces-${name}-${stops.join('-')}`);
      await trainInPieces(whole, run, images, []);
      await trainInPieces(pieces, run, images, stops);
      expect(await checkpointHash(pieces, run.steps)).toBe(await checkpointHash(whole, run.steps));
    },
  );

  it('depends on the seed', async () => {
    const one = join(place.folder, 'seed-1');
    const two = join(place.folder, 'seed-2');
    await trainInPieces(one, tinyRun(images, { seed: 1, steps: 2 }), images, []);
    await trainInPieces(two, tinyRun(images, { seed: 2, steps: 2 }), images, []);
    expect(await checkpointHash(one, 2)).not.toBe(await checkpointHash(two, 2));
  });

  it('has each measurement once, also where it was stopped between two checkpoints', async () => {
    const folder = join(place.folder, 'metrics');
    const run = tinyRun(images);
    await trainInPieces(folder, run, images, [6, 14]);
    const steps = (await readMetrics(folder)).map(({ step }) => step);
    expect(steps).toEqual([1, 2, 4, 8, 12, 16, 20, 24]);
    expect(await readFile(join(folder, 'run.json'), 'utf8')).toContain('"steps": 24');
  });
});
