import { expect, it, vi } from 'vitest';

vi.stubGlobal('window', { addEventListener: () => undefined });
vi.stubGlobal('location', { hash: '' });
const { exploreLayout } = await import('../../../../src/renderer/pages/explore/useExploreLayout.ts');

/**
 * Widths and heights of the page below its head in windows of 1440 × 900, 1100 × 700 and 1920 × 1080. The gap is what the pictures
 * and the edges of the panel, 34 px, leave over, shared among the spaces: (1328 − 34 − 9 × 128) ÷ 8 = 17.
 */
it.each([
  [
    { width: 1328, height: 748 },
    { grid: 1, faces: 192, between: { count: 9, cell: 128, gap: 17 } },
  ],
  [
    { width: 988, height: 548 },
    { grid: 1, faces: 128, between: { count: 14, cell: 64, gap: 4 } },
  ],
  [
    { width: 1808, height: 928 },
    { grid: 2, faces: 256, between: { count: 13, cell: 128, gap: 9 } },
  ],
])('pictures take the room of %o', (room, expected) => {
  const { grid, faces, between } = exploreLayout(room);
  expect({ grid: grid.scale, faces: faces.cell, between }).toEqual(expected);
});
