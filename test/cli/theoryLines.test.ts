import { expect, it } from 'vitest';
import {
  linesOfAll,
  linesOfFig2,
  linesOfFig3a,
  linesOfFig3b,
  linesOfProposition,
} from '../../src/cli/commands/theoryLines.ts';
import { fig2Result, fig3aResult, fig3bResult, propositionResult, sgdChain } from '../setup/theoryAnswers.ts';

/** A line's cells, which stand three spaces or more apart. */
const cells = (line: string): string[] => line.trim().split(/ {3,}/);

it('figure 2: both solutions at the stretch, numbers with four digits', () => {
  expect(linesOfFig2(fig2Result({ true: 0, other: 0.5 })).map(cells)).toEqual([
    ['Figure 2, the eye generator: eyes moved from 20 to 10 pixels (g = 2 modulo 61)'],
    ['error', 'energy outside', 'ratio (8), SDR', 'ratio (6), group'],
    ['true', '0', '0', '1', '1'],
    ['balanced', '0.9877', '0.5', '1.235', '0.0001235'],
  ]);
  expect(
    linesOfFig2(fig2Result(null))
      .slice(2)
      .map((line) => cells(line)[2]),
  ).toEqual(['eyes overlap', 'eyes overlap']);
});

it('figure 3a: where the flow ends, and the chains where there are any', () => {
  const flow = [
    ['Figure 3a, descent on |c − ab|² with c = 1'],
    ['gradient flow from', 'ends at', 'closed form', 'a² − b²'],
    ['(2, 0.2)', '(2, 0.5)', '(2, 0.5)', '3.75'],
  ];
  expect(linesOfFig3a(fig3aResult([])).map(cells)).toEqual(flow);
  expect(linesOfFig3a(fig3aResult([sgdChain])).map(cells)).toEqual([
    ...flow,
    [''],
    ['2,000 chains from (2, 0.5)'],
    ['after 15,000 steps', 'mean a', 'mean b', 'mean a² − b²', 'its spread', 'mean ab'],
    // What rounding left, 1e-16, is shown as 0.
    ['sgd', '1', '1', '0', '0.25', '1,235,000'],
  ]);
});

it('figure 3b: the round steps and the last', () => {
  expect(linesOfFig3b(fig3bResult()).map(cells)).toEqual([
    ['Figure 3b, SGD of the eye generator in frequencies: N = 61, step size 0.001, noise 0.5'],
    ['step', 'SDR', '|log10 of |k1|²/|k2|²|', 'extrapolation error'],
    ['0', '0.500000', '1', '0'],
    ['1,000', '0.750000', '0.25', '0.2'],
    ['1,500', '0.800000', '0.125', '0.0001234'],
    ['SDR of the truth 0.500000; largest over all solutions 0.900000'],
  ]);
});

it('a proposition: what was measured beside what is expected', () => {
  expect(linesOfProposition(propositionResult()).map(cells)).toEqual([
    ['Proposition 6: Stretching'],
    ['It stretches.'],
    ['with d = 101, seed 1', 'measured', 'expected'],
    ['mean', '1.01', 'equals', '1 ± 0.02', 'holds'],
    ['most', '1.01', 'at most', '1', 'FAILS'],
  ]);
  expect(linesOfProposition(propositionResult({ source: 'rebuilt' }))[0]).toBe(
    'Proposition 6 (appendix, rebuilt): Stretching',
  );
});

it('all propositions: a line each', () => {
  const failed = propositionResult({ proposition: 7, holds: false, caveat: 'Only for primes.' });
  expect(linesOfAll([propositionResult(), failed]).map(cells)).toEqual([
    ['Proposition 6  Stretching', 'holds'],
    ['Proposition 7  Stretching', 'FAILS', 'with a caveat'],
  ]);
});
