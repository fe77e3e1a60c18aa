import { readFileSync } from 'node:fs';

import { describe, expect, it } from 'vitest';
import { z } from 'zod';

import { colourAt, colourValues, valueRange } from '../../../src/engine/math/colourMaps.ts';

/** Written by test/oracles/colourMaps.py from Matplotlib. */
const oracle = z
  .object({ viridis: z.string().length(1536), magma: z.string().length(1536) })
  .parse(JSON.parse(readFileSync(new URL('../../oracles/colourMaps.json', import.meta.url), 'utf8')));

describe('colour maps', () => {
  it.each(['viridis', 'magma'] as const)('%s has the 256 colours of its definition', (name) => {
    const hex = (levels: readonly number[]): string =>
      levels.map((level) => level.toString(16).padStart(2, '0').toUpperCase()).join('');
    const ours = Array.from({ length: 256 }, (_, i) => hex(colourAt(name, i / 255)));
    expect(ours.join('')).toBe(oracle[name]);
    const values = Array.from({ length: 256 }, (_, i) => i - 100);
    expect(hex([...colourValues(name, values, { low: -100, high: 155 })])).toBe(oracle[name]);
  });

  it('the signed map is near-white at zero, blue below and orange above', () => {
    // The five stops of the product's tokens: #1856A0, #8DAAC8, #F0F0EE, #DE9E7C, #C44C0E.
    expect([0, 0.25, 0.5, 0.75, 1].map((place) => colourAt('signed', place))).toEqual([
      [0x18, 0x56, 0xa0],
      [0x8d, 0xaa, 0xc8],
      [0xf0, 0xf0, 0xee],
      [0xde, 0x9e, 0x7c],
      [0xc4, 0x4c, 0x0e],
    ]);
  });

  it('spans the values by the kind of map', () => {
    const values = [-2, 1, Number.NaN, Infinity, 4];
    expect(valueRange('signed', values)).toEqual({ low: -4, high: 4 });
    expect(valueRange('magma', values)).toEqual({ low: -2, high: 4 });
    expect(valueRange('viridis', [3, 4])).toEqual({ low: 0, high: 4 });
    expect(valueRange('viridis', [0, 0])).toEqual({ low: 0, high: 1 });
    expect(valueRange('signed', [0])).toEqual({ low: -1, high: 1 });
    expect(valueRange('magma', [])).toEqual({ low: 0, high: 1 });
  });

  it('clamps, and shows values that are not finite in grey', () => {
    const bytes = colourValues('signed', [-9, 0, 9, Number.NaN], { low: -1, high: 1 });
    expect([...bytes]).toEqual([0x18, 0x56, 0xa0, 0xf0, 0xf0, 0xee, 0xc4, 0x4c, 0x0e, 0x82, 0x8a, 0x93]);
    expect(() => colourAt('magma', Number.NaN)).toThrow(RangeError);
  });

  it('colours by the place in the range, in as many steps as a byte can tell apart', () => {
    // Viridis of 0, a half and 1, in a range that begins below zero and is wider than 1.
    const bytes = colourValues('viridis', [-3, 1, 5, -100, 100, Infinity], { low: -3, high: 5 });
    const colours = [0, 0.5, 1, 0, 1].map((place) => colourAt('viridis', place));
    expect([...bytes]).toEqual([...colours.flat(), 0x82, 0x8a, 0x93]);
    expect([...colourValues('magma', [Number.NaN], { low: 0, high: 1 }, [1, 2, 3])]).toEqual([1, 2, 3]);
    expect(() => colourAt('magma', Number.NaN)).toThrow('colourAt: not a number');
    expect([colourAt('magma', -1), colourAt('magma', 2)]).toEqual([
      colourAt('magma', 0),
      colourAt('magma', 1),
    ]);
  });

  it('spans at least one, and zero where magnitudes are shown', () => {
    expect(valueRange('magma', [2, 2])).toEqual({ low: 2, high: 3 });
    expect(valueRange('viridis', [-2, -2])).toEqual({ low: -2, high: -1 });
    expect(valueRange('viridis', [-2, 5])).toEqual({ low: -2, high: 5 });
    expect(valueRange('signed', [3, -1])).toEqual({ low: -3, high: 3 });
    expect(valueRange('signed', [])).toEqual({ low: -1, high: 1 });
  });
});
