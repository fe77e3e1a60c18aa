import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { BatchSchedule } from '../../../src/engine/data/batchSchedule.ts';
import type { PackedImages } from '../../../src/engine/data/packedImages.ts';
import type { TrainedSettings } from '../../../src/contract/runFiles.ts';
import { imagesFromBytes } from '../../../src/engine/models/layeredGenerator.ts';
import { decodeSafetensors, encodeSafetensors } from '../../../src/engine/models/safetensors.ts';
import { gpuChoice } from '../../../src/engine/tensorflow/chooseGpus.ts';
import { runtimeFacts } from '../../../src/engine/tensorflow/runtimeFacts.ts';
import { stepMode } from '../../../src/engine/tensorflow/wholeStep.ts';
import { createTrainer, usualImageLayer } from '../../../src/engine/training/createTrainer.ts';
import type { StepMetrics, Trainer } from '../../../src/engine/training/trainer.ts';
import { gpuMemoryInUse } from './gpuMemory.ts';
import { filesOf } from './messages.ts';
import type { AnswerOf, StepTime, TaskOf } from './messages.ts';

const seed = 11;

/** A trainer as a new run on this device has it. */
function trainerOf(model: TrainedSettings, weights?: ReturnType<typeof decodeSafetensors>): Trainer {
  return createTrainer(model, seed, weights, usualImageLayer(runtimeFacts().device));
}

/** Steps of a run as the loop of training makes them: batch and noise of each from its number. */
class Steps {
  readonly trainer: Trainer;
  readonly #images: PackedImages;
  readonly #schedule: BatchSchedule;
  #step: number;

  constructor(model: TrainedSettings, images: PackedImages, trainer: Trainer, first = 0) {
    this.trainer = trainer;
    this.#images = images;
    this.#step = first;
    const { batch } = model.hyperParameters;
    this.#schedule = new BatchSchedule({ items: images.indicesOf('train'), batch, seed });
  }

  next(): ReturnType<Trainer['step']> {
    const indices = this.#schedule.indicesForStep(this.#step);
    const batch = imagesFromBytes(this.#images.read(indices), this.#images.size);
    const metrics = this.trainer.step(batch, seed, this.#step, null);
    batch.dispose();
    this.#step += 1;
    return metrics;
  }
}

export async function makeSteps(
  { name, model, steps, from, before }: TaskOf<'steps'>,
  folder: string,
  images: PackedImages,
): Promise<AnswerOf<'steps'>> {
  const files = filesOf(join(folder, name));
  const saved = from === null ? undefined : filesOf(join(folder, from)).middle;
  const trainer = trainerOf(model, saved === undefined ? undefined : await read(`${saved}.weights`));
  try {
    if (saved !== undefined) trainer.restoreMoments(before, await read(`${saved}.moments`));
    const run = new Steps(model, images, trainer, before);
    const losses: StepMetrics[] = [];
    for (let step = before + 1; step <= before + steps; step++) {
      losses.push(run.next().read());
      if (step === before + 1) await writeFile(files.gradients, encodeSafetensors(trainer.moments()));
      if (from === null && step === steps / 2) await save(trainer, files.middle);
    }
    return { kind: 'steps', losses, sha256: await save(trainer, files.end) };
  } finally {
    trainer.dispose();
  }
}

async function read(file: string): Promise<ReturnType<typeof decodeSafetensors>> {
  return decodeSafetensors(await readFile(file), file);
}

/** @returns SHA-256 of all that was written */
async function save(trainer: Trainer, file: string): Promise<string> {
  const weights = encodeSafetensors(trainer.weights());
  const moments = encodeSafetensors(trainer.moments());
  await writeFile(`${file}.weights`, weights);
  await writeFile(`${file}.moments`, moments);
  return createHash('sha256').update(weights).update(moments).digest('hex');
}

/** Memory over many steps, looked at ten times; growth is from the second look on, when allocators have settled. */
export function watchMemory({ model, steps }: TaskOf<'memory'>, images: PackedImages): AnswerOf<'memory'> {
  const trainer = trainerOf(model);
  const run = new Steps(model, images, trainer);
  const uuid = gpuChoice().used.at(-1)?.uuid;
  const looks: { resident: number; gpu: number | undefined }[] = [];
  for (let step = 1; step <= steps; step++) {
    run.next().read();
    if (step % Math.ceil(steps / 10) !== 0) continue;
    looks.push({
      resident: process.memoryUsage.rss(),
      gpu: uuid === undefined ? undefined : gpuMemoryInUse(uuid),
    });
  }
  trainer.dispose();
  const onGpu = looks.flatMap(({ gpu }) => (gpu === undefined ? [] : [gpu]));
  return {
    kind: 'memory',
    resident: courseOf(looks.map(({ resident }) => resident)),
    gpu: onGpu.length === looks.length ? courseOf(onGpu) : null,
  };
}

function courseOf(values: readonly number[]): { peak: number; growth: number } {
  return { peak: Math.max(...values), growth: values.at(-1)! - values[1]! };
}

/** Each model's time in the way that this process runs steps: rounds of steps whose losses are read at the round's end. */
export function timeModels({ models, steps }: TaskOf<'times'>, images: PackedImages): AnswerOf<'times'> {
  const rounds = 3;
  const times = models.map((model): StepTime => {
    const trainer = trainerOf(model);
    const run = new Steps(model, images, trainer);
    for (let step = 0; step < 3; step++) run.next().read();
    const perStep = Array.from({ length: rounds }, () => {
      const start = performance.now();
      for (let step = 1; step < steps; step++) run.next().dispose();
      run.next().read();
      return (performance.now() - start) / steps;
    });
    trainer.dispose();
    const milliseconds = perStep.sort((a, b) => a - b)[1]!;
    return { model: model.kind, preset: model.preset, mode: stepMode(), milliseconds };
  });
  return { kind: 'times', times };
}
