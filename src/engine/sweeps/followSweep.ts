import type { SweepReport } from '../../contract/sweeps.ts';
import { pauseFor, restAfter } from '../session/signal.ts';
import { sweepStatus } from './sweeps.ts';

/** A sweep may have thousands of cells; what is shown of it is that old at most. */
const rest = { least: 1500, most: 15_000 };

/** A sweep's report, and again whenever it has changed; until the reader leaves. */
export async function* followSweep(
  sweep: string,
  signal: AbortSignal | undefined,
): AsyncGenerator<SweepReport, void, void> {
  let told = '';
  for (;;) {
    const start = performance.now();
    const report = await sweepStatus(sweep);
    const took = performance.now() - start;
    const text = JSON.stringify(report);
    if (text !== told) yield report;
    told = text;
    if (!(await pauseFor(restAfter(took, rest), signal))) return;
  }
}
