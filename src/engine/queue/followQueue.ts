import type { QueueReport } from '../../contract/queue.ts';
import { pauseFor } from '../session/signal.ts';
import { reportQueue } from './queueReport.ts';

const lookMilliseconds = 700;

/** The queue, and again whenever it has changed; until the reader leaves. */
export async function* followQueue(signal: AbortSignal | undefined): AsyncGenerator<QueueReport, void, void> {
  let told = '';
  for (;;) {
    const report = await reportQueue();
    const text = JSON.stringify(report);
    if (text !== told) yield report;
    told = text;
    if (!(await pauseFor(lookMilliseconds, signal))) return;
  }
}
