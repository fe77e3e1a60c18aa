import { hiddenLevelSchema, nearestLevel } from '../../../contract/levels.ts';
import type { HiddenLevel } from '../../../contract/levels.ts';
import { setParams, stepTo, useAddress } from '../../address/address.ts';
import { mostSeed } from '../../components/seeds.ts';
import { channelsFrom } from './stepWords.ts';
import type { Axis } from './StretchBench.tsx';

export const gridCount = 36;

/** What of the page lives in the address. */
export interface InterveneAddress {
  /** The first of the seeds. */
  seed: number;
  /** Whether the kept faces are shown in place of seeds. */
  isKept: boolean;
  /** The picture that is shown large, and the step whose settings are shown. */
  at: number;
  selected: number;
  wipe: number;
  axis: Axis;
  factor: number;
  level: HiddenLevel;
  /** Channels that another page wants recoloured: a step is made of them, and the wish is forgotten. */
  channels: readonly number[] | null;
  /** True where another page wants the hair recoloured. */
  wantsHair: boolean;
}

/** @param hidden the model's hidden levels */
export function useInterveneAddress(hidden: readonly HiddenLevel[]): InterveneAddress {
  const { params } = useAddress();
  const number = (name: string, defaultValue: number, least: number, most: number): number => {
    const value = params[name] === undefined ? Number.NaN : Number(params[name]);
    return Number.isFinite(value) ? Math.min(most, Math.max(least, value)) : defaultValue;
  };
  return {
    isKept: params['faces'] === 'kept',
    seed: Math.floor(number('seed', 1, 0, mostSeed)),
    at: Math.floor(number('at', 0, 0, gridCount - 1)),
    selected: Math.floor(number('selected', 0, 0, 999)),
    wipe: number('wipe', 1 / 3, 0, 1),
    axis: params['axis'] === 'vertical' ? 'vertical' : 'horizontal',
    factor: number('factor', 1.5, 1, 2),
    level: nearestLevel(hiddenLevelSchema.safeParse(params['level']).data ?? 'intermediate', hidden),
    channels: channelsFrom(params['channels'] ?? '') ?? null,
    wantsHair: params['add'] === 'hair',
  };
}

export function setIntervene(
  change: Partial<Omit<InterveneAddress, 'channels' | 'wantsHair' | 'isKept'>>,
): void {
  setParams({
    ...change,
    ...(change.wipe !== undefined && { wipe: change.wipe.toFixed(3) }),
    ...(change.factor !== undefined && { factor: Number(change.factor.toFixed(2)) }),
  });
}

/** Other seeds; the browser's Back leads to those before. */
export function showSeeds(seed: number): void {
  stepTo({ seed, faces: undefined });
}

export function forgetWishes(): void {
  setParams({ channels: undefined, add: undefined });
}
