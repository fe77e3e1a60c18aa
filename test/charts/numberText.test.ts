import { describe, expect, it } from 'vitest';

import { tickTexts } from '../../src/charts/numberText.ts';

// Expected texts: written by hand after docs/decisions/charts.md and the mock-ups' "Numbers".
describe('tick texts', () => {
  it.each([
    ['as many decimals as the finest needs', [0, 0.5, 1], false, ['0', '0.5', '1.0']],
    ['no zero before the point below one', [0, 0.05, 0.1], false, ['0', '.05', '.10']],
    ['a real minus', [-0.5, 0, 0.5], false, ['−.5', '0', '.5']],
    ['a comma in thousands', [0, 2000, 4000], false, ['0', '2,000', '4,000']],
    ['k from ten thousand on', [0, 5000, 10_000, 12_500], false, ['0', '5k', '10k', '12.5k']],
    ['each its own decimals on a logarithmic axis', [0.01, 0.1, 1, 10], true, ['0.01', '0.1', '1', '10']],
    ['powers of ten for very large and very small', [0, 1e7, 2e7], false, ['0', '10⁷', '2 × 10⁷']],
    ['powers of ten for the very small', [1e-6, 1e-3, 1], true, ['10⁻⁶', '10⁻³', '1']],
  ])('%s', (_, ticks, log, texts) => {
    expect(tickTexts(ticks, log)).toEqual(texts);
  });
});
