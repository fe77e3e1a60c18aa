import type { QueueReport } from '../../contract/queue.ts';
import { followLooks } from '../session/followLooks.ts';
import { reportQueue } from './queueReport.ts';

/** The queue may hold thousands of runs; what is shown of it is that old at most. */
const rest = { least: 700, most: 4000 };

/** The queue, and again whenever it has changed; until the reader leaves. */
export function followQueue(signal: AbortSignal | undefined): AsyncGenerator<QueueReport, void, void> {
  return followLooks(() => reportQueue(), rest, signal);
}
