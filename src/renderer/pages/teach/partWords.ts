import type { Separation } from '../../../contract/gates.ts';
import { counted, figure } from '../../words.ts';
import type { Start } from './starts.ts';

export const usualPart = 'hair';
const suggested = [usualPart, 'background', 'lips', 'skin'] as const;

/** Parts that are offered beside the one that is taught. */
export function otherParts(part: string): readonly string[] {
  return suggested.filter((name) => name !== part).slice(0, 2);
}

/** What was typed as the name of a part: in small letters, as it stands within sentences; undefined where it is none. */
export function partFrom(text: string): string | undefined {
  const part = text.trim().replaceAll(/\s+/g, ' ').toLowerCase().slice(0, 40).trim();
  return part === '' ? undefined : part;
}

/** The part has to be told from the rest at least so well. */
export const leastRatio = 3;
/** Above this the figure says no more: hardly anything is open where it should not be. */
const mostRatio = 99;

/** How much more open the gate is on the part than on the rest; null where it was not measured. */
export function ratioOf({ onPart, onRest }: Separation): number | null {
  if (onPart === null || onRest === null) return null;
  return onRest <= 0 ? mostRatio : Math.min(mostRatio, onPart / onRest);
}

export function ratioWords(ratio: number): string {
  return ratio >= mostRatio ? `> ${mostRatio}` : figure(ratio, 2);
}

const startWords: Readonly<Record<Start, string>> = {
  nothing: 'untaught',
  colours: 'found without labels',
  labels: 'from hair labels',
  masks: 'from masks',
  earlier: 'from an earlier gate',
};

/** What Intervene's history says of a gate that comes from here. */
export function wordsOfUse(part: string, strokes: number, start: Start): string {
  const made = strokes === 0 ? startWords[start] : `taught with ${counted(strokes, 'stroke')}`;
  return `FluoHair on ${part}, ${made}`;
}

/** Hair begins from what the model itself tells of it, so that the first stroke corrects and need not say everything. */
export function usualStart(part: string): Start {
  return part === usualPart ? 'colours' : 'nothing';
}
