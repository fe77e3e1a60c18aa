import { describe, expect, it } from 'vitest';
import { spreadOf, verdictOverSeeds } from '../../../../src/engine/analysis/verdicts/verdictRules.ts';

const claim = {
  claim: 'It grows, in every seed.',
  place: 'Sec. 1',
  gate: false,
  values: [],
  numbers: 'Growth: 2.',
};

// The rule is the one that `seedRule` states; each case below is one of its words.
describe('verdictOverSeeds', () => {
  it.each([
    { truths: [true, true, true], outcome: 'holds' },
    { truths: [false, false, false], outcome: 'does-not-hold' },
    { truths: [true, false, true], outcome: 'undecidable' },
    { truths: [true, true], outcome: 'undecidable' },
    { truths: [false], outcome: 'undecidable' },
    { truths: [true, true, null], outcome: 'undecidable' },
    { truths: [true, true, null, true], outcome: 'holds' },
    { truths: [], outcome: 'undecidable' },
  ])('$truths: $outcome', ({ truths, outcome }) => {
    expect(verdictOverSeeds({ ...claim, truths }).outcome).toBe(outcome);
  });

  it('says how many seeds, and how many could not be measured', () => {
    const { because } = verdictOverSeeds({ ...claim, truths: [true, null, false, true] });
    expect(because).toBe('Growth: 2. True of 2 of 3 seeds (1 could not be measured): the seeds disagree.');
  });
});

describe('words for numbers', () => {
  it('spreads: mean and range, one number alone, nothing', () => {
    expect(spreadOf([1, 2, 3])).toBe('2.00 (1.00 to 3.00)');
    expect(spreadOf([null, 4])).toBe('4.00');
    expect(spreadOf([null])).toBe('not measured');
  });
});
