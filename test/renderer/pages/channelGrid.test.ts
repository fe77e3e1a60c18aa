import { describe, expect, it } from 'vitest';
import { gridLayout, shortEffect, toggled } from '../../../src/renderer/pages/channels/gridLayout.ts';

describe('the grid of channels', () => {
  it('has cells of 64 pixels, as many a row as fit with 8 pixels between them, sixteen at most', () => {
    expect(gridLayout(64, 32)).toEqual({ cell: 64, columns: 1 });
    expect(gridLayout(64 + 72, 32)).toEqual({ cell: 64, columns: 2 });
    expect(gridLayout(64 + 71, 32)).toEqual({ cell: 64, columns: 1 });
    expect(gridLayout(5000, 64)).toEqual({ cell: 64, columns: 16 });
  });

  it('has cells twice as large where eight of them fit and there are few channels', () => {
    const eight = 8 * 128 + 7 * 8;
    expect(gridLayout(eight, 32)).toEqual({ cell: 128, columns: 8 });
    expect(gridLayout(eight - 1, 32)).toEqual({ cell: 64, columns: 15 });
    expect(gridLayout(eight, 33)).toEqual({ cell: 64, columns: 15 });
  });

  it('has small cells for many channels, unless sixteen of the usual size fit in a row', () => {
    expect(gridLayout(640, 128)).toEqual({ cell: 32, columns: 16 });
    expect(gridLayout(16 * 72 - 8, 128)).toEqual({ cell: 64, columns: 16 });
    expect(gridLayout(0, 128)).toEqual({ cell: 32, columns: 1 });
  });

  it('takes a channel into the selection once, and out of it again', () => {
    expect(toggled([3, 1], 2)).toEqual([3, 1, 2]);
    expect(toggled([3, 1, 2], 1)).toEqual([3, 2]);
  });

  it('writes effects in the room of four letters', () => {
    expect([0.0814, 0.5, 1.234, 12.34].map(shortEffect)).toEqual(['.081', '.500', '1.2', '12']);
  });
});
