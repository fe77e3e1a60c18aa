import { browseOrderSchema } from '../../../contract/dataSet.ts';
import type { BrowseOrder } from '../../../contract/dataSet.ts';
import { setParams, useAddress } from '../../address/address.ts';

/** As many pictures as the engine gives at once. */
export const mostShown = 240;
export const largestSize = 4;

/** What of the browser lives in the address. */
export interface BrowseAddress {
  attribute: string | undefined;
  /** Only those that have the attribute, or only those that do not. */
  has: boolean;
  order: BrowseOrder;
  /** Of the random order. */
  seed: number;
  /** The multiple at which pictures are shown. */
  size: number;
  /** The place of the first picture. */
  from: number;
  file: string;
}

export function useBrowseAddress(): BrowseAddress {
  return browseAddressOf(useAddress().params);
}

export function browseAddressOf(params: Readonly<Record<string, string>>): BrowseAddress {
  const whole = (name: string, defaultValue: number, least: number, most: number): number => {
    const value = params[name] === undefined ? Number.NaN : Math.floor(Number(params[name]));
    return Number.isFinite(value) ? Math.min(most, Math.max(least, value)) : defaultValue;
  };
  return {
    attribute: params['attribute'],
    has: params['has'] !== 'no',
    order: browseOrderSchema.safeParse(params['order']).data ?? 'name',
    seed: whole('shuffle', 0, 0, 1_000_000),
    size: whole('size', 2, 1, largestSize),
    from: whole('from', 0, 0, Number.MAX_SAFE_INTEGER),
    file: params['file'] ?? '',
  };
}

/** Other pictures begin at the first. */
export function setBrowse(change: Partial<Omit<BrowseAddress, 'from' | 'file'>>): void {
  const { attribute, has, order, seed, size } = change;
  setParams({
    ...('attribute' in change && { attribute, has: undefined }),
    ...(has !== undefined && { has: has ? undefined : 'no' }),
    ...(order !== undefined && { order: order === 'name' ? undefined : order }),
    ...(seed !== undefined && { shuffle: seed }),
    ...(size !== undefined && { size }),
    ...(size === undefined && { from: undefined }),
  });
}

export function turnTo(from: number): void {
  setParams({ from: from === 0 ? undefined : from });
}
