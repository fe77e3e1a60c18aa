import type { QueueEntry } from '../../src/contract/queue.ts';

/** An entry that waits; what a test is about is given. */
export function queueEntry(id: string, given: Partial<QueueEntry> = {}): QueueEntry {
  return {
    id,
    folder: `/runs/${id}`,
    title: id,
    from: 'person',
    addedAt: '2026-01-01T00:00:00.000Z',
    begin: null,
    goOn: ['train', '--resume', `/runs/${id}`],
    log: `/runs/${id}/trainer.log`,
    steps: 100,
    threads: 1,
    isOnGpu: false,
    alike: 'same',
    tries: 0,
    mostTries: 3,
    state: 'waiting',
    isHeld: false,
    begunAt: null,
    process: null,
    gpu: null,
    error: null,
    ...given,
  };
}
