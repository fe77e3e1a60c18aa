import type { QueueReport } from '../../contract/queue.ts';
import { api } from './api.ts';
import { SharedStream, useStream } from './sharedStream.ts';
import type { Streamed } from './sharedStream.ts';

const queue = new SharedStream<QueueReport, QueueReport>(
  (signal) => api.queue.follow(undefined, { signal }),
  (_before, event) => event,
);

/** What is trained and what waits for a free slot, live. */
export function useQueue(): Streamed<QueueReport> {
  return useStream(queue);
}
