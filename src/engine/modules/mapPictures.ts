import type { z } from 'zod';
import type { channelsContract, FaceSource } from '../../contract/channels.ts';
import type { HiddenLevel } from '../../contract/levels.ts';
import { colouredMaps } from '../pictures/colouredMaps.ts';
import type { MapScale } from '../pictures/colouredMaps.ts';
import { mapsAt } from '../models/layeredGenerator.ts';
import { tf } from '../tensorflow/tf.ts';
import { valuesOfFace } from '../session/facesOfRun.ts';
import { withModel } from '../session/modelPool.ts';
import { influenceSoFar } from './influenceSoFar.ts';
import { knownModules } from './modulesOfRun.ts';
import type { SearchInput } from './searchInput.ts';

type Output<M extends 'influence' | 'activations'> = z.output<
  NonNullable<(typeof channelsContract)[M]['~orpc']['outputSchema']>
>;

/** Influence maps of every channel, and the regions of every candidate's modules once they are found. */
export async function influencePictures(
  input: SearchInput & { scale: MapScale },
): Promise<Output<'influence'>> {
  const { influence, size, pairs, ofPairs } = await influenceSoFar(input);
  const found = await knownModules(input);
  const regions = (found?.search.candidates ?? []).flatMap(({ modules }) =>
    modules.map(({ region }) => region),
  );
  return {
    maps: colouredMaps(influence, size, input.scale),
    ...strengthsOf(influence),
    regions: colouredMaps(regions, size),
    ...{ pairs, ofPairs },
  };
}

/** Activation maps of every channel for one seed, after batch norm and ReLU. */
export async function activationPictures(input: {
  run: string;
  step?: number | undefined;
  level: HiddenLevel;
  source: FaceSource;
  scale: MapScale;
}): Promise<Output<'activations'>> {
  return withModel(input, async (open) => {
    const { model } = open;
    const face = await valuesOfFace(open, input.source);
    const { values, side, channels } = tf.tidy(() => {
      const maps = mapsAt(model, tf.tensor2d(face, [1, model.latent]), input.level);
      const [, height, , depth] = maps.shape;
      const first = maps.transpose([0, 3, 1, 2]).dataSync<'float32'>();
      return { values: Float32Array.from(first), side: height, channels: depth };
    });
    const pixels = side * side;
    const maps = Array.from({ length: channels }, (_, channel) =>
      values.subarray(channel * pixels, (channel + 1) * pixels),
    );
    return { maps: colouredMaps(maps, side, input.scale), ...strengthsOf(maps) };
  });
}

function strengthsOf(maps: readonly Float32Array[]): { strengths: number[]; greatest: number } {
  const strengths = maps.map((map) => map.reduce((sum, value) => sum + value, 0) / map.length);
  let greatest = 0;
  for (const map of maps) for (const value of map) greatest = Math.max(greatest, value);
  return { strengths, greatest };
}
