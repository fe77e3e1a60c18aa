import { setImmediate } from 'node:timers/promises';
import type { StretchingLevel, StretchingResult } from '../../contract/analysis.ts';
import { StudioError } from '../../contract/errors.ts';
import type { HiddenLevel } from '../../contract/levels.ts';
import type { Watch } from '../../contract/progress.ts';
import type { Axis } from '../../contract/shared.ts';
import { stretch } from '../interventions/stretch.ts';
import { median } from '../math/statistics.ts';
import { mapsOfLevels } from '../models/hypercolumns.ts';
import type { LayeredGenerator } from '../models/layeredGenerator.ts';
import { hiddenLevelsIn, imagesFromMaps, passThrough } from '../models/layeredGenerator.ts';
import { tf } from '../tensorflow/tf.ts';
import type { Tensor, Tensor2D, Tensor4D } from '../tensorflow/tf.ts';
import { numberOf } from '../tensorflow/valuesOf.ts';
import { stretchedFrom } from './stretchedPictures.ts';

/** Columns (rows for a vertical stretch) left out at each border: zero padding leaves bright edges that drown the rest. */
export const croppedBorder = 8;

/** Pictures that are decoded at a time: the maps of all their levels are held at once, beside a training that measures itself. */
const picturesAtATime = 16;

export interface StretchingRequest {
  generator: LayeredGenerator;
  /** [N, latent] */
  z: Tensor2D;
  factor: number;
  axis: Axis;
  /** All that the generator has where nothing is said. */
  levels?: readonly HiddenLevel[];
}

export interface StretchingMeasurement {
  readonly result: StretchingResult;
  /** Mean over pictures and colours of |difference|, [64 · 64], whole pictures, in the order of `result.levels`. */
  readonly differences: readonly Float32Array[];
}

/** What the batches add up to, for one level. */
interface Sums {
  readonly difference: Float32Array;
  cropped: number;
  whole: number;
  readonly ratios: number[];
}

/**
 * How far stretching all maps of a level is from stretching the picture (paper, Section 4.1, Fig. 4):
 *
 *   MSE between f₂(g·V) and g·f₂(V), g the stretch about the centre, over pixels, colours and pictures.
 *
 * `normalisedError` divides by the mean squared difference of neighbouring pixels along the axis: the plain error grows
 * with the pictures' contrast (our choice, as is the crop). The localisation is the participation ratio of each
 * picture's own |difference|; that of the mean map is near 1 for every network and says nothing.
 */
export async function stretchingError(
  { generator, z, factor, axis, levels = hiddenLevelsIn(generator) }: StretchingRequest,
  watch: Watch = {},
): Promise<StretchingMeasurement> {
  const count = z.shape[0];
  const size = generator.imageSize;
  if (count === 0) throw new StudioError('wrong-usage', 'Stretching needs at least one picture to measure.');
  const sums = levels.map((): Sums => ({
    difference: new Float32Array(size * size),
    cropped: 0,
    whole: 0,
    ratios: [],
  }));
  let energy = 0;
  for (let first = 0; first < count; first += picturesAtATime) {
    const batch = Math.min(picturesAtATime, count - first);
    tf.tidy(() => {
      const part = z.slice([first, 0], [batch, z.shape[1]]);
      const measured = measureBatch(generator, part, levels, { axis, factor });
      energy += batch * numberOf(measured['energy']!);
      levels.forEach((level, index) => {
        addDifference(sums[index]!, batch, (of) => measured[`${level} ${of}`]!);
      });
    });
    watch.onProgress?.({ phase: 'stretching', done: first + batch, total: count });
    await setImmediate();
    if (watch.signal?.aborted === true) {
      throw new StudioError('interrupted', 'The stretching measurement was stopped. Nothing was written.');
    }
  }
  const gradientEnergy = energy / count;
  const result: StretchingResult = {
    version: 1,
    axis,
    factor,
    samples: count,
    cropped: croppedBorder,
    gradientEnergy,
    levels: levels.map((level, index) => summarise(level, sums[index]!, count, gradientEnergy)),
  };
  return { result, differences: sums.map(({ difference }) => difference.map((sum) => sum / count)) };
}

function summarise(level: HiddenLevel, sums: Sums, count: number, energy: number): StretchingLevel {
  const error = sums.cropped / count;
  return {
    level,
    error,
    normalisedError: energy > 0 ? error / energy : 0,
    uncroppedError: sums.whole / count,
    participationRatio: median(sums.ratios),
  };
}

