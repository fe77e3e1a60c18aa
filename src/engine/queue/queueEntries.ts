import { createHash, randomUUID } from 'node:crypto';
import { basename } from 'node:path';
import { StudioError } from '../../contract/errors.ts';
import { imageLayerOf } from '../../contract/runFiles.ts';
import type { RunFile } from '../../contract/runFiles.ts';
import { mostQueued } from '../../contract/queue.ts';
import type { QueueEntry, QueueFile } from '../../contract/queue.ts';
import { trainable } from '../../contract/trainable.ts';
import { readRun, runPaths } from '../runs/runFolder.ts';
import { goOnWords } from '../studio/trainers.ts';
import type { GoingOn } from '../studio/trainers.ts';
import { changeQueue } from './queueFile.ts';

/** An entry as it is asked for: what only the queue decides is left out. */
export type NewEntry = Pick<
  QueueEntry,
  | 'folder'
  | 'title'
  | 'from'
  | 'begin'
  | 'goOn'
  | 'log'
  | 'steps'
  | 'threads'
  | 'isOnGpu'
  | 'alike'
  | 'mostTries'
>;

/** A person's run is tried again twice: a third death is no accident. */
export const usualTries = 3;

/** What tells how long a step takes, whatever the seed and the pictures: as text, and no longer than it must be. */
export function alikeOf(settings: unknown): string {
  return createHash('sha256').update(JSON.stringify(settings)).digest('hex').slice(0, 16);
}

/** An entry that goes on with a run that is there. */
export async function entryOfRun(
  folder: string,
  { extend = 0, onDivergence }: GoingOn = {},
): Promise<NewEntry> {
  const run = await readRun(folder);
  const { kind, hyperParameters } = trainable(run);
  return {
    folder,
    title: basename(folder),
    from: 'person',
    begin: null,
    goOn: goOnWords(folder, { onDivergence }),
    log: runPaths(folder).log,
    steps: run.steps + extend,
    threads: run.device.intraOpThreads,
    isOnGpu: run.device.kind === 'gpu',
    alike: alikeOf([kind, hyperParameters, run.spectral, imageLayerOf(run), threadsOf(run)]),
    mostTries: usualTries,
  };
}

function threadsOf({ device }: RunFile): number {
  return device.intraOpThreads;
}

/**
 * Puts entries at the end of the queue. A run has one entry: one that waits, is held or has failed is replaced where it stands; one
 * that was begun stays as it is, and goes on by itself where its trainer is gone.
 * @throws StudioError `wrong-usage` where the queue would have more entries than it can
 */
export async function addToQueue(asked: readonly NewEntry[], now = new Date()): Promise<QueueFile> {
  return changeQueue((queue) => {
    const entries = [...queue.entries];
    for (const entry of asked) {
      const at = entries.findIndex(({ folder }) => folder === entry.folder);
      if (at < 0) entries.push(newEntry(entry, now));
      else if (entries[at]?.state !== 'running') entries[at] = newEntry(entry, now);
    }
    if (entries.length > mostQueued) {
      throw new StudioError(
        'wrong-usage',
        `The queue would have ${entries.length} runs, and it holds at most ${mostQueued}. Add fewer.`,
      );
    }
    return { ...queue, entries };
  });
}

function newEntry(entry: NewEntry, now: Date): QueueEntry {
  return {
    ...entry,
    id: randomUUID(),
    addedAt: now.toISOString(),
    tries: 0,
    state: 'waiting',
    isHeld: false,
    begunAt: null,
    process: null,
    gpu: null,
    error: null,
  };
}
