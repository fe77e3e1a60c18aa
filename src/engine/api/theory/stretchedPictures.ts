import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Fig2Parameters, Fig2Result } from '../../../contract/theory.ts';
import { fig2Steps } from '../../theory/fig2.ts';
import { greyBytes, greyRange } from './greyRange.ts';

export interface StretchedPictures {
  result: Fig2Result;
  low: number;
  high: number;
  truth: string;
  other: string;
}

/** Milliseconds of work between two looks at what else was asked. */
const longestTurn = 10;

/**
 * Figure 2, and X of both solutions for every g as bytes in base64, [g − 1][height][width]; beyond the range cut off.
 * Other questions are answered in between.
 */
export async function stretchedPictures(parameters: Fig2Parameters): Promise<StretchedPictures> {
  const truth: Float64Array[] = [];
  const other: Float64Array[] = [];
  const steps = fig2Steps(parameters);
  let begun = performance.now();
  let step = steps.next();
  while (step.done !== true) {
    const drawn = step.value.draw();
    truth.push(drawn.truth);
    other.push(drawn.other);
    if (performance.now() - begun > longestTurn) {
      await nextTurn();
      begun = performance.now();
    }
    step = steps.next();
  }
  // The range of what was trained, with room on a line where stems have a length: a solution that runs wild when it is
  // stretched must not make everything else small.
  const trained = greyRange([truth[0] ?? []]);
  const room = parameters.dimension === 1 ? 1.5 : 1;
  const range = { low: trained.low * room * room, high: trained.high * room };
  const packed = (pictures: readonly Float64Array[]): string =>
    Buffer.concat(pictures.map((values) => greyBytes(values, range))).toString('base64');
  return { result: step.value, ...range, truth: packed(truth), other: packed(other) };
}