/** What is measured of the difference between stretched maps' pictures and stretched pictures. */
const measures = {
  whole: (difference: Tensor4D): Tensor => difference.square().mean(),
  cropped: croppedMean,
  /** Of each picture, [B]. */
  ratios: (difference: Tensor4D, axis: Axis): Tensor => {
    const magnitude = cropBorder(difference, axis).abs().mean(3);
    return participationRatio(magnitude.reshape<Tensor2D>([difference.shape[0], -1]));
  },
  /** Sum over pictures, [H, W]. */
  map: (difference: Tensor4D): Tensor => difference.abs().mean(3).sum(0),
};

type Measure = keyof typeof measures;

const measureNames = Object.keys(measures) as Measure[];

/**
 * One batch, as one pass.
 * @returns `energy`, the mean squared difference of neighbouring pixels, and each of `measures` under a level's name and its own
 */
function measureBatch(
  generator: LayeredGenerator,
  z: Tensor2D,
  levels: readonly HiddenLevel[],
  { axis, factor }: { axis: Axis; factor: number },
): Record<string, Tensor> {
  const name = `stretching ${axis} ${factor} ${levels.join(' ')}`;
  return passThrough(generator, name, { z }, ({ z: latents }) => {
    const [, ...ofLevels] = mapsOfLevels(generator, latents);
    const own = hiddenLevelsIn(generator);
    const maps = (level: HiddenLevel): Tensor4D => ofLevels[own.indexOf(level)]!;
    const images = imagesFromMaps(generator, maps('fine'), 'fine');
    const reference = stretch(images, axis, factor);
    const ofLevel = (level: HiddenLevel): [string, Tensor][] => {
      const difference = stretchedFrom(generator, maps(level), level, { axis, factor }).sub<Tensor4D>(
        reference,
      );
      return measureNames.map((measure) => [`${level} ${measure}`, measures[measure](difference, axis)]);
    };
    return {
      energy: neighbourDifference(cropBorder(images, axis), axis).square().mean(),
      ...Object.fromEntries(levels.flatMap(ofLevel)),
    };
  });
}

function addDifference(sums: Sums, batch: number, measured: (of: Measure) => Tensor): void {
  sums.whole += batch * numberOf(measured('whole'));
  sums.cropped += batch * numberOf(measured('cropped'));
  sums.ratios.push(...measured('ratios').dataSync<'float32'>());
  const map = measured('map').dataSync<'float32'>();
  for (let i = 0; i < map.length; i++) sums.difference[i]! += map[i]!;
}

/** Mean squared difference over pictures, the pixels within the border, and colours: `error` of a level. */
export function croppedError(difference: Tensor4D, axis: Axis): number {
  return tf.tidy(() => numberOf(croppedMean(difference, axis)));
}

function croppedMean(difference: Tensor4D, axis: Axis): Tensor {
  return cropBorder(difference, axis).square().mean();
}

/** (ΣD)²/(n ΣD²) of each row: 1 where D is everywhere the same, 1/n where it is one pixel; 1 where there is none. */
export function participationRatio(magnitude: Tensor2D): Tensor {
  return tf.tidy(() => {
    const squares = magnitude.square().mean(1);
    const ratio = magnitude.mean(1).square().divNoNan(squares);
    return tf.where(squares.greater(0), ratio, tf.onesLike(ratio));
  });
}

function cropBorder(images: Tensor4D, axis: Axis): Tensor4D {
  const [batch, height, width, colours] = images.shape;
  return axis === 'horizontal'
    ? images.slice([0, 0, croppedBorder, 0], [batch, height, width - 2 * croppedBorder, colours])
    : images.slice([0, croppedBorder, 0, 0], [batch, height - 2 * croppedBorder, width, colours]);
}

function neighbourDifference(images: Tensor4D, axis: Axis): Tensor4D {
  const [batch, height, width, colours] = images.shape;
  return axis === 'horizontal'
    ? images
        .slice([0, 0, 1, 0], [batch, height, width - 1, colours])
        .sub(images.slice([0, 0, 0, 0], [batch, height, width - 1, colours]))
    : images
        .slice([0, 1, 0, 0], [batch, height - 1, width, colours])
        .sub(images.slice([0, 0, 0, 0], [batch, height - 1, width, colours]));
}
