import { describe, expect, it } from 'vitest';
import { isLiving, lookOf, nameOfTask, readTasks } from '../../../../src/engine/sweeps/slurm/taskList.ts';
import type { Task } from '../../../../src/engine/sweeps/slurm/taskList.ts';

/** What squeue 22.05.8 wrote for arrays in all states that it could be brought to, with a job of another name between. */
const captured = `1|3|COMPLETED|0|faces|None|
1|7|RUNNING|0|faces|None|
14|0|FAILED|1|faces|BadConstraints|
1|2|PENDING|9|faces|BeginTime|
1|1|FAILED|768|faces|NonZeroExitCode|
1|4|FAILED|9|faces|JobLaunchFailure|
6|0|PENDING|0|faces-2|Resources|
7|0|PENDING|0|faces|PartitionConfig|
8|5|PENDING|0|faces|ReqNodeNotAvail, UnavailableNodes:n[1-3]|
N/A|N/A|RUNNING|0|faces|None|

`;

function task(state: string, reason = 'None', exit = 0): Task {
  return { array: '12', index: 3, state, reason, exit };
}

describe('what squeue writes', () => {
  it('is read by its columns; jobs of other names and jobs that are no arrays are left out', () => {
    expect(readTasks(captured, 'faces')).toEqual([
      { array: '1', index: 3, state: 'COMPLETED', exit: 0, reason: 'None' },
      { array: '1', index: 7, state: 'RUNNING', exit: 0, reason: 'None' },
      { array: '14', index: 0, state: 'FAILED', exit: 1, reason: 'BadConstraints' },
      { array: '1', index: 2, state: 'PENDING', exit: 9, reason: 'BeginTime' },
      { array: '1', index: 1, state: 'FAILED', exit: 768, reason: 'NonZeroExitCode' },
      { array: '1', index: 4, state: 'FAILED', exit: 9, reason: 'JobLaunchFailure' },
      { array: '7', index: 0, state: 'PENDING', exit: 0, reason: 'PartitionConfig' },
      { array: '8', index: 5, state: 'PENDING', exit: 0, reason: 'ReqNodeNotAvail, UnavailableNodes:n[1-3]' },
    ]);
    expect(readTasks('', 'faces')).toEqual([]);
  });

  it('names a task by its array and place', () => {
    expect(readTasks(captured, 'faces-2').map(nameOfTask)).toEqual(['6_0']);
  });
});

describe('what a task is for the sweep', () => {
  it.each([
    ['RUNNING', 'None', 'running', undefined],
    ['COMPLETING', 'None', 'running', undefined],
    ['SUSPENDED', 'None', 'running', 'it is suspended; "scontrol resume 12_3" has it go on'],
    ['PENDING', 'None', 'queued', undefined],
    ['PENDING', 'Resources', 'queued', 'waits for free CPUs, memory or GPUs'],
    ['PENDING', 'JobArrayTaskLimit', 'queued', 'waits its turn in the sweep'],
    ['PENDING', 'BeginTime', 'queued', 'starts again in a moment'],
    ['PENDING', 'AssocGrpCpuLimit', 'queued', 'waits: AssocGrpCpuLimit'],
    ['PENDING', 'QOSMaxJobsPerUserLimit', 'queued', 'waits: QOSMaxJobsPerUserLimit'],
    [
      'PENDING',
      'ReqNodeNotAvail, UnavailableNodes:n1',
      'queued',
      'the nodes it asks for are not available for now',
    ],
    [
      'PENDING',
      'PartitionConfig',
      'blocked',
      'will wait for ever as asked: no node of the partition has the CPUs, memory and GPUs that a cell asks for (PartitionConfig)',
    ],
    [
      'PENDING',
      'PartitionTimeLimit',
      'blocked',
      'will wait for ever as asked: the time limit asked for is longer than the partition allows (PartitionTimeLimit)',
    ],
    [
      'PENDING',
      'PartitionNodeLimit',
      'blocked',
      'will wait for ever as asked: it asks for more nodes than the partition allows (PartitionNodeLimit)',
    ],
    [
      'PENDING',
      'QOSMaxWallDurationPerJobLimit',
      'blocked',
      'will wait for ever as asked: it is against a limit of the account (QOSMaxWallDurationPerJobLimit)',
    ],
    ['PENDING', 'JobHeldUser', 'blocked', 'is held: "scontrol release" has it start'],
    // As squeue 22.05.8 has it after "scontrol requeuehold".
    [
      'PENDING',
      'job requeued in held state',
      'blocked',
      'was requeued and is held: "scontrol release" has it start',
    ],
    ['COMPLETED', 'None', 'ended', undefined],
    ['CANCELLED', 'None', 'stopped', undefined],
    ['TIMEOUT', 'TimeLimit', 'failed', 'its time limit was over before it had saved'],
    ['NODE_FAIL', 'None', 'failed', 'its node was lost'],
    ['SOMETHING_NEW', 'None', 'unknown', 'Slurm calls it SOMETHING_NEW'],
  ] as const)('%s (%s) is %s', (state, reason, expected, words) => {
    expect(lookOf(task(state, reason))).toEqual({
      state: expected,
      job: '12_3',
      ...(words !== undefined && { reason: words }),
    });
  });

  // wait(2)'s status: the code times 256, or the signal.
  it.each([
    [768, 'failed', 'exit code 3; see its log'],
    [9, 'failed', 'ended by signal 9'],
    [130 * 256, 'stopped', 'it was asked to stop, and has saved'],
    [127 * 256, 'failed', 'its program is not there on the node (exit code 127)'],
    [53, 'failed', 'the node cannot write to the sweep’s folder: it must be shared'],
    [0, 'failed', 'BadConstraints'],
  ] as const)('a failure with status %i is %s: %s', (exit, state, reason) => {
    expect(lookOf(task('FAILED', 'BadConstraints', exit))).toEqual({ state, reason, job: '12_3' });
  });

  it('what may still start or run is not handed in again', () => {
    const states = ['PENDING', 'RUNNING', 'COMPLETING', 'REQUEUED', 'PREEMPTED', 'NEWER_THAN_US'];
    expect(states.map((state) => isLiving(task(state)))).toEqual(states.map(() => true));
    const over = ['COMPLETED', 'FAILED', 'CANCELLED', 'TIMEOUT', 'NODE_FAIL', 'OUT_OF_MEMORY'];
    expect(over.map((state) => isLiving(task(state)))).toEqual(over.map(() => false));
    expect(isLiving(task('PENDING', 'PartitionConfig'))).toBe(true);
  });
});
