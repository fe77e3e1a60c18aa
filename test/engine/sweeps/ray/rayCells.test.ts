import { describe, expect, it } from 'vitest';
import { trainRequestSchema } from '../../../../src/contract/runs.ts';
import type { CellJob } from '../../../../src/engine/sweeps/sweepEngine.ts';
import type { CellStanding } from '../../../../src/engine/sweeps/ray/cellStanding.ts';
import type { RayJob } from '../../../../src/engine/sweeps/ray/rayAnswers.ts';
import { failureWords, verdictOn } from '../../../../src/engine/sweeps/ray/rayCells.ts';
import type { HandedCell } from '../../../../src/engine/sweeps/ray/rayCells.ts';

const job: CellJob = {
  ...{ index: 0, name: 'seed0', folder: '/sweep/seed0', log: '/sweep/logs/seed0.log', steps: 9 },
  request: trainRequestSchema.parse({ data: 'faces', steps: 9 }),
};
const unfinished: CellStanding = {
  ...{ isFinished: false, isHeld: false, changedAt: 0, error: null, isFinal: false },
};
const minute = 60_000;

function cell(changes: Partial<HandedCell> = {}): HandedCell {
  return {
    ...{ job, state: 'handed', id: 'a', wasToStop: false, isRunning: true, failures: 0, losses: 0 },
    ...{ aliveAt: 0, wasHeld: false },
    ...changes,
  };
}

function says(status: RayJob['status'], more: Partial<RayJob> = {}): RayJob {
  return { status, entrypoint: '', ...more };
}

describe('what follows from what Ray says and the folder shows', () => {
  it.each(['PENDING', 'RUNNING', 'SUCCEEDED', 'FAILED', 'STOPPED'] as const)(
    'a finished folder is finished, though Ray says %s',
    (status) => {
      expect(verdictOn(cell(), says(status), { ...unfinished, isFinished: true }, 0)).toEqual({
        next: 'finished',
      });
    },
  );

  it('a job that waits or runs is left alone', () => {
    expect(verdictOn(cell(), says('PENDING'), unfinished, 60 * minute)).toEqual({ next: 'wait' });
    expect(verdictOn(cell(), says('RUNNING'), { ...unfinished, isHeld: true }, 60 * minute)).toEqual({
      next: 'wait',
    });
  });

  it('a job that failed is tried again, and one that never had its turn waits anew', () => {
    expect(verdictOn(cell(), says('FAILED', { driver_exit_code: -9 }), unfinished, 0)).toEqual({
      next: 'failed',
      reason: 'It was killed (signal 9), perhaps since memory ran out.',
      isFinal: false,
    });
    const late = says('FAILED', { error_type: 'JOB_SUPERVISOR_ACTOR_START_TIMEOUT' });
    expect(verdictOn(cell(), late, unfinished, 0)).toEqual({ next: 'room' });
  });

  it('a failure that would come again is final, and has the words of its run', () => {
    const diverged = { ...unfinished, error: 'Training diverged at step 7.', isFinal: true };
    expect(verdictOn(cell(), says('FAILED', { driver_exit_code: 1 }), diverged, 0)).toEqual({
      next: 'failed',
      reason: 'Training diverged at step 7.',
      isFinal: true,
    });
    expect(verdictOn(cell(), says('FAILED', { driver_exit_code: 2 }), unfinished, 0)).toMatchObject({
      isFinal: true,
    });
  });

  it('a job that the head has forgotten is tried again', () => {
    expect(verdictOn(cell(), undefined, unfinished, 0)).toMatchObject({ next: 'lost', isStale: false });
  });

  it.each(['JOB_SUPERVISOR_ACTOR_DIED', 'JOB_SUPERVISOR_ACTOR_START_FAILURE'])(
    'a job whose machine was lost failed through no fault of its own: %s',
    (error_type) => {
      const message = 'Unexpected error occurred: the node has died.';
      expect(verdictOn(cell(), says('FAILED', { error_type, message }), unfinished, 0)).toEqual({
        next: 'lost',
        reason: message,
        isStale: false,
      });
    },
  );

  it('a job that a person stopped is over, and one that an earlier command did waits anew', () => {
    expect(verdictOn(cell(), says('STOPPED'), unfinished, 0)).toEqual({
      next: 'over',
      reason: 'It was stopped.',
    });
    expect(verdictOn(cell({ wasToStop: true }), says('STOPPED'), unfinished, 0)).toEqual({ next: 'room' });
  });

  it('a success that the folder does not show is waited for, and then said', () => {
    const succeeded = cell({ succeededAt: 0 });
    expect(verdictOn(succeeded, says('SUCCEEDED'), unfinished, minute)).toEqual({ next: 'wait' });
    expect(verdictOn(succeeded, says('SUCCEEDED'), unfinished, 2 * minute)).toEqual({
      next: 'over',
      reason:
        "Ray says that it succeeded, and /sweep/seed0 has no last checkpoint here. Is this the same folder on the cluster's machines?",
    });
  });
});

describe('a status that is not true any more', () => {
  it.each([
    ['its lock is gone for two minutes', { wasHeld: true }, 2, 'wait'],
    ['its lock is gone for four minutes', { wasHeld: true }, 4, 'lost'],
    ['it never had its lock for 20 minutes: it packs pictures', {}, 20, 'wait'],
    ['it never had its lock for 40 minutes', {}, 40, 'lost'],
  ])('%s', (_, changes, minutes, next) => {
    expect(verdictOn(cell(changes), says('RUNNING'), unfinished, minutes * minute)).toMatchObject({ next });
  });

  it('what is written in its folder or log is a sign of life', () => {
    const standing = { ...unfinished, changedAt: 30 * minute };
    expect(verdictOn(cell(), says('RUNNING'), standing, 40 * minute)).toEqual({ next: 'wait' });
    expect(verdictOn(cell(), says('RUNNING'), standing, 61 * minute)).toMatchObject({ isStale: true });
  });
});

describe('why a job failed', () => {
  it.each([
    [{ driver_exit_code: -15 }, 'It was ended by signal 15.'],
    [
      { driver_exit_code: 127 },
      'On that machine Node or the command line is not at the path it has here (exit code 127).',
    ],
    [{ driver_exit_code: 1 }, 'It ended with exit code 1; /sweep/logs/seed0.log says why.'],
    [
      { driver_exit_code: 2, message: "failed, last logs:\n/bin/sh: 1: cd: can't cd to /sweep\n" },
      "/bin/sh: 1: cd: can't cd to /sweep.",
    ],
    [{ message: 'Traceback\nRuntimeError: The agent is gone.' }, 'The agent is gone.'],
    [{ message: null, driver_exit_code: null }, 'it does not say why'],
  ])('%j', (more, words) => {
    expect(failureWords(says('FAILED', more), job.log)).toBe(words);
  });
});
