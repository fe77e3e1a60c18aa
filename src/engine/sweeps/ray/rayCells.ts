import type { CellJob } from '../sweepEngine.ts';
import type { CellStanding } from './cellStanding.ts';
import { neverHadRoom, ofCluster } from './rayAnswers.ts';
import type { RayJob } from './rayAnswers.ts';
import { lastError } from './rayFailures.ts';

/** A cell while its sweep is handed in. */
export interface HandedCell {
  readonly job: CellJob;
  /** `over`: nothing more is done about it here. */
  state: 'waiting' | 'handed' | 'over';
  /** Of its job; another one where Ray believes that a dead job runs. */
  id: string;
  /** An earlier command asked its job to stop, which has not ended yet. */
  wasToStop: boolean;
  isRunning: boolean;
  /** How often its trainer failed, and how often its job was lost with a head or an agent. */
  failures: number;
  losses: number;
  /** When it last gave a sign of life, in milliseconds since 1970, and whether it ever took its folder's lock. */
  aliveAt: number;
  wasHeld: boolean;
  /** When Ray first said that it succeeded. */
  succeededAt?: number;
  /** Why it is not finished, where it is over. */
  reason?: string;
}

/**
 * What follows for a cell from what Ray and its folder say. `room`: it was not its turn yet, `failed`: its trainer failed, `lost`: its job is
 * gone and nobody is to blame.
 */
export type Verdict =
  | { next: 'wait' | 'finished' | 'room' }
  | { next: 'failed'; reason: string; isFinal: boolean }
  | { next: 'lost'; reason: string; isStale: boolean }
  | { next: 'over'; reason: string };

/** A folder on another machine may be seen as it was a minute ago. */
const folderLateMilliseconds = 90_000;
/** A trainer renews its lock each second; one that never had it may still be packing pictures. */
const silentMilliseconds = { held: 180_000, neverHeld: 1_800_000 };
/** Of the command line: what it was started with makes no sense. */
const wrongUsage = 2;

/**
 * Reads Ray's word about a handed-in cell beside its folder's. The folder decides: Ray says RUNNING for ever of a job whose agent died, and
 * SUCCEEDED of one whose folder is another.
 * @param job undefined where the head does not know it: it was started anew since
 */
export function verdictOn(
  cell: HandedCell,
  job: RayJob | undefined,
  standing: CellStanding,
  now: number,
): Verdict {
  if (standing.isFinished) return { next: 'finished' };
  switch (job?.status) {
    case undefined:
      return {
        next: 'lost',
        reason: 'The head was started anew, and does not know its job.',
        isStale: false,
      };
    case 'PENDING':
      return { next: 'wait' };
    case 'RUNNING':
      return isSilent(cell, standing, now)
        ? { next: 'lost', reason: 'Ray says that it runs, and nothing works in its folder.', isStale: true }
        : { next: 'wait' };
    case 'SUCCEEDED':
      return now - (cell.succeededAt ?? now) < folderLateMilliseconds
        ? { next: 'wait' }
        : { next: 'over', reason: notSharedWords(cell.job.folder) };
    case 'FAILED':
      if (job.error_type === neverHadRoom) return { next: 'room' };
      if (job.error_type?.startsWith(ofCluster) === true) {
        return { next: 'lost', reason: lastError(job.message ?? ''), isStale: false };
      }
      return {
        next: 'failed',
        reason: standing.error ?? failureWords(job, cell.job.log),
        isFinal: standing.isFinal || job.driver_exit_code === wrongUsage,
      };
    case 'STOPPED':
      return cell.wasToStop ? { next: 'room' } : { next: 'over', reason: 'It was stopped.' };
  }
}

function isSilent(cell: HandedCell, standing: CellStanding, now: number): boolean {
  if (standing.isHeld) return false;
  const limit = cell.wasHeld ? silentMilliseconds.held : silentMilliseconds.neverHeld;
  return now - Math.max(cell.aliveAt, standing.changedAt) > limit;
}

function notSharedWords(folder: string): string {
  return `Ray says that it succeeded, and ${folder} has no last checkpoint here. Is this the same folder on the cluster's machines?`;
}

/** Why a job failed, as far as Ray knows. */
export function failureWords({ driver_exit_code: code, message }: RayJob, log: string): string {
  if (code === -9) return 'It was killed (signal 9), perhaps since memory ran out.';
  if (typeof code === 'number' && code < 0) return `It was ended by signal ${-code}.`;
  if (code === 126 || code === 127) {
    return `On that machine Node or the command line is not at the path it has here (exit code ${code}).`;
  }
  // What the shell says comes before the trainer has a log.
  const shell = message?.split('\n').findLast((line) => /^(\/\S*)?sh: /.test(line));
  if (shell !== undefined) return `${shell}.`;
  if (typeof code === 'number') return `It ended with exit code ${code}; ${log} says why.`;
  return lastError(message ?? '');
}
