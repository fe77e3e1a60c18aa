import { describe, expect, it } from 'vitest';
import { hueOf } from '../../../../src/engine/analysis/checkFluoHair.ts';
import {
  colourFromHex,
  colourOf,
  hexOf,
  hueColourOf,
} from '../../../../src/renderer/pages/intervene/colours.ts';
import { channelsFrom } from '../../../../src/renderer/pages/intervene/stepWords.ts';

describe('colours of the wheel', () => {
  // The corners of the RGB cube, by the definition of hue.
  it.each([
    [0, '#FF0000'],
    [60, '#FFFF00'],
    [120, '#00FF00'],
    [180, '#00FFFF'],
    [240, '#0000FF'],
    [300, '#FF00FF'],
  ])('hue %i is %s', (hue, hex) => {
    expect(hexOf(colourOf({ hue, saturation: 1, value: 1 }))).toBe(hex);
  });

  it('turn into hue, saturation and value and back, with the hue that the checks measure', () => {
    for (const hex of ['#E82C8C', '#2EB3C0', '#123456', '#FEDCBA']) {
      const colour = colourFromHex(hex)!;
      const parts = hueColourOf(colour);
      expect(hexOf(colourOf(parts))).toBe(hex);
      expect(parts.hue).toBeCloseTo(hueOf(colour)!, 9);
    }
  });

  it('keep the wheel’s hue for greys, and refuse what is no colour', () => {
    expect(hueColourOf([0.5, 0.5, 0.5], 200)).toEqual({ hue: 200, saturation: 0, value: 0.5 });
    expect(colourFromHex('#12345')).toBeUndefined();
    expect(colourFromHex('zzzzzz')).toBeUndefined();
  });
});

describe('typed channels', () => {
  it.each([
    ['3, 5-7', [3, 5, 6, 7]],
    ['7 7 7', [7]],
    ['', undefined],
    ['5-3', undefined],
    ['hair', undefined],
    ['0-99999', undefined],
  ])('%j are %j', (text, channels) => {
    expect(channelsFrom(text)).toEqual(channels);
  });
});
