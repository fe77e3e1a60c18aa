import { describe, expect, it } from 'vitest';

import { tickTexts, valueText } from '../../src/charts/numberText.ts';

// Expected texts: written by hand after docs/decisions/charts.md and the mock-ups' "Numbers".
describe('tick texts', () => {
  it.each([
    ['as many decimals as the finest needs', [0, 0.5, 1], false, ['0', '0.5', '1.0']],
    ['no zero before the point below one', [0, 0.05, 0.1], false, ['0', '.05', '.10']],
    ['a real minus', [-0.5, 0, 0.5], false, ['−.5', '0', '.5']],
    ['a comma in thousands', [0, 2000, 4000], false, ['0', '2,000', '4,000']],
    ['k from ten thousand on', [0, 5000, 10_000, 12_500], false, ['0', '5k', '10k', '12.5k']],
    ['each its own decimals on a logarithmic axis', [0.01, 0.1, 1, 10], true, ['0.01', '0.1', '1', '10']],
    ['exponents for very large and very small', [0, 1e7, 2e7], false, ['0', '1e7', '2e7']],
    ['exponents for the very small', [1e-6, 1e-3, 1], true, ['1e−6', '1e−3', '1e0']],
  ])('%s', (_, ticks, log, texts) => {
    expect(tickTexts(ticks, log)).toEqual(texts);
  });
});

describe('values', () => {
  it.each([
    [0, '0'],
    [1, '1.00'],
    [-0.01234, '−0.0123'],
    [12.345, '12.3'],
    [1234.5, '1,235'],
    [1234567, '1,234,567'],
    [-12345678, '−1.23e7'],
    [0.00001234, '1.23e−5'],
    [Number.NaN, '–'],
    [Infinity, '–'],
  ])('%d', (value, text) => {
    expect(valueText(value)).toBe(text);
  });
});
