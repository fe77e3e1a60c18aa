import { describe, expect, it } from 'vitest';
import { edgeAgreement } from '../../../src/engine/interventions/edgeAgreement.ts';
import { createRandom } from '../../../src/engine/math/random.ts';

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

  it('says null for a region too small or without edges, and refuses other lengths', () => {
    expect(
      agreement(
        before,
        everywhere.map((_, at) => (at < 20 ? 1 : 0)),
      ),
    ).toBeNull();
    expect(agreement(new Float32Array(before.length))).toBeNull();
    expect(() => edgeAgreement({ before, after: before, region: new Uint8Array(7), size })).toThrow(
      RangeError,
    );
  });
});
