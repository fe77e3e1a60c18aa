import fc from 'fast-check';
import { expect, it } from 'vitest';
import { stripLayout } from '../../../../src/renderer/pages/start/stripLayout.ts';

it('enlarges the faces of a high window, and fills the row', () => {
  // By hand, 872 − 104 = 768 px: five of 128 leave 128 for four gaps; ten of 64 leave 128 for nine.
  expect(stripLayout(872, 900)).toEqual({ scale: 2, count: 5, gap: 32 });
  expect(stripLayout(872, 700)).toEqual({ scale: 1, count: 10, gap: 14 });
  expect(stripLayout(0, 900)).toEqual({ scale: 1, count: 8, gap: 12 });
});

it('is never wider than its place', () => {
  fc.assert(
    fc.property(fc.integer({ min: 260, max: 3000 }), fc.integer({ min: 300, max: 2000 }), (width, height) => {
      const { scale, count, gap } = stripLayout(width, height);
      expect(104 + count * 64 * scale + (count - 1) * gap).toBeLessThanOrEqual(width);
    }),
  );
});
