import type { QueuedRun, QueueReport } from '../../src/contract/queue.ts';

/** An entry of a queue: one that waits, unless something else is said. */
export function queued(name: string, part: Partial<QueuedRun> = {}): QueuedRun {
  return {
    ...{
      id: name,
      folder: `/runs/${name}`,
      title: name,
      from: 'person',
      addedAt: '2026-01-01T00:00:00.000Z',
    },
    ...{ steps: 3000, threads: 2, state: 'waiting', isHeld: false, gpu: null, tries: 0, error: null },
    ...{ step: 0, beginsIn: null, endsIn: null },
    ...part,
  };
}

export function queueOf(runs: QueuedRun[], part: Partial<QueueReport> = {}): QueueReport {
  return { isPaused: false, isWorked: true, threads: 2, gpus: 0, runs, etaSeconds: null, ...part };
}
