import { divergedWords, mostDivergences } from '../../contract/runFiles.ts';
import type { RunState, RunSummary } from '../../contract/studio.ts';

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

/**
 * How a run that does not train can go on. One that diverged would meet the same numbers again: it goes on only so that
 * its learning rate is halved then, and not at all where that was done as often as may be.
 */
export function wayOn({
  state,
  bundled,
  error,
  run,
}: Pick<RunSummary, 'state' | 'bundled' | 'error' | 'run'>): 'resume' | 'lower' | 'none' {
  if (bundled || !canResume(state)) return 'none';
  if (!hasDiverged({ state, error })) return 'resume';
  return (run.divergences?.length ?? 0) < mostDivergences ? 'lower' : 'none';
}

/** Whether a run failed because its numbers ran away. */
export function hasDiverged({ state, error }: Pick<RunSummary, 'state' | 'error'>): boolean {
  return state === 'failed' && error?.startsWith(divergedWords) === true;
}

/** Why a run failed, for pages: what the trainer advises to type is said by the page's own buttons. */
export function failureWords({ state, error }: Pick<RunSummary, 'state' | 'error'>): string {
  if (error === null) return 'Training failed without a reason.';
  const told = hasDiverged({ state, error })
    ? error.replace(/ [A-Z][^.]*--on-divergence[\s\S]*$/, '')
    : error;
  return told.replaceAll(/--([a-z]+(?:-[a-z]+)*)/g, (_whole, name: string) => name.replaceAll('-', ' '));
}
