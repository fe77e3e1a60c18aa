import { existsSync } from 'node:fs';
import { divergedWords } from '../../contract/runFiles.ts';
import type { QueueEntry } from '../../contract/queue.ts';
import { startOfProcess, thisPlace } from '../files/processIdentity.ts';
import { checkpointSteps } from '../runs/checkpoints.ts';
import { readStatus, runPaths } from '../runs/runFolder.ts';
import { isLocked } from '../runs/runLock.ts';

/**
 * Where an entry stands, by its run's folder: the folder decides, whoever started the trainer. `stopped` is a trainer that was asked to
 * and has saved, `lost` one that is gone; `isFinal` where another try would end in the same way.
 */
export type Standing =
  | { kind: 'running' }
  | { kind: 'finished' }
  | { kind: 'stopped' }
  | { kind: 'lost'; reason: string | null; isFinal: boolean };

/** Whether the run has what it was put into the queue for. */
export async function isFinished({ folder, steps }: Pick<QueueEntry, 'folder' | 'steps'>): Promise<boolean> {
  if (!existsSync(runPaths(folder).run)) return false;
  return ((await checkpointSteps(folder)).at(-1) ?? 0) >= steps;
}

/** Of an entry that was begun. */
export async function standingOf(entry: QueueEntry): Promise<Standing> {
  const { folder, begunAt } = entry;
  if ((await isLocked(folder)) || (await isRunning(entry))) return { kind: 'running' };
  if (await isFinished(entry)) return { kind: 'finished' };
  const written = await readStatus(folder).catch(() => undefined);
  // One that was killed before it could say anything has left what an earlier training said.
  const status = begunAt === null || (written?.heartbeat ?? '') >= begunAt ? written : undefined;
  if (status?.phase === 'stopped') return { kind: 'stopped' };
  const reason = status?.phase === 'failed' ? status.error : null;
  return { kind: 'lost', reason, isFinal: reason?.startsWith(divergedWords) === true };
}

/** Whether the process that was begun is there: it makes the run before it can lock it. */
export async function isRunning({ process }: QueueEntry): Promise<boolean> {
  if (process === null) return false;
  const place = await thisPlace();
  if (process.host !== place.host || process.boot !== place.boot) return false;
  const start = await startOfProcess(process.pid);
  if (start.state === 'gone') return false;
  return process.start === undefined || start.startedAt === undefined || process.start === start.startedAt;
}

/** Whether its machine was started anew since it was begun, or is another one: then nobody is to blame for its end. */
export async function isFromBefore({ process }: QueueEntry): Promise<boolean> {
  const place = await thisPlace();
  return process !== null && process.host === place.host && process.boot !== place.boot;
}
