import { cp } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { fewPairs } from '../../../../src/contract/analysis.ts';
import type { Progress } from '../../../../src/contract/progress.ts';
import { openEngine } from '../../../../src/engine/engine.ts';
import type { EngineClient } from '../../../../src/engine/engine.ts';
import { TrainedModel } from '../../../../src/engine/models/trainedModel.ts';
import { appendMetrics } from '../../../../src/engine/runs/metricsFile.ts';
import { closeModels } from '../../../../src/engine/session/modelPool.ts';
import {
  packFaces,
  temporaryFolder,
  tinyModel,
  tinyRun,
  trainInPieces,
  withSpectralStep,
} from '../../../setup/tinyTraining.ts';
import { pretendRun } from '../../../setup/pretendRun.ts';

afterEach(closeModels);

let folder: string;
let remove: () => Promise<void>;
let engine: EngineClient;
let plain: string;
let spectral: string;
const samples = 16;
/** Channels enough that a level has more than `fewPairs` pairs. */
const model = {
  ...({ kind: 'vae', preset: 'compact' } as const),
  hyperParameters: { ...tinyModel, width: 16, fineChannels: 16 },
};

async function last<R>(stream: PromiseLike<{ next(): Promise<IteratorResult<Progress, R>> }>): Promise<R> {
  const iterator = await stream;
  for (;;) {
    const next = await iterator.next();
    if (next.done === true) return next.value;
  }
}

/** The same weights under another seed, as a run of its own. */
async function underSeed(run: string, seed: number): Promise<string> {
  const other = `${run}-seed-${seed}`;
  await cp(run, other, { recursive: true });
  await pretendRun(other, (run) => ({ ...run, seed }));
  return other;
}

beforeAll(async () => {
  ({ folder, remove } = await temporaryFolder());
  process.env['EXTRAPOLATION_CACHE'] = join(folder, 'cache');
  const images = await packFaces(folder, 120);
  [plain, spectral] = [join(folder, 'plain'), join(folder, 'spectral')];
  const asked = { model, steps: 10, checkpointEvery: 5 };
  await trainInPieces(plain, tinyRun(images, asked), images, []);
  await trainInPieces(spectral, tinyRun(images, { ...asked, spectral: withSpectralStep }), images, []);
  images.close();
  engine = await openEngine();
}, 120_000);

afterAll(async () => {
  delete process.env['EXTRAPOLATION_CACHE'];
  await remove();
});

describe('verdicts on one model', () => {
  it('are decided by the numbers that the page shows of it', async () => {
    const { sdr, step } = await last(engine.analysis.sdr({ run: plain, samples }));
    const told = await last(engine.analysis.modelVerdicts({ run: plain, samples }));
    expect(told).toMatchObject({ run: 'plain', step });
    const wide = (level: string, side: string): number =>
      sdr.levels.find((one) => one.level === level && one.side === side)!.own!.summary.iqr;
    const enough = sdr.levels
      .filter(({ side, own }) => side === 'decoder' && own!.summary.count >= fewPairs)
      .map(({ level }) => level);
    expect(enough).toEqual(['coarse', 'intermediate', 'fine']);
    expect(told.verdicts[1]!.values.flatMap(({ perSeed }) => perSeed)).toEqual(
      enough.flatMap((level) => [wide(level, 'encoder'), wide(level, 'decoder')]),
    );
    const isWider = enough.every((level) => wide(level, 'encoder') > wide(level, 'decoder'));
    expect(told.verdicts.map(({ outcome }) => outcome)[1]).toBe(isWider ? 'holds' : 'does-not-hold');
    expect(told.verdicts.map(({ seeds }) => seeds)).toEqual([[5], [5], [5]]);
  });
});

describe('verdicts on training', () => {
  it('are decided over the seeds of the runs that can be compared, and say which those are', async () => {
    const others = await Promise.all(
      [plain, spectral].flatMap((run) => [underSeed(run, 6), underSeed(run, 7)]),
    );
    const strange = join(folder, 'strange');
    await cp(plain, strange, { recursive: true });
    await pretendRun(strange, (run) => ({ ...run, seed: 8, steps: 11 }));
    const runs = [plain, strange, spectral, ...others];
    const told = await last(engine.analysis.trainingVerdicts({ runs, samples }));
    expect([...told.runs].sort()).toEqual([plain, spectral, ...others].sort());
    const { models } = await last(engine.analysis.stretching({ runs: [plain, spectral], samples }));
    const [a, b] = ['plain', 'spectral'].map((run) => {
      const { stretching } = models.findLast((one) => one.run === run)!;
      return stretching.levels.find(({ level }) => level === 'fine')!;
    });
    const [overshoot, error, localised] = told.verdicts;
    // Three seeds of the same weights agree, whatever they say.
    expect([error!.outcome, localised!.outcome]).toEqual([
      b!.error < a!.error ? 'holds' : 'does-not-hold',
      b!.participationRatio < a!.participationRatio ? 'holds' : 'does-not-hold',
    ]);
    expect(error).toMatchObject({
      seeds: [5, 6, 7],
      values: [
        { name: 'spectral, fine-level error', unit: null, perSeed: [b!.error, b!.error, b!.error] },
        { name: 'plain, fine-level error', unit: null, perSeed: [a!.error, a!.error, a!.error] },
      ],
      reference: 'At 10 steps, the last that both have.',
    });
    // Nothing was measured of the reconstruction at these checkpoints.
    expect(overshoot).toMatchObject({ outcome: 'undecidable', reference: '' });
  });

  it('take the reconstruction from what the run measured', async () => {
    const measured = await underSeed(plain, 9);
    for (const [step, value] of [
      [5, 0.2],
      [10, 0.1],
    ] as const)
      await appendMetrics(measured, { step, seconds: 1, values: { heldOutReconstruction: value } });
    const { models } = await last(engine.analysis.stretching({ runs: [measured], samples }));
    const fine = models.map(
      ({ stretching }) => stretching.levels.find(({ level }) => level === 'fine')!.error,
    );
    const { verdicts } = await last(engine.analysis.trainingVerdicts({ runs: [measured], samples }));
    expect(verdicts[0]).toMatchObject({ outcome: 'undecidable', seeds: [9] });
    expect(verdicts[0]!.values[0]!.perSeed).toEqual([fine.at(-1)! / Math.min(...fine)]);
    expect(verdicts[0]!.because).toMatch(/of 1 seed; fewer than 3 decide nothing\.$/);
  });
});

it('what was measured for the page is not measured again', async () => {
  const settings = { factor: 1.25, axis: 'vertical', samples: 20 } as const;
  await last(engine.analysis.sdr({ run: plain, samples: 20 }));
  await last(engine.analysis.stretching({ runs: [plain], ...settings }));
  const start = vi.spyOn(TrainedModel.prototype, 'start');
  await last(engine.analysis.modelVerdicts({ run: plain, samples: 20 }));
  await last(engine.analysis.trainingVerdicts({ runs: [plain], ...settings }));
  expect(start).not.toHaveBeenCalled();
  await last(engine.analysis.trainingVerdicts({ runs: [plain], ...settings, factor: 1.75 }));
  expect(start).toHaveBeenCalled();
});
