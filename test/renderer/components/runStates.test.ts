import { describe, expect, it } from 'vitest';
import { runStates } from '../../../src/contract/studio.ts';
import type { RunSummary } from '../../../src/contract/studio.ts';
import { lowered } from '../../../src/engine/training/divergence.ts';
import { TrainingDiverged } from '../../../src/engine/training/trainingErrors.ts';
import {
  canPause,
  canResume,
  failureWords,
  hasDiverged,
  isUnderWay,
  wayOn,
} from '../../../src/renderer/components/runStates.ts';
import { knownRun } from '../pages/analyse/knownRun.ts';

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

describe('a run whose training diverged', () => {
  const { run } = knownRun('one', {});
  const reason = new TrainingDiverged('the loss of step 3 is NaN', 3, run).message;
  const halved = (times: number): RunSummary['run'] => ({
    ...run,
    onDivergence: 'lower',
    divergences: Array.from({ length: times }, () => ({ at: 3, from: 0, learningRate: 1e-4 })),
  });
  const failed = { state: 'failed', bundled: false, run, error: reason } as const;

  it('is not offered to be resumed as it is, but with a lower learning rate', () => {
    expect([hasDiverged(failed), wayOn(failed)]).toEqual([true, 'lower']);
    expect(wayOn({ ...failed, run: halved(4) })).toBe('lower');
  });

  it('goes on in no way once the rate was halved as often as may be, which the trainer says so, too', () => {
    const last = new TrainingDiverged('the loss of step 3 is NaN', 3, halved(5));
    expect(() => lowered(halved(5), last, 0)).toThrow(/^Training diverged again/);
    expect(() => lowered(halved(4), last, 0)).not.toThrow();
    expect(wayOn({ ...failed, run: halved(5) })).toBe('none');
  });

  it('is told from a run that failed for another reason, or was stopped', () => {
    expect(wayOn({ ...failed, error: 'This machine has too little memory.' })).toBe('resume');
    expect(wayOn({ ...failed, error: null })).toBe('resume');
    expect(wayOn({ ...failed, state: 'paused' })).toBe('resume');
    expect(wayOn({ ...failed, state: 'finished' })).toBe('none');
    expect(wayOn({ ...failed, state: 'paused', bundled: true })).toBe('none');
  });

  it('says why without what would be typed in a terminal', () => {
    expect(failureWords(failed)).toBe(
      'Training diverged: the loss of step 3 is NaN. The last checkpoint is safe.',
    );
    const earlier = `${reason.slice(0, reason.indexOf('Continue'))}Go on with --on-divergence lower, which …`;
    expect(failureWords({ state: 'failed', error: earlier })).toBe(failureWords(failed));
    expect(failureWords({ state: 'failed', error: 'Start a run with --batch 16.' })).toBe(
      'Start a run with batch 16.',
    );
    expect(failureWords({ state: 'failed', error: null })).toBe('Training failed without a reason.');
  });
});
