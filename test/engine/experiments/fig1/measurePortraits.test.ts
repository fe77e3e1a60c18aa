import { describe, expect, it } from 'vitest';
import { measurePortraits } from '../../../../src/engine/experiments/fig1/measurePortraits.ts';
import {
  portraitBorder,
  portraitFace,
  repeated,
} from '../../../../src/engine/experiments/hairRegions/portraitRegions.ts';
import { dilate, erode, invert } from '../../../../src/engine/interventions/masks.ts';

const size = 64;
const pixels = size * size;

/** A cap of hair over the whole width but the border, down to row 20. */
const cap = Uint8Array.from({ length: pixels }, (_, at) =>
  Number(at < 20 * size && at % size >= 8 && at % size < 56),
);
const face = portraitFace(size);
const border = portraitBorder(size);

interface Portrait {
  /** |change| in the hair, in the face, at the border, and elsewhere. */
  changes: readonly [number, number, number, number];
  background: number;
  tone: 'dark' | 'light' | 'none' | null;
}

function measure(portraits: readonly Portrait[]): ReturnType<typeof measurePortraits> {
  const near = dilate(cap, size, 2);
  const before = new Float32Array(portraits.length * pixels * 3);
  const after = new Float32Array(before.length);
  portraits.forEach(({ changes: [hair, inFace, atBorder, elsewhere], background }, index) => {
    for (let at = 0; at < pixels; at++) {
      // What the kernel carries over the edge of the hair counts nowhere.
      const change = cap[at] ? hair : near[at] ? 0.77 : border[at] ? atBorder : face[at] ? inFace : elsewhere;
      before.fill(border[at] ? background : 0, (index * pixels + at) * 3, (index * pixels + at) * 3 + 3);
      for (let colour = 0; colour < 3; colour++) {
        const value = (index * pixels + at) * 3 + colour;
        after[value] = before[value]! - change;
      }
    }
  });
  const hair = repeated(cap, portraits.length);
  return measurePortraits({
    before,
    after,
    size,
    hair,
    rest: invert(hair),
    tones: portraits.map(({ tone }) => tone),
  });
}

describe('FluoHair on photographs', () => {
  // Ratios are of means over faces: (0.6 + 0.2) / (0.2 + 0.2) and so on.
  const dark: Portrait = { changes: [0.6, 0.2, 0.3, 0.1], background: -0.8, tone: 'dark' };
  const light: Portrait = { changes: [0.2, 0.2, 0.1, 0.1], background: 0.5, tone: 'light' };

  it('compares hair with face and border, by tone and by how dark the background is', () => {
    const [all, darkHair, lightHair, darkBackground] = measure([dark, light]);
    expect(
      [all, darkHair, lightHair, darkBackground].map((change) => [change!.group, change!.faces]),
    ).toEqual([
      ['all', 2],
      ['dark hair', 1],
      ['light hair', 1],
      ['dark background', 1],
    ]);
    expect(all!.inside).toBeCloseTo(0.4, 5);
    expect(all!.ratio.face).toBeCloseTo(2, 5);
    expect(all!.ratio.border).toBeCloseTo(2, 5);
    expect(darkHair!.ratio.face).toBeCloseTo(3, 5);
    expect(lightHair!.ratio.face).toBeCloseTo(1, 5);
    expect(lightHair!.ratio.border).toBeCloseTo(2, 5);
    expect(darkBackground!.ratio.border).toBeCloseTo(2, 5);
    expect(darkBackground!.other.border).toBeCloseTo(0.3, 5);
  });

  it('leaves bald heads out, and hair of a tone that nobody knows out of the groups of tone', () => {
    const [all, darkHair, lightHair] = measure([dark, { ...light, tone: null }, { ...light, tone: 'none' }]);
    expect([all!.faces, darkHair!.faces, lightHair!.faces]).toEqual([2, 1, 0]);
    expect(lightHair).toMatchObject({ inside: null, ratio: { elsewhere: null, face: null, border: null } });
  });

  it('leaves out what is neither hair nor known to be something else', () => {
    const before = new Float32Array(pixels * 3);
    const known = face;
    const after = before.map((_, value) =>
      known[Math.floor(value / 3)] || cap[Math.floor(value / 3)] ? 0.5 : 9,
    );
    const [all] = measurePortraits({ before, after, size, hair: cap, rest: known, tones: [null] });
    expect(all!.other.elsewhere).toBeCloseTo(0.5, 5);
    expect(all!.other.border, 'nothing is known there').toBeNull();
    expect(erode(cap, size, 1).includes(1)).toBe(true);
  });
});
