import type { QueueReport } from '../../contract/queue.ts';
import { pauseFor, restAfter } from '../session/signal.ts';
import { reportQueue } from './queueReport.ts';

/** The queue may hold thousands of runs; what is shown of it is that old at most. */
const rest = { least: 700, most: 4000 };

/** The queue, and again whenever it has changed; until the reader leaves. */
export async function* followQueue(signal: AbortSignal | undefined): AsyncGenerator<QueueReport, void, void> {
  let told = '';
  for (;;) {
    const start = performance.now();
    const report = await reportQueue();
    const took = performance.now() - start;
    const text = JSON.stringify(report);
    if (text !== told) yield report;
    told = text;
    if (!(await pauseFor(restAfter(took, rest), signal))) return;
  }
}
