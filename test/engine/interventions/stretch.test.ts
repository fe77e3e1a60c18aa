import { describe, expect, it } from 'vitest';
import { stretch } from '../../../src/engine/interventions/stretch.ts';
import { statelessNormal } from '../../../src/engine/tensorflow/statelessNormal.ts';
import { tf } from '../../../src/engine/tensorflow/tf.ts';
import type { Tensor4D } from '../../../src/engine/tensorflow/tf.ts';

function noise(): Tensor4D {
  return statelessNormal([2, 6, 64, 3], 1, 1) as Tensor4D;
}

/** The definition, in double precision: y(x) = v(c + (x − c) / factor), edge pixels beyond the frame. */
function stretchedRow(row: readonly number[], factor: number): number[] {
  const centre = (row.length - 1) / 2;
  return row.map((_, x) => {
    const from = Math.min(row.length - 1, Math.max(0, centre + (x - centre) / factor));
    const low = Math.floor(from);
    const share = from - low;
    return row[low]! * (1 - share) + row[Math.min(low + 1, row.length - 1)]! * share;
  });
}

function valuesOf(compute: () => Tensor4D): number[] {
  return [...tf.tidy(() => compute().dataSync<'float32'>())];
}

describe('stretch', () => {
  it('gives back every bit at factor 1, as a tensor of its own', () => {
    const x = noise();
    const same = stretch(x, 'horizontal', 1);
    const before = [...x.dataSync()];
    x.dispose();
    expect([...same.dataSync()]).toEqual(before);
    same.dispose();
  });

  it('keeps the sign of zero and what is infinite at factor 1', () => {
    const values = [-0, Infinity, 0, -Infinity, -0, 2];
    expect(valuesOf(() => stretch(tf.tensor4d(values, [1, 1, 6, 1]), 'horizontal', 1))).toEqual(values);
  });

  it.each([0.5, 1.5, 2, 4])('leaves constants as they are to the bit, by %d', (factor) => {
    const values = valuesOf(() => stretch(tf.fill([1, 7, 64, 2], 0.3), 'horizontal', factor));
    expect(values).toEqual([...new Float32Array(7 * 64 * 2).fill(0.3)]);
  });

  it('moves peaks at 20 and 44 to 14.25 and 50.25', () => {
    // Closed form: 31.5 + 1.5 (x − 31.5). Triangles of half width 4 stay triangles, so their centroids are exact.
    const row = Array.from(
      { length: 64 },
      (_, x) => Math.max(0, 1 - Math.abs(x - 20) / 4) + Math.max(0, 1 - Math.abs(x - 44) / 4),
    );
    const values = valuesOf(() => stretch(tf.tensor4d(row, [1, 1, 64, 1]), 'horizontal', 1.5));
    const centroid = (from: number, to: number): number => {
      const part = values.slice(from, to);
      const mass = part.reduce((sum, value) => sum + value, 0);
      return part.reduce((sum, value, i) => sum + value * (from + i), 0) / mass;
    };
    expect(centroid(0, 32)).toBeCloseTo(14.25, 1);
    expect(centroid(32, 64)).toBeCloseTo(50.25, 1);
    const peak = values.indexOf(Math.max(...values));
    expect([14, 50]).toContain(peak);
  });

  it.each([
    ['horizontal', 1.5],
    ['horizontal', 0.6],
    ['vertical', 2],
    ['vertical', 0.5],
  ] as const)('is the definition, %s by %d', (axis, factor) => {
    const x = noise();
    const [batch, height, width, depth] = x.shape;
    const values = x.arraySync();
    const expected = valuesOf(() => x.clone());
    for (let b = 0; b < batch; b++) {
      for (let c = 0; c < depth; c++) {
        const lines = axis === 'horizontal' ? height : width;
        for (let line = 0; line < lines; line++) {
          const row =
            axis === 'horizontal'
              ? values[b]![line]!.map((pixel) => pixel[c]!)
              : values[b]!.map((pixels) => pixels[line]![c]!);
          stretchedRow(row, factor).forEach((value, at) => {
            const [y, across] = axis === 'horizontal' ? [line, at] : [at, line];
            expected[((b * height + y) * width + across) * depth + c] = value;
          });
        }
      }
    }
    const found = valuesOf(() => stretch(x, axis, factor));
    x.dispose();
    const worst = Math.max(...found.map((value, i) => Math.abs(value - expected[i]!)));
    // Positions and weights are exact to single precision of values up to 4.
    expect(worst).toBeLessThan(2e-6);
  });

  it('carries gradients: their sum is the sum of the weights, each output pixel’s being 1', () => {
    const x = noise();
    const gradient = tf.tidy(
      () =>
        tf
          .grad((v) => stretch(v as Tensor4D, 'horizontal', 1.5).sum())(x)
          .sum()
          .dataSync()[0]!,
    );
    x.dispose();
    // Every output pixel is a weighted mean of input pixels, so 2 · 6 · 64 · 3 outputs send back 2,304.
    expect(gradient).toBeCloseTo(2304, 2);
  });

  it('refuses a factor that is not above 0', () => {
    const x = noise();
    expect(() => stretch(x, 'vertical', 0)).toThrow(RangeError);
    expect(() => stretch(x, 'vertical', Number.NaN)).toThrow(RangeError);
    x.dispose();
  });
});
