import { hairRing, pixelsWhere } from '../gates/partRegions.ts';
import type { LayeredGenerator } from '../models/layeredGenerator.ts';
import { latentsFromSeeds, layerOf, mapsAt } from '../models/layeredGenerator.ts';
import { changeByRegion, meanChange } from '../interventions/changeByRegion.ts';
import { tf } from '../tensorflow/tf.ts';
import type { Tensor4D } from '../tensorflow/tf.ts';
import { correlation } from './nameModules.ts';
import type { ChannelModule, ModuleSearch } from './moduleTypes.ts';

/** A hair module that recolours less than this (mean |change| inside, in [−1, 1] values) has missed the main hair channels. */
export const leastHairChange = 0.3;

export interface HairModule {
  /** The number of modules it comes from. */
  readonly count: number;
  readonly module: ChannelModule;
  /** Correlation of its region with the hint. */
  readonly score: number;
}

export interface MeasuredHairModule extends HairModule {
  /** Mean |change| under g = −I inside the hair and outside it, in [−1, 1] values. */
  readonly inside: number;
  readonly outside: number;
}

export interface HairChoice {
  readonly chosen: MeasuredHairModule;
  /** True where no number of modules reached the least change: `chosen` is then the one that changes most inside. */
  readonly weak: boolean;
  /** Those that were tried before and passed over. */
  readonly rejected: readonly MeasuredHairModule[];
}

/**
 * Which module is the hair: that whose region correlates best with a hint. The modules were found without labels; the
 * hint (the mean hair mask of the data, a painted region, or the rough region below) only says which one is meant.
 */
export function hairModule(
  search: ModuleSearch,
  hint: ArrayLike<number> = roughHairRegion(search.size),
  count = search.count,
): HairModule {
  const candidate = search.candidates.find((each) => each.count === count);
  if (candidate === undefined) throw new RangeError(`hairModule: ${count} modules were not tried`);
  const scored = candidate.modules.map((module) => ({ module, score: correlation(module.region, hint) }));
  const best = scored.reduce((most, next) => (next.score > most.score ? next : most));
  return { count, ...best };
}

/** Faces of seeds that the hair module's effect is measured on. */
const facesOfSeeds = 32;

/** `chooseHairModule` on faces of seeds: the module that was named hair says where hair is; without one, a rough region does. */
export function chooseHairOnSeeds(generator: LayeredGenerator, search: ModuleSearch): HairChoice {
  const seeds = Array.from({ length: facesOfSeeds }, (_, index) => index + 1);
  const z = latentsFromSeeds(seeds, generator.latent);
  const maps = mapsAt(generator, z, 'fine');
  try {
    return chooseHairModule(generator, search, maps, namedHair(search)?.region);
  } finally {
    tf.dispose([z, maps]);
  }
}

/** Of all numbers of modules, the one that was named hair with the highest score; undefined where none was. */
export function namedHair({ candidates }: ModuleSearch): ChannelModule | undefined {
  return candidates
    .flatMap(({ modules }) => modules.filter(({ name }) => name === 'hair'))
    .sort((a, b) => (b.score ?? 0) - (a.score ?? 0))[0];
}

/**
 * The hair module for FluoHair: of the chosen number of modules if it changes the hair enough under g = −I, else of the
 * other numbers, those with more agreement first. A cluster that misses the main hair channels has a clean ratio of
 * inside to outside and hardly any effect, which is why the effect decides (measured in our trials).
 *
 * @param fine maps of some pictures at the fine level, [B, 64, 64, C]
 * @param masks hair of each picture, B · size · size values of 0 … 1; without them the hint stands for every picture
 */
export function chooseHairModule(
  generator: LayeredGenerator,
  search: ModuleSearch,
  fine: Tensor4D,
  hint: ArrayLike<number> = roughHairRegion(search.size),
  masks?: ArrayLike<number>,
): HairChoice {
  if (search.level !== 'fine') throw new RangeError('chooseHairModule: FluoHair works at the fine level');
  const others = search.candidates
    .filter(({ count }) => count !== search.count)
    .sort((a, b) => b.agreement - a.agreement || b.count - a.count);
  const tried: MeasuredHairModule[] = [];
  for (const count of [search.count, ...others.map((candidate) => candidate.count)]) {
    const found = hairModule(search, hint, count);
    const measured = {
      ...found,
      ...negatedChange(generator, fine, found.module.channels, masks ?? core(hint)),
    };
    if (measured.inside >= leastHairChange) return { chosen: measured, weak: false, rejected: tried };
    tried.push(measured);
  }
  const chosen = tried.reduce((most, next) => (next.inside > most.inside ? next : most));
  return { chosen, weak: true, rejected: tried.filter((each) => each !== chosen) };
}

/** The part of a hint that is at least half as strong as its strongest pixel. */
function core(hint: ArrayLike<number>): Float32Array {
  const strongest = Array.from(hint).reduce((most, value) => Math.max(most, value), 0);
  return Float32Array.from(hint, (value) => (value >= strongest / 2 ? 1 : 0));
}

/**
 * Mean |change| inside and outside masks when the image layer's slices of some channels change sign (FluoHair, g = −I).
 * @param fine [B, 64, 64, C]
 * @param masks one mask for all pictures or one each, values of 0 … 1
 */
export function negatedChange(
  generator: LayeredGenerator,
  fine: Tensor4D,
  channels: readonly number[],
  masks: ArrayLike<number>,
): { inside: number; outside: number } {
  const pair = tf.tidy(() => {
    const layer = layerOf(generator, 'image');
    const signs = new Float32Array(layer.inputChannels).fill(1);
    for (const channel of channels) signs[channel] = -1;
    const kernel = generator.kernel('image');
    const across: [number, number, number, number] =
      layer.direction === 'up' ? [1, 1, 1, signs.length] : [1, 1, signs.length, 1];
    const negated = kernel.mul<Tensor4D>(tf.tensor4d(signs, across));
    return {
      before: Float32Array.from(generator.imageLogits(fine).tanh().dataSync<'float32'>()),
      after: Float32Array.from(generator.imageLogits(fine, negated).tanh().dataSync<'float32'>()),
      size: generator.imageSize,
    };
  });
  const inside = Float32Array.from(masks);
  return {
    inside: meanChange(changeByRegion(pair, inside)) ?? 0,
    outside:
      meanChange(
        changeByRegion(
          pair,
          inside.map((weight) => 1 - weight),
        ),
      ) ?? 0,
  };
}

/**
 * Where hair is on most aligned portraits: around and above the face down to the ears. For data without masks; a
 * painted region is better.
 */
export function roughHairRegion(size: number): Float32Array {
  const region = new Float32Array(size * size);
  for (const pixel of pixelsWhere(hairRing, size)) region[pixel] = 1;
  return region;
}
