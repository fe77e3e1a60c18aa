import { describe, expect, it } from 'vitest';
import { outlineOf } from '../../../../src/renderer/pages/teach/outline.ts';
import { ratioOf, ratioWords, wordsOfUse } from '../../../../src/renderer/pages/teach/partWords.ts';
import { shareOf } from '../../../../src/renderer/pages/teach/ratioScale.ts';
import { nextFace, opennessOf } from '../../../../src/renderer/pages/teach/taught.ts';
import type { Taught } from '../../../../src/renderer/pages/teach/taught.ts';

const known = (seed: number) => ({
  key: `seed-${seed}`,
  face: { kind: 'seed' as const, seed },
  latents: [0],
});
const taught: Taught = {
  gate: null,
  keys: ['seed-1', 'seed-2', 'seed-3'],
  recoloured: { count: 3, width: 2, height: 1, rgb: new Uint8Array(18) },
  openness: new Uint8Array([1, 2, 3, 4, 5, 6]),
  uncertainty: [0.9, 0.2, 0.4],
};

describe('the outline of a gate', () => {
  it('runs along the edges between pixels that are half open and those that are less', () => {
    // One open pixel in the middle of nine: its four edges.
    const middle = new Uint8Array([0, 0, 127, 0, 128, 0, 0, 0, 0]);
    expect(outlineOf(middle, 3)).toBe('M1 1H2M1 2H2M1 1V2M2 1V2');
  });

  it('joins edges into lines, and draws none at the border of the picture', () => {
    const leftHalf = new Uint8Array([255, 255, 0, 0, 255, 255, 0, 0]);
    expect(outlineOf(leftHalf, 4)).toBe('M2 0V2');
    expect(outlineOf(new Uint8Array(16).fill(255), 4)).toBe('');
  });
});

describe('the next face', () => {
  const shown = [known(1), known(2), known(3)];

  it('is the one that is not taught and on which the gate is least certain', () => {
    expect(nextFace(shown, (key) => key === 'seed-1', taught)).toEqual({ key: 'seed-3', uncertainty: 0.4 });
  });

  it('is the first one before there is a gate, and none when all are taught', () => {
    expect(nextFace(shown, (key) => key === 'seed-1', null)).toEqual({ key: 'seed-2', uncertainty: null });
    expect(nextFace(shown, () => true, taught)).toBeUndefined();
  });

  it('has its own part of what the gate opens', () => {
    expect([...(opennessOf(taught, 'seed-2') ?? [])]).toEqual([3, 4]);
    expect([opennessOf(taught, 'seed-9'), opennessOf(null, 'seed-1')]).toEqual([null, null]);
  });
});

describe('the ratio of part and rest', () => {
  it('is that of the means, held to 99, and nothing where one of them is missing', () => {
    expect([
      ratioOf({ faces: 2, onPart: 0.6, onRest: 0.2 }),
      ratioOf({ faces: 2, onPart: 0.6, onRest: 0 }),
      ratioOf({ faces: 1, onPart: null, onRest: null }),
    ]).toEqual([expect.closeTo(3, 10), 99, null]);
    expect([ratioWords(2.96), ratioWords(99)]).toEqual(['3.0', '> 99']);
  });

  it('stands on a log scale from 1 to 30', () => {
    expect([0.5, 1, 30, 99].map(shareOf)).toEqual([0, 0, 1, 1]);
    expect(shareOf(Math.sqrt(30))).toBeCloseTo(0.5, 10);
  });
});

it('says of a gate that is used what taught it: strokes, or without any what it began from', () => {
  expect([
    wordsOfUse('lips', 9, 'labels'),
    wordsOfUse('hair', 1, 'nothing'),
    wordsOfUse('hair', 0, 'labels'),
  ]).toEqual([
    ...['FluoHair on lips, taught with 9 strokes', 'FluoHair on hair, taught with 1 stroke'],
    'FluoHair on hair, from hair labels',
  ]);
});
