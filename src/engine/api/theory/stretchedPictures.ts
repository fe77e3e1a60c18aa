import type { Fig2Parameters, Fig2Result } from '../../../contract/theory.ts';
import { fig2 } from '../../theory/fig2.ts';
import { greyBytes, greyRange } from './greyRange.ts';

export interface StretchedPictures {
  result: Fig2Result;
  low: number;
  high: number;
  truth: string;
  other: string;
}

/** Figure 2, and X of both solutions for every g as bytes in base64, [g − 1][height][width]; beyond the range cut off. */
export function stretchedPictures(parameters: Fig2Parameters): StretchedPictures {
  const truth: number[][] = [];
  const other: number[][] = [];
  const result = fig2(parameters, (stretched) => {
    truth.push(stretched.truth.values);
    other.push(stretched.other.values);
  });
  // The range of what was trained, with room on a line where stems have a length: a solution that runs wild when it is
  // stretched must not make everything else small.
  const trained = greyRange([truth[0] ?? []]);
  const room = parameters.dimension === 1 ? 1.5 : 1;
  const range = { low: trained.low * room * room, high: trained.high * room };
  const packed = (pictures: readonly number[][]): string =>
    Buffer.concat(pictures.map((values) => greyBytes(values, range))).toString('base64');
  return { result, ...range, truth: packed(truth), other: packed(other) };
}
