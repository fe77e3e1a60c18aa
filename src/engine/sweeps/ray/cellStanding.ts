import { stat } from 'node:fs/promises';
import { divergedWords } from '../../../contract/runFiles.ts';
import { runPaths } from '../../runs/runFolder.ts';
import type { CellJob } from '../sweepEngine.ts';
import { factsOf, isFinished } from '../sweepReport.ts';

/** What the folder of a cell says. It is right where Ray is late or wrong. */
export interface CellStanding {
  isFinished: boolean;
  /** A living process trains it. */
  isHeld: boolean;
  /** When its trainer last said or wrote anything, in milliseconds since 1970; 0 where it never did. */
  changedAt: number;
  /** Why its training failed, where it says so. */
  error: string | null;
  /** Another try would end in the same way. */
  isFinal: boolean;
}

export async function cellStanding(job: CellJob): Promise<CellStanding> {
  const facts = await factsOf(job);
  const { status, lock } = runPaths(job.folder);
  const error = facts.status?.phase === 'failed' ? facts.status.error : null;
  return {
    isFinished: isFinished(job, facts),
    isHeld: facts.isLocked,
    changedAt: Math.max(...(await Promise.all([job.log, status, lock].map(changeOf)))),
    error,
    isFinal: error?.startsWith(divergedWords) === true,
  };
}

async function changeOf(path: string): Promise<number> {
  return stat(path).then(
    ({ mtimeMs }) => mtimeMs,
    () => 0,
  );
}
