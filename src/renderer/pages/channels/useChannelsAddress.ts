import { topSources } from '../../../contract/channels.ts';
import type { FaceSource, TopSource } from '../../../contract/channels.ts';
import type { HiddenLevel } from '../../../contract/levels.ts';
import { hiddenLevels, nearestLevel } from '../../../contract/levels.ts';
import { paramsNow, setParams, stepTo, useAddress } from '../../address/address.ts';
import { useLevels } from '../../shell/useLevels.ts';
import { paramsAtLevel } from './paramsAtLevel.ts';

export const acts = ['scale', 'hybridise', 'top'] as const;
export const sorts = ['module', 'effect', 'number', 'paint'] as const;
export type Sort = (typeof sorts)[number];

export interface ChannelsAddress {
  level: HiddenLevel;
  view: 'influence' | 'activation';
  scale: 'each' | 'common';
  sort: Sort;
  /** The face that is shown: of a seed, or a picture of the data. */
  face: FaceSource;
  /** The channel that is looked at; null before one is chosen. */
  at: number | null;
  selected: readonly number[];
  /** The number of modules; null: the one the search chose. */
  count: number | null;
  point: 'paint' | 'attribute';
  attribute: string | null;
  /** What is done to the channel that is looked at. */
  act: (typeof acts)[number];
  /** What the strongest faces are looked for among. */
  topOf: TopSource;
  /** The factor of the sweep. */
  factor: number;
  /** The first of the seeds that channels are taken from. */
  donor: number;
  /** The seed of which the hybrid is saved. */
  taken: number;
  /** The sweep is of all selected channels. */
  isSelectionSwept: boolean;
}

function oneOf<V extends string>(values: readonly V[], value: string | undefined, fallback: V): V {
  return values.find((each) => each === value) ?? fallback;
}

function wholeOf(text: string | undefined): number | null {
  return text !== undefined && /^\d{1,9}$/.test(text) ? Number(text) : null;
}

/** "7" is a seed, "p12" a picture of the data. */
export function faceFrom(text: string | undefined): FaceSource {
  const picture = wholeOf(/^p(\d+)$/.exec(text ?? '')?.[1]);
  return picture === null ? (wholeOf(text) ?? 1) : { picture };
}

export function chooseFace(face: FaceSource): void {
  setParams({ face: typeof face === 'number' ? face : `p${face.picture}` });
}

/** What a reload of Channels finds again. */
export function useChannelsAddress(): ChannelsAddress {
  const { params } = useAddress();
  const { hidden } = useLevels();
  const factor = Number(params['factor'] ?? 0);
  const donor = wholeOf(params['donor']) ?? 2;
  return {
    level: nearestLevel(oneOf(hiddenLevels, params['level'], 'fine'), hidden),
    view: oneOf(['influence', 'activation'], params['view'], 'influence'),
    scale: oneOf(['each', 'common'], params['scale'], 'each'),
    sort: oneOf(sorts, params['sort'], 'module'),
    face: faceFrom(params['face']),
    at: wholeOf(params['at']),
    selected: (params['sel'] ?? '').split('-').flatMap((text) => wholeOf(text) ?? []),
    count: wholeOf(params['k']),
    point: oneOf(['paint', 'attribute'], params['point'], 'paint'),
    attribute: params['attribute'] ?? null,
    act: oneOf(acts, params['act'], 'scale'),
    topOf: oneOf(topSources, params['top'], 'seeds'),
    donor,
    taken: wholeOf(params['taken']) ?? donor,
    factor: Number.isFinite(factor) ? Math.min(2, Math.max(-1, factor)) : 0,
    isSelectionSwept: params['sweep'] === 'selected',
  };
}

export function select(channels: readonly number[]): void {
  setParams({ sel: channels.length === 0 ? undefined : channels.join('-') });
}

/** Selects a module as a whole: what is done below is done to all of it. */
export function selectAll(channels: readonly number[]): void {
  const isNone = channels.length === 0;
  setParams({ sel: isNone ? undefined : channels.join('-'), sweep: isNone ? undefined : 'selected' });
}

export function chooseLevel(level: HiddenLevel): void {
  stepTo(paramsAtLevel(paramsNow(), level));
}
