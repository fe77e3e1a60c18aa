import type { SweepReport } from '../../contract/sweeps.ts';
import { pauseFor } from '../session/signal.ts';
import { sweepStatus } from './sweeps.ts';

/** A sweep is looked at so often, but never more than a tenth of the time. */
const lookMilliseconds = 1500;

/** A sweep's report, and again whenever it has changed; until the reader leaves. */
export async function* followSweep(
  sweep: string,
  signal: AbortSignal | undefined,
): AsyncGenerator<SweepReport, void, void> {
  let told = '';
  for (;;) {
    const start = performance.now();
    const report = await sweepStatus(sweep);
    const text = JSON.stringify(report);
    if (text !== told) yield report;
    told = text;
    const took = performance.now() - start;
    if (!(await pauseFor(Math.max(lookMilliseconds, 9 * took), signal))) return;
  }
}
