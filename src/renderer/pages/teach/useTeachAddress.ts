import { setParams, useAddress } from '../../address/address.ts';
import { sourceSchema } from './faceNames.ts';
import type { Source } from './faceNames.ts';
import { partFrom, usualPart, usualStart } from './partWords.ts';
import { starts } from './starts.ts';
import type { Start } from './starts.ts';
import { largestBrush, usualBrush } from './strokes.ts';

/** What of the page lives in the address. */
export interface TeachAddress {
  part: string;
  /** Undefined where the run's pictures decide. */
  source: Source | undefined;
  /** The first of the faces that are shown. */
  first: number;
  /** The face that is drawn on. */
  face: string | undefined;
  view: 'outline' | 'recoloured';
  brush: number;
  wipe: number;
  start: Start;
  /** The folder of masks. */
  masks: string | undefined;
  /** The file of the strokes that are begun from. */
  earlier: string | undefined;
}

/** The first of the six columns shows the faces as they were. */
const usualWipe = 0.165;

export function useTeachAddress(): TeachAddress {
  const { params } = useAddress();
  const number = (name: string, usual: number, least: number, most: number): number => {
    const value = params[name] === undefined ? Number.NaN : Number(params[name]);
    return Number.isFinite(value) ? Math.min(most, Math.max(least, value)) : usual;
  };
  const part = partFrom(params['part'] ?? '') ?? usualPart;
  return {
    part,
    source: sourceSchema.safeParse(params['source']).data,
    first: Math.floor(number('first', 0, 0, 1_000_000)),
    face: params['face'],
    view: params['view'] === 'recoloured' ? 'recoloured' : 'outline',
    brush: Math.round(number('brush', usualBrush, 1, largestBrush)),
    wipe: number('wipe', usualWipe, 0, 1),
    start: starts.find((start) => start === params['start']) ?? usualStart(part),
    masks: params['masks'],
    earlier: params['earlier'],
  };
}

export function setTeach(change: Partial<TeachAddress>): void {
  const { wipe, ...rest } = change;
  setParams({ ...rest, ...(wipe !== undefined && { wipe: wipe.toFixed(3) }) });
}
