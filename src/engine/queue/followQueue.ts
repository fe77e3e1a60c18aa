import type { QueueReport } from '../../contract/queue.ts';
import { pauseFor } from '../session/signal.ts';
import { reportQueue } from './queueReport.ts';

/** The queue is looked at so often, but never more than a tenth of the time: one may hold thousands. */
const lookMilliseconds = 700;

/** The queue, and again whenever it has changed; until the reader leaves. */
export async function* followQueue(signal: AbortSignal | undefined): AsyncGenerator<QueueReport, void, void> {
  let told = '';
  for (;;) {
    const start = performance.now();
    const report = await reportQueue();
    const text = JSON.stringify(report);
    if (text !== told) yield report;
    told = text;
    const took = performance.now() - start;
    if (!(await pauseFor(Math.max(lookMilliseconds, 9 * took), signal))) return;
  }
}
