import type { HiddenLevel } from '../../contract/levels.ts';
import { kMeans } from '../math/kMeans.ts';
import { latentsFromSeeds, mapsAt } from '../models/layeredGenerator.ts';
import type { LayeredGenerator } from '../models/layeredGenerator.ts';
import { batchesOf } from '../session/batches.ts';
import { tf } from '../tensorflow/tf.ts';

const batch = 32;

/** The mean map of every channel of a level over latents of the prior. */
export interface ActivationMaps {
  readonly channels: number;
  readonly pixels: number;
  /** [channels, pixels] */
  readonly values: Float64Array;
}

/** @param seeds of the latents, at least one */
export async function meanActivations(
  generator: LayeredGenerator,
  level: HiddenLevel,
  seeds: readonly number[],
): Promise<ActivationMaps> {
  let sum: Float64Array | undefined;
  let [channels, pixels] = [0, 0];
  for await (const { first, size } of batchesOf(seeds.length, batch)) {
    const z = latentsFromSeeds(seeds.slice(first, first + size), generator.latent);
    const [part, shape] = tf.tidy(() => {
      const maps = mapsAt(generator, z, level);
      return [Float32Array.from(maps.sum(0).transpose([2, 0, 1]).dataSync<'float32'>()), maps.shape];
    });
    z.dispose();
    [channels, pixels] = [shape[3], shape[1] * shape[2]];
    sum ??= new Float64Array(part.length);
    for (let i = 0; i < part.length; i++) sum[i]! += part[i]! / seeds.length;
  }
  if (sum === undefined) throw new RangeError('meanActivations: no latents');
  return { channels, pixels, values: sum };
}

/**
 * Groups of channels by what they show, not by what they change: k-means of their mean activation maps, each scaled to
 * Euclidean length 1 (the way of network bending, which clusters the activation maps of channels; mean maps instead of
 * learned features of them, and the scaling, are our choice).
 *
 * @param chosen the channels that are grouped; one that is never active forms a map of zeros
 * @returns channels by group, larger groups first
 */
export function activationGroups(
  maps: ActivationMaps,
  chosen: readonly number[],
  count: number,
  seed: number,
): number[][] {
  const { pixels } = maps;
  const rows = new Float64Array(chosen.length * pixels);
  chosen.forEach((channel, row) => {
    const map = maps.values.subarray(channel * pixels, (channel + 1) * pixels);
    const length = Math.sqrt(map.reduce((sum, value) => sum + value * value, 0));
    for (let at = 0; at < pixels; at++) rows[row * pixels + at] = length > 0 ? map[at]! / length : 0;
  });
  const { labels } = kMeans(rows, chosen.length, pixels, count, { seed });
  return Array.from({ length: count }, (_, k) => chosen.filter((_channel, row) => labels[row] === k))
    .filter((group) => group.length > 0)
    .sort((a, b) => b.length - a.length || a[0]! - b[0]!);
}
