import type { ModelSdr } from '../../contract/analysis.ts';
import type { Watch } from '../../contract/progress.ts';
import type { ModelRef } from '../../contract/shared.ts';
import { withModel } from '../session/modelPool.ts';
import { currentSdr } from './modelSdr.ts';
import type { SdrSettings } from './modelSdr.ts';

/** Spectral density ratios of a run at a step. */
export function sdrOfRun(
  input: SdrSettings & ModelRef,
  watch: Watch,
): Promise<{ run: string; step: number; sdr: ModelSdr }> {
  return withModel(input, async (open) => {
    const { result } = await currentSdr(open, input, watch);
    return { run: open.id, step: open.step, sdr: result };
  });
}
