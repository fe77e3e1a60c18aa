import { setImmediate as nextTurn } from 'node:timers/promises';
import { StudioError } from '../../contract/errors.ts';
import type { Watch } from '../../contract/progress.ts';
import type { ColourMap, Recipe } from '../../contract/recipe.ts';
import type { PackedImages } from '../data/packedImages.ts';
import { applyRecipe } from '../interventions/applyRecipe.ts';
import { colourMatrix } from '../interventions/colourMatrix.ts';
import { recolourKernel } from '../interventions/fluoHair.ts';
import { maskOf } from '../interventions/masks.ts';
import { measureFluoHair } from '../interventions/measureFluoHair.ts';
import type { FaceTones, FluoHairMeasurement, FluoHairPictures } from '../interventions/measureFluoHair.ts';
import { createRandom } from '../math/random.ts';
import { median, quantile } from '../math/statistics.ts';
import { generateImages, layerOf, mapsAt } from '../models/layeredGenerator.ts';
import { tanh } from '../tensorflow/activations.ts';
import { tf } from '../tensorflow/tf.ts';
import type { Tensor2D } from '../tensorflow/tf.ts';
import { valuesOf } from '../tensorflow/valuesOf.ts';
import { encodeMeans } from '../session/encodeMeans.ts';
import { floatsOf } from '../session/decodePictures.ts';
import type { OpenModel } from '../session/openModel.ts';
import type { FaceTruth } from '../data/faceTruth.ts';

const batch = 64;
const randomSets = 40;
/** Faces that the random sets are measured on: enough for a median, few enough for forty sets. */
const facesForRandomSets = 64;

export interface FluoHairResult {
  faces: number;
  channels: readonly number[];
  /** By the name of the colour map. */
  measurements: { name: string; map: ColourMap; measured: FluoHairMeasurement }[];
  /** Ratio of hair change to other change under g = −I for random sets of as many channels. */
  random: { sets: number; median: number; ninetieth: number; faces: number };
  /** Under g = −I on the same faces, so that it can be compared with `random`. */
  moduleOnSameFaces: number;
  /** The maps below the recoloured kernel, compared bit by bit. */
  fineMapsIdentical: boolean;
}

export function fluoHairStep(channels: readonly number[], map: ColourMap): Recipe {
  return {
    version: 1,
    name: 'FluoHair',
    steps: [{ kind: 'fluoHair', channels: [...channels], map, enabled: true }],
  };
}

/** Measures FluoHair on encoded held-out faces against their true masks (paper, Fig. 1). */
export async function measureFluoHairOnFaces(
  { model }: Pick<OpenModel, 'model'>,
  images: PackedImages,
  indices: Int32Array,
  truth: FaceTruth,
  channels: readonly number[],
  maps: readonly { name: string; map: ColourMap }[],
  watch: Watch,
): Promise<FluoHairResult> {
  const z = encodeMeans(model, images, indices);
  try {
    const masks = { hair: maskOf(truth.hair), face: maskOf(truth.face), size: images.size };
    return await measureFluoHairIn({ ...masks, tones: tonesOf(truth) }, model, z, channels, maps, watch);
  } finally {
    z.dispose();
  }
}

export function tonesOf({ rows }: Pick<FaceTruth, 'rows'>): FaceTones[] {
  return rows.map(({ hairTone, skinTone }) => ({ hair: hairTone, skin: skinTone }));
}

/** Measures FluoHair on faces whose hair is marked, whoever marked it. @param z one row a face */
export async function measureFluoHairIn(
  marked: MarkedFaces,
  model: OpenModel['model'],
  z: Tensor2D,
  channels: readonly number[],
  maps: readonly { name: string; map: ColourMap }[],
  watch: Watch,
): Promise<FluoHairResult> {
  const before = await floatsOf(z, (part) => generateImages(model, part));
  const measurements: FluoHairResult['measurements'] = [];
  for (const { name, map } of maps) {
    if (watch.signal?.aborted === true)
      throw new StudioError('interrupted', 'The measurement of FluoHair was stopped.');
    const recipe = fluoHairStep(channels, map);
    const after = await floatsOf(z, (part) => applyRecipe(model, recipe, part));
    measurements.push({ name, map, measured: measureFluoHair({ before, after, ...marked }) });
    watch.onProgress?.({ phase: 'measuring FluoHair', done: measurements.length, total: maps.length });
  }
  return {
    ...(await compareWithRandomSets(model, z, before, marked, channels)),
    faces: z.shape[0],
    channels,
    measurements,
    fineMapsIdentical: fineMapsStay(model, z, channels),
  };
}

/** Where hair and face are on some pictures; see `FluoHairPictures`. */
export type MarkedFaces = Pick<FluoHairPictures, 'hair' | 'face' | 'rest' | 'tones' | 'size'>;

/** A random set scores high whenever it happens to hold a hair channel, so the ninetieth percentile stands beside the median. */
async function compareWithRandomSets(
  model: OpenModel['model'],
  z: Tensor2D,
  before: Float32Array,
  masks: MarkedFaces,
  channels: readonly number[],
): Promise<Pick<FluoHairResult, 'random' | 'moduleOnSameFaces'>> {
  const faces = Math.min(facesForRandomSets, z.shape[0]);
  const pixels = masks.size ** 2;
  const few = {
    before: before.subarray(0, faces * pixels * 3),
    hair: masks.hair.subarray(0, faces * pixels),
    face: masks.face.subarray(0, faces * pixels),
    ...(masks.rest && { rest: masks.rest.subarray(0, faces * pixels) }),
    ...(masks.tones && { tones: masks.tones.slice(0, faces) }),
    size: masks.size,
  };
  const fine = tf.tidy(() => mapsAt(model, z.slice([0, 0], [faces, z.shape[1]]), 'fine'));
  const layer = layerOf(model, 'image');
  const negation = colourMatrix({ kind: 'negate' });
  const ratioOf = (set: readonly number[]): number => {
    const after = valuesOf(() => {
      const kernel = recolourKernel(
        layer,
        model.kernel('image'),
        new Map(set.map((channel) => [channel, negation])),
      );
      return tanh(model.imageLogits(fine, kernel));
    });
    return measureFluoHair({ ...few, after }).ratioOutside ?? 0;
  };
  const random = createRandom(0, 0xf1);
  const ratios: number[] = [];
  for (let i = 0; i < randomSets; i++) {
    const pool = Array.from({ length: layer.inputChannels }, (_, channel) => channel);
    const set = channels.map(() => pool.splice(random.integer(pool.length), 1)[0]!);
    ratios.push(ratioOf(set));
    await nextTurn();
  }
  const moduleOnSameFaces = ratioOf(channels);
  fine.dispose();
  return {
    random: { sets: randomSets, median: median(ratios), ninetieth: quantile(ratios, 0.9), faces },
    moduleOnSameFaces,
  };
}

/** Whether the fine maps before and after pictures were drawn with g = −I in channels are the same to the bit. */
export function fineMapsStay(model: OpenModel['model'], z: Tensor2D, channels: readonly number[]): boolean {
  const recipe = fluoHairStep(channels, { kind: 'negate' });
  return tf.tidy(() => {
    const part = z.slice<Tensor2D>([0, 0], [Math.min(batch, z.shape[0]), z.shape[1]]);
    const before = Buffer.from(Float32Array.from(mapsAt(model, part, 'fine').dataSync<'float32'>()).buffer);
    applyRecipe(model, recipe, part);
    const after = Buffer.from(Float32Array.from(mapsAt(model, part, 'fine').dataSync<'float32'>()).buffer);
    return before.equals(after);
  });
}
