import { describe, expect, it } from 'vitest';
import { edgeAgreement } from '../../../src/engine/interventions/edgeAgreement.ts';
import { createRandom } from '../../../src/engine/math/random.ts';
import oracle from '../../oracles/edgeAgreement.json' with { type: 'json' };

const size = 16;

function noise(seed: number): Float32Array {
  const random = createRandom(seed);
  return Float32Array.from({ length: size * size * 3 }, () => random.between(-0.5, 0.5));
}

const everywhere = new Uint8Array(size * size).fill(1);
const before = noise(1);

const agreement = (after: Float32Array, region = everywhere): number | null =>
  edgeAgreement({ before, after, region, size })[0] ?? null;

// Closed form: |∇(aL + b)| = |a| |∇L|, so that Pearson's correlation is 1 for every a ≠ 0.
describe('edgeAgreement', () => {
  it('is the correlation that NumPy finds, picture by picture (test/oracles/edgeAgreement.py)', () => {
    // The oracle's pictures: three of 12 × 12, each with a mask of its own.
    const [side, count] = [12, 3];
    const first = Float32Array.from(
      { length: count * side * side * 3 },
      (_, n) => 0.9 * Math.sin(0.37 * n + ((0.0011 * n * n) % 7)),
    );
    const second = first.map((value, n) => 0.6 * value + 0.3 * Math.cos(1.9 * n) * [1, 0.2, 2][n % 3]!);
    const region = Uint8Array.from({ length: count * side * side }, (_, at) => {
      const [picture, y, x] = [Math.floor(at / side ** 2), Math.floor(at / side) % side, at % side];
      return Number([at % 3 > 0, x < 7, y >= 4][picture]!);
    });
    const found = edgeAgreement({ before: first, after: second, region, size: side });
    expect(found).toHaveLength(count);
    found.forEach((value, picture) => {
      expect(value).toBeCloseTo(oracle.agreement[picture]!, 6);
    });
  });

  it('is 1 for the same picture, a lighter one and a negative', () => {
    expect(agreement(before)).toBeCloseTo(1, 12);
    expect(agreement(before.map((value) => 0.5 * value + 0.25))).toBeCloseTo(1, 6);
    expect(agreement(before.map((value) => -value))).toBeCloseTo(1, 12);
  });

  it('is near 0 for another picture', () => {
    expect(Math.abs(agreement(noise(2)) ?? 1)).toBeLessThan(0.2);
  });

  it('looks at the region alone', () => {
    const region = everywhere.map((_, at) => (at % size < 8 ? 1 : 0));
    const after = before.map((value, at) =>
      Math.floor(at / 3) % size < 10 ? value : -0.3 * value + at / 1000,
    );
    expect(agreement(after, region)).toBeCloseTo(1, 12);
    expect(agreement(after)).toBeLessThan(0.99);
  });

  it('says null for a region of fewer than 30 pixels inside the frame', () => {
    // Two rows of 14 pixels without those of the frame, and one or two pixels more.
    const region = (count: number): typeof everywhere =>
      everywhere.map((_, at) => {
        const [x, y] = [at % size, Math.floor(at / size)];
        return y < 3 || (y === 3 && x <= count) || y === size - 1 || ((x === 0 || x === size - 1) && y > 3)
          ? 1
          : 0;
      });
    expect(agreement(before, region(1))).toBeNull();
    expect(agreement(before, region(2))).toBeCloseTo(1, 12);
  });

  it('says null without edges before or after, and refuses other lengths', () => {
    const plain = new Float32Array(before.length);
    expect(agreement(plain)).toBeNull();
    expect(edgeAgreement({ before: plain, after: before, region: everywhere, size })).toEqual([null]);
    const words = /^edgeAgreement: \d+ and \d+ values for masks of \d+ pixels$/;
    const whole = { before, after: before, region: everywhere, size };
    for (const wrong of [
      { region: new Uint8Array(7) },
      { before: before.subarray(3) },
      { after: before.subarray(3) },
      { before: before.subarray(3), after: before.subarray(3) },
    ])
      expect(() => edgeAgreement({ ...whole, ...wrong })).toThrow(words);
  });
});
