import { StudioError } from '../../contract/errors.ts';
import type { InfluencePart } from './influenceMaps.ts';
import { findRun } from '../runs/runFolder.ts';
import { newestStep } from '../runs/checkpoints.ts';
import { knownModules } from './modulesOfRun.ts';
import type { SearchInput } from './searchInput.ts';
import { partialInfluence } from './partialInfluence.ts';

export interface InfluenceSoFar {
  /** Of the channels that are measured, in order. */
  influence: readonly Float32Array[];
  size: number;
  /** Pairs of latents in each half that are measured, and how many there will be. */
  pairs: number;
  ofPairs: number;
}

/**
 * The influence maps of a level, or what a search that is going on has of them.
 * @throws StudioError `not-found` where there is neither
 */
export async function influenceSoFar(input: SearchInput): Promise<InfluenceSoFar> {
  const found = await knownModules(input);
  if (found !== undefined) {
    const { influence, size, pairs } = found.search;
    return { influence, size, pairs, ofPairs: pairs };
  }
  const folder = findRun(input.run);
  const part = partialInfluence(folder, input.step ?? (await newestStep(folder)), input);
  if (part !== undefined) return { ...meanOfPart(part), ofPairs: input.pairs };
  throw new StudioError(
    'not-found',
    `The modules at the ${input.level} level of ${input.run} are not found yet. Search for them first.`,
  );
}

/** Means over the blocks that each channel has. */
export function meanOfPart({
  blocks,
  channels,
  size,
  pairsInBlock,
}: InfluencePart): Omit<InfluenceSoFar, 'ofPairs'> {
  const pixels = size * size;
  const all = blocks[0] === undefined ? 0 : blocks[0].length / pixels;
  const whole = blocks.length - 1;
  const influence = Array.from({ length: whole > 0 ? all : channels }, (_, channel) => {
    const own = blocks.slice(0, channel < channels ? whole + 1 : whole);
    const mean = new Float32Array(pixels);
    for (const block of own) {
      for (let at = 0; at < pixels; at++) mean[at]! += block[channel * pixels + at]! / own.length;
    }
    return mean;
  });
  const measured = (whole + channels / Math.max(1, all)) * pairsInBlock;
  return { influence, size, pairs: Math.floor(measured / 2) };
}
