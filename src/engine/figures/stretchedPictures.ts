import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Fig2Parameters, Fig2Stretches } from '../../contract/theory.ts';
import { stretchingGroup } from '../math/stretchingGroup.ts';
import { eyeSolutions, stretchedEyes } from '../theory/eyeSolutions.ts';
import { greyBytes, greyRange } from './greyRange.ts';

export interface AskedStretches {
  parameters: Fig2Parameters;
  /** The first g, and how many from there on. */
  from: number;
  count?: number | undefined;
  /** At most so many rows of each picture, those in the middle. */
  rows?: number | undefined;
}

/** Milliseconds of work between two looks at what else was asked. */
const longestTurn = 10;

/**
 * X of both solutions of Figure 2 for some g; beyond the range of grey cut off. Other questions are answered in between.
 */
export async function stretchedPictures(asked: AskedStretches): Promise<Fig2Stretches> {
  const { parameters, from, count = Infinity, rows = Infinity } = asked;
  const solutions = eyeSolutions(parameters);
  const { height: whole, width } = solutions.scene;
  const height = Math.min(rows, whole);
  const first = Math.floor((whole - height) / 2) * width;
  // The range of what was trained, with room on a line where stems have a length: a solution that runs wild when it is
  // stretched must not make everything else small.
  const trained = greyRange([stretchedEyes(solutions, 1).draw().truth]);
  const room = solutions.parameters.dimension === 1 ? 1.5 : 1;
  const range = { low: trained.low * room * room, high: trained.high * room };
  const bytes = (values: Float64Array): Uint8Array =>
    greyBytes(values.subarray(first, first + height * width), range);

  const points: Fig2Stretches['points'] = [];
  const truth: Uint8Array[] = [];
  const other: Uint8Array[] = [];
  let begun = performance.now();
  for (const g of stretchingGroup(solutions.parameters.size).slice(from - 1, from - 1 + count)) {
    const { point, draw } = stretchedEyes(solutions, g);
    const drawn = draw();
    points.push(point);
    truth.push(bytes(drawn.truth));
    other.push(bytes(drawn.other));
    if (performance.now() - begun > longestTurn) {
      await nextTurn();
      begun = performance.now();
    }
  }
  const packed = (pictures: readonly Uint8Array[]): string => Buffer.concat(pictures).toString('base64');
  return { points, height, width, ...range, truth: packed(truth), other: packed(other) };
}
