import type { RunState } from '../../contract/studio.ts';

/** Whether a process trains the run, or ends a last step. */
export function isUnderWay(state: RunState): boolean {
  return state === 'training' || state === 'starting' || state === 'pausing';
}

/** Whether the run can be paused now. */
export function canPause(state: RunState): boolean {
  return state === 'training' || state === 'starting';
}

/** Whether the run can go on from what is saved. */
export function canResume(state: RunState): boolean {
  return state === 'paused' || state === 'interrupted' || state === 'failed' || state === 'waiting';
}
