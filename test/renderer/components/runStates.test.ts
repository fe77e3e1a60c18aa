import { expect, it } from 'vitest';
import { runStates } from '../../../src/contract/studio.ts';
import { canPause, canResume, isUnderWay } from '../../../src/renderer/components/runStates.ts';

it('a run is under way, can go on, or is finished: one of the three in each state', () => {
  const kinds = runStates.map((state) => [state, isUnderWay(state), canResume(state)]);
  expect(kinds).toEqual([
    ['waiting', false, true],
    ['starting', true, false],
    ['training', true, false],
    ['pausing', true, false],
    ['paused', false, true],
    ['interrupted', false, true],
    ['finished', false, false],
    ['failed', false, true],
  ]);
});

it('a run that is pausing cannot be paused again', () => {
  expect(runStates.filter(canPause)).toEqual(['starting', 'training']);
});
