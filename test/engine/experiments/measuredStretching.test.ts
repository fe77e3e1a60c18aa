import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { StretchingResult } from '../../../src/contract/analysis.ts';
import type { TrainedRun } from '../../../src/engine/experiments/experiment.ts';
import { MeasuredStretching } from '../../../src/engine/experiments/fig4/measuredStretching.ts';
import { runPaths, stepName } from '../../../src/engine/runs/runFolder.ts';
import { temporaryFolder } from '../../setup/tinyTraining.ts';
import { closeModels } from '../../../src/engine/session/modelPool.ts';

afterEach(closeModels);

let place: Awaited<ReturnType<typeof temporaryFolder>>;
beforeEach(async () => {
  place = await temporaryFolder();
});
afterEach(() => place.remove());

const result: StretchingResult = {
  ...{ version: 1, axis: 'horizontal', factor: 1.5, samples: 64, cropped: 8, gradientEnergy: 1 },
  levels: [{ level: 'fine', error: 1, normalisedError: 1, uncroppedError: 1, participationRatio: 0.5 }],
};

async function runWith(weights: string): Promise<TrainedRun> {
  const folder = join(place.folder, 'run');
  const checkpoint = join(runPaths(folder).checkpoints, stepName(500));
  await mkdir(checkpoint, { recursive: true });
  const state = {
    ...{ version: 1, step: 500, optimizerStep: 500, seed: 0, epoch: 1 },
    sha256: { weights: weights.repeat(64), optimizer: '0'.repeat(64) },
  };
  await writeFile(join(checkpoint, 'state.json'), JSON.stringify(state));
  const unused = (): Promise<never> => Promise.reject(new Error('not needed here'));
  return {
    ...{ name: 'run', folder, step: 500, checkpoints: [500], withModel: unused, withImages: unused },
    needed: { kind: 'vae', seed: 0, spectral: false, set: 'default' },
  };
}

it('measures a checkpoint once, also over processes, and again for other weights, samples, or a damaged file', async () => {
  let count = 0;
  const work = (): Promise<StretchingResult> => {
    count += 1;
    return Promise.resolve(result);
  };
  const ask = async (weights: string, samples: number): Promise<StretchingResult> => {
    const known = await MeasuredStretching.open(place.folder, samples);
    return known.of(await runWith(weights), 500, work);
  };
  expect(await ask('a', 64)).toEqual(result);
  expect(await ask('a', 64)).toEqual(result);
  expect(count).toBe(1);
  await ask('b', 64);
  await ask('a', 32);
  expect(count).toBe(3);
  await ask('b', 64);
  expect(count).toBe(3);
  await writeFile(join(place.folder, 'measured.json'), '{"version":1,"measured"');
  await ask('a', 64);
  expect(count).toBe(4);
});
