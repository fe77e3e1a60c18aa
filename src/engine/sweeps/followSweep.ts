import type { SweepReport } from '../../contract/sweeps.ts';
import { followLooks } from '../session/followLooks.ts';
import { sweepStatus } from './sweeps.ts';

/** A sweep may have thousands of cells; what is shown of it is that old at most. */
const rest = { least: 1500, most: 15_000 };

/** A sweep's report, and again whenever it has changed; until the reader leaves. */
export function followSweep(
  sweep: string,
  signal: AbortSignal | undefined,
): AsyncGenerator<SweepReport, void, void> {
  return followLooks(() => sweepStatus(sweep), rest, signal);
}
