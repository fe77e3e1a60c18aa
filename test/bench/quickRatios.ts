import { mkdtempSync, rmSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { dcganPresets, vaePresets } from '../../src/contract/hyperParameters.ts';
import { openImageSet } from '../../src/engine/data/imageSet.ts';
import { picturesAtATime } from '../../src/engine/interventions/recipePictures.ts';
import { betaVaeArchitecture } from '../../src/engine/models/betaVaeArchitecture.ts';
import { dcganArchitecture, dcganWeights } from '../../src/engine/models/dcganArchitecture.ts';
import { generateImages, latentsFromSeeds } from '../../src/engine/models/layeredGenerator.ts';
import { initialWeights } from '../../src/engine/models/networkWeights.ts';
import { TrainedModel } from '../../src/engine/models/trainedModel.ts';
import { influenceMaps } from '../../src/engine/modules/influenceMaps.ts';
import { tf } from '../../src/engine/tensorflow/tf.ts';
import { valuesOf } from '../../src/engine/tensorflow/valuesOf.ts';
import { BetaVaeTrainer } from '../../src/engine/training/betaVaeTrainer.ts';
import { DcganTrainer } from '../../src/engine/training/dcganTrainer.ts';
import type { Trainer } from '../../src/engine/training/trainer.ts';
import { makePhotographs, packInto } from './packing.ts';
import { timeDefinition, timeLags } from './spectraPieces.ts';
import { batchOfNoise, timeOneStep } from './timeSteps.ts';
import { middle, print } from './timing.ts';

/** Two ways to the same result in one process, a moment apart: whatever slows one down slows down the other. */
interface Pair {
  /** Milliseconds of the way that is slower by what the ratio is about. */
  plain: () => number | Promise<number>;
  /** Milliseconds of ours. */
  ours: () => number | Promise<number>;
  dispose: () => void;
}

const pairs: Record<string, () => Pair | Promise<Pair>> = {
  'vae-step': () =>
    pairOfSteps(vaePresets.compact.batch, () => {
      const architecture = betaVaeArchitecture(vaePresets.compact);
      return new BetaVaeTrainer(architecture, initialWeights(architecture, 0), 'blocks');
    }),
  'dcgan-step': () =>
    pairOfSteps(dcganPresets.compact.batch, () => {
      const architecture = dcganArchitecture(dcganPresets.compact);
      return new DcganTrainer(architecture, initialWeights(dcganWeights(architecture), 0), 'blocks');
    }),
  pictures: () => {
    const seeds = Array.from({ length: picturesAtATime }, (_, index) => index + 1);
    return pairOfPasses((model) =>
      valuesOf(() => generateImages(model, latentsFromSeeds(seeds, model.latent))),
    );
  },
  influence: () =>
    pairOfPasses((model) => influenceMaps(model, { level: 'fine', pairsInAll: 16, blocks: 1, seed: 0 })),
  packing: pairOfDecoders,
  sdr: () => ({ plain: timeDefinition, ours: timeLags, dispose: () => undefined }),
};

/** A step op by op, and as one function. */
function pairOfSteps(batch: number, make: () => Trainer): Pair {
  const images = batchOfNoise(batch);
  const eager = inStepMode('eager', make);
  const whole = inStepMode(undefined, make);
  const counts = { eager: 0, whole: 0 };
  return {
    plain: () => timeOneStep(eager, images, counts.eager++),
    ours: () => timeOneStep(whole, images, counts.whole++),
    dispose: () => {
      eager.dispose();
      whole.dispose();
      images.dispose();
    },
  };
}

/** What a model is asked op by op, and as one function. */
function pairOfPasses(ask: (model: TrainedModel) => unknown): Pair {
  const hyperParameters = vaePresets.compact;
  const weights = initialWeights(betaVaeArchitecture(hyperParameters), 0);
  const make = (): TrainedModel => new TrainedModel({ kind: 'vae', hyperParameters }, weights);
  const eager = inStepMode('eager', make);
  const whole = inStepMode(undefined, make);
  const time = async (model: TrainedModel): Promise<number> => {
    const start = performance.now();
    await ask(model);
    return performance.now() - start;
  };
  return {
    plain: () => time(eager),
    ours: () => time(whole),
    dispose: () => {
      eager.dispose();
      whole.dispose();
    },
  };
}

/** A trainer or a model reads how it is run when it is made. */
function inStepMode<T>(mode: string | undefined, make: () => T): T {
  const before = process.env['EXTRAPOLATION_STEP'];
  setStepMode(mode);
  try {
    return make();
  } finally {
    setStepMode(before);
  }
}

function setStepMode(mode: string | undefined): void {
  if (mode === undefined) delete process.env['EXTRAPOLATION_STEP'];
  else process.env['EXTRAPOLATION_STEP'] = mode;
}

/** Photographs decoded by sharp, as runs of earlier versions have them, and by TensorFlow. */
async function pairOfDecoders(): Promise<Pair> {
  const folder = mkdtempSync(join(tmpdir(), 'extrapolation-bench-'));
  await makePhotographs(folder, 64);
  const set = await openImageSet(folder);
  return {
    plain: () => packInto(set, 1),
    ours: () => packInto(set, 2),
    dispose: () => {
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/**
 * How many times as long the plain way takes, round by round: in each round both are run `runs` times in turn, and their medians
 * are divided. The first two runs of each are not counted: functions are recorded and graphs loaded in them.
 */
async function ratiosOf(pair: Pair, rounds: number, runs: number): Promise<number[]> {
  for (let run = 0; run < 2; run++) {
    await pair.plain();
    await pair.ours();
  }
  const ratios: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const [plain, ours]: [number[], number[]] = [[], []];
    for (let run = 0; run < runs; run++) {
      plain.push(await pair.plain());
      ours.push(await pair.ours());
    }
    ratios.push(median(plain) / median(ours));
  }
  return ratios;
}

function median(values: readonly number[]): number {
  return middle([...values].sort((a, b) => a - b));
}

/** Starts to watch how many cores, on the average, other programs keep busy. */
function watchOthers(): () => number {
  const [start, busy, own] = [performance.now(), busyOf(), process.cpuUsage()];
  return () => {
    const { user, system } = process.cpuUsage(own);
    return Math.max(0, busyOf() - busy - (user + system) / 1000) / (performance.now() - start);
  };
}

/** Milliseconds that this machine's cores have worked. */
function busyOf(): number {
  return cpus().reduce((sum, { times }) => sum + times.user + times.nice + times.sys + times.irq, 0);
}

/** `benchQuick.js ROUNDS RUNS [NAME…]`: a JSON line a pair, all of them where none is named. */
async function main([rounds, runs, ...names]: readonly string[]): Promise<void> {
  for (const name of names.length > 0 ? names : Object.keys(pairs)) {
    const make = pairs[name];
    if (make === undefined) throw new Error(`there is no pair named ${name}`);
    const pair = await make();
    try {
      const othersSoFar = watchOthers();
      const ratios = await ratiosOf(pair, Number(rounds), Number(runs));
      print({ name, ratios, others: othersSoFar() });
    } finally {
      pair.dispose();
    }
  }
  if (tf.memory().numTensors > 0) throw new Error(`${tf.memory().numTensors} tensors were left`);
}

main(process.argv.slice(2)).catch((error: unknown) => {
  process.stderr.write(
    `${basename(__filename)}: ${error instanceof Error ? error.message : String(error)}\n`,
  );
  process.exitCode = 1;
});
