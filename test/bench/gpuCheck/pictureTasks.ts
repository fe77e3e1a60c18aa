import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { magenta } from '../../../src/contract/recipe.ts';
import type { Recipe } from '../../../src/contract/recipe.ts';
import { sdrOfNetwork } from '../../../src/engine/analysis/networkSdr.ts';
import { stretchedAt } from '../../../src/engine/analysis/stretchedPictures.ts';
import { applyRecipe } from '../../../src/engine/interventions/applyRecipe.ts';
import { generateImages, latentsFromSeeds } from '../../../src/engine/models/layeredGenerator.ts';
import { priorLatents } from '../../../src/engine/models/measuringLatents.ts';
import { encodeSafetensors } from '../../../src/engine/models/safetensors.ts';
import type { NamedArray } from '../../../src/engine/models/safetensors.ts';
import type { TrainedModel } from '../../../src/engine/models/trainedModel.ts';
import { bundledModelFolder } from '../../../src/engine/runs/bundledModel.ts';
import { checkpointSteps } from '../../../src/engine/runs/checkpoints.ts';
import { closeModel, openModel } from '../../../src/engine/session/openModel.ts';
import { tf } from '../../../src/engine/tensorflow/tf.ts';
import type { Tensor2D, Tensor4D } from '../../../src/engine/tensorflow/tf.ts';
import { valuesOf } from '../../../src/engine/tensorflow/valuesOf.ts';
import type { AnswerOf, TaskOf } from './messages.ts';

const seeds = Array.from({ length: 36 }, (_, index) => index + 1);

/** Every second of the first sixteen channels in magenta: what is compared is arithmetic, and any channels do. */
const fluoHair: Recipe = {
  version: 1,
  name: 'check',
  steps: [
    {
      kind: 'fluoHair',
      channels: [0, 2, 4, 6, 8, 10, 12, 14],
      map: { kind: 'target', colour: magenta.colour, strength: 1.5 },
      enabled: true,
    },
  ],
};

async function withBundledModel<T>(work: (model: TrainedModel) => Promise<T>): Promise<T> {
  const folder = bundledModelFolder();
  const step = (await checkpointSteps(folder)).at(-1);
  if (step === undefined) throw new Error(`there is no model in ${folder}`);
  const open = await openModel(folder, step);
  try {
    return await work(open.model);
  } finally {
    closeModel(open);
  }
}

/** What the model that comes along makes of 36 seeds: as they are, with FluoHair, stretched; and the decoder's spectra. */
export async function makePictures(
  { name, samples }: TaskOf<'pictures'>,
  folder: string,
): Promise<AnswerOf<'pictures'>> {
  const arrays = await withBundledModel(async (model) => {
    const z = latentsFromSeeds(seeds, model.latent);
    const ways: Record<string, (z: Tensor2D) => Tensor4D> = {
      pictures: (latents) => generateImages(model, latents),
      fluoHair: (latents) => applyRecipe(model, fluoHair, latents),
      stretched: (latents) =>
        stretchedAt(model, latents, 'intermediate', { axis: 'horizontal', factor: 1.3 }),
    };
    const made = Object.entries(ways).map(([way, of]) => [way, arrayOf(valuesOf(() => of(z)))] as const);
    z.dispose();
    return new Map([...made, ...(await spectra(model, samples))]);
  });
  await writeFile(join(folder, `${name}.pictures`), encodeSafetensors(arrays));
  return { kind: 'pictures' };
}

async function spectra(model: TrainedModel, samples: number): Promise<[string, NamedArray][]> {
  const latents = [priorLatents(model, samples)];
  const subject = { side: 'decoder', generator: model, latents } as const;
  const { result, pairs } = await sdrOfNetwork([subject], { grid: 'filtered', seed: 0 });
  tf.dispose(latents);
  return result.levels.map(({ level }, at) => [
    `sdr.${level}`,
    arrayOf(Float32Array.from(pairs[at]!.values)),
  ]);
}

function arrayOf(data: Float32Array): NamedArray {
  return { shape: [data.length], data };
}

/** From latents to numbers in JavaScript, 36 pictures; the first time is not counted. */
export async function timeDecoding({ repeats }: TaskOf<'decode'>): Promise<AnswerOf<'decode'>> {
  const times = await withBundledModel((model) => {
    const z = latentsFromSeeds(seeds, model.latent);
    const each = Array.from({ length: repeats + 1 }, () => {
      const start = performance.now();
      valuesOf(() => generateImages(model, z));
      return performance.now() - start;
    });
    z.dispose();
    return Promise.resolve(each.slice(1).sort((a, b) => a - b));
  });
  return { kind: 'decode', milliseconds: times[Math.floor(times.length / 2)]! };
}
