import fc from 'fast-check';
import { expect, it } from 'vitest';
import { previewLayout } from '../../../../src/renderer/pages/export/previewLayout.ts';

it('fills a wide panel with before and after in whole multiples of the pixels', () => {
  // By hand, 848 px: at × 3 a block is 2 · 192 + 4 = 388 wide, so 2 in a row, and 2 rows of 216 fit into 440.
  expect(previewLayout(848, 2, 8)).toEqual({ scale: 3, perRow: 2, blocks: 4 });
  // Six pictures a source: 6 · 128 + 20 = 788 at × 2, one in a row, two rows of 152.
  expect(previewLayout(848, 6, 8)).toEqual({ scale: 2, perRow: 1, blocks: 2 });
  expect(previewLayout(848, 2, 1)).toEqual({ scale: 4, perRow: 1, blocks: 1 });
});

it('never shows more than there is, is never wider than the panel where that can be, and fills its last row', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 200, max: 2000 }),
      fc.integer({ min: 1, max: 12 }),
      fc.integer({ min: 1, max: 8 }),
      (width, columns, most) => {
        const { scale, perRow, blocks } = previewLayout(width, columns, most);
        expect(blocks).toBeGreaterThan(0);
        expect(blocks).toBeLessThanOrEqual(most);
        const block = columns * 64 * scale + (columns - 1) * 4;
        if (columns * 68 <= width) expect(perRow * (block + 20) - 20).toBeLessThanOrEqual(width);
        if (blocks > perRow) expect(blocks % perRow).toBe(0);
      },
    ),
  );
});
