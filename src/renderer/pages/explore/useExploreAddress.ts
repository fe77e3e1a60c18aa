import { setParams, useAddress } from '../../address/address.ts';
import { mostSeed } from '../../components/seeds.ts';
import { movedFrom, movedText } from './latents.ts';

export const gridCount = 36;

/** What of the page lives in the address. */
export interface ExploreAddress {
  seed: number;
  at: number;
  /** Ends of the way between two pictures, as places in the grid. */
  from: number;
  to: number;
  moved: ReadonlyMap<number, number>;
}

export function useExploreAddress(): ExploreAddress {
  const { params } = useAddress();
  const place = (name: string, defaultValue: number, most: number): number => {
    const value = params[name] === undefined ? Number.NaN : Number(params[name]);
    return Number.isFinite(value) ? Math.min(most, Math.max(0, Math.floor(value))) : defaultValue;
  };
  return {
    seed: place('seed', 1, mostSeed),
    at: place('at', 0, gridCount - 1),
    from: place('from', 0, gridCount - 1),
    to: place('to', 1, gridCount - 1),
    moved: movedFrom(params['moved']),
  };
}

/** Another picture begins with its own latents. */
export function selectPicture(at: number): void {
  setParams({ at, moved: undefined });
}

export function moveLatent(moved: ReadonlyMap<number, number>, latent: number, value: number | null): void {
  const next = new Map(moved);
  if (value === null) next.delete(latent);
  else next.set(latent, value);
  setParams({ moved: movedText(next) });
}
