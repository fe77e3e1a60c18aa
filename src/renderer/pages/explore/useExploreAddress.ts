import { directionKinds } from '../../../contract/directions.ts';
import type { DirectionKind } from '../../../contract/directions.ts';
import { hiddenLevels } from '../../../contract/levels.ts';
import type { HiddenLevel } from '../../../contract/levels.ts';
import { setParams, useAddress } from '../../address/address.ts';
import { mostSeed } from '../../components/seeds.ts';
import { movesFrom, movesText, movesWithout, openedFrom } from './moves.ts';
import type { Moves } from './moves.ts';

export const gridCount = 36;

/** What of the page lives in the address. */
export interface ExploreAddress {
  seed: number;
  /** Whether the kept faces stand before the seeds. */
  isKept: boolean;
  at: number;
  /** Ends of the way between two pictures, as places in the grid. */
  from: number;
  to: number;
  /** Whose directions the sliders are of. */
  kind: SliderKind;
  moves: Moves;
  /** Latents as they were set in a picture that was opened, until something is moved. */
  opened: ReadonlyMap<number, number>;
}

export type SliderKind = DirectionKind | 'latents';

/** @param hidden the model's hidden levels */
export function useExploreAddress(hidden: readonly HiddenLevel[]): ExploreAddress {
  const { params } = useAddress();
  // Directions of maps that the model has none of: of the one that was looked at before.
  const lacking = hiddenLevels.filter((level) => !hidden.includes(level)) as readonly string[];
  const place = (name: string, defaultValue: number, most: number): number => {
    const value = params[name] === undefined ? Number.NaN : Number(params[name]);
    return Number.isFinite(value) ? Math.min(most, Math.max(0, Math.floor(value))) : defaultValue;
  };
  return {
    isKept: params['faces'] === 'kept',
    seed: place('seed', 1, mostSeed),
    at: place('at', 0, gridCount - 1),
    from: place('from', 0, gridCount - 1),
    to: place('to', 1, gridCount - 1),
    kind: directionKinds.find((kind) => kind === params['kind'] && !lacking.includes(kind)) ?? 'latents',
    moves: movesWithout(lacking, movesFrom(params['along'])),
    opened: openedFrom(params['moved']),
  };
}

/** Another picture is moved along the same directions. */
export function selectPicture(at: number): void {
  setParams({ at, moved: undefined });
}

export function chooseKind(kind: SliderKind): void {
  setParams({ kind: kind === 'latents' ? undefined : kind });
}

export function move(moves: Moves, id: string, value: number): void {
  setParams({ along: movesText(new Map(moves).set(id, value)), moved: undefined });
}

export function moveBack(): void {
  setParams({ along: undefined, moved: undefined });
}
