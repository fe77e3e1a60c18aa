import type { SdrResult } from '../../../contract/analysis.ts';
import type { Watch } from '../../../contract/progress.ts';
import type { NetworkSdr } from '../../analysis/networkSdr.ts';
import { sdrOfModel } from '../analysis.ts';
import type { SdrSettings } from '../analysis.ts';
import { withModel } from '../models.ts';
import type { OpenModel } from '../openModel.ts';

export interface SdrInput extends SdrSettings {
  run: string;
  step?: number | undefined;
}

const kept = new Map<string, NetworkSdr>();
const mostKept = 6;

/** The measurement of a model, kept for the bins that are looked into afterwards. */
export async function networkSdrOf(open: OpenModel, input: SdrInput, watch: Watch): Promise<NetworkSdr> {
  const key = [open.weightsSha256, input.samples, input.grid, input.seed].join(' ');
  const found = kept.get(key);
  if (found !== undefined) return found;
  const measured = await sdrOfModel(open, input, watch);
  kept.set(key, measured);
  for (const oldest of kept.keys()) {
    if (kept.size <= mostKept) break;
    kept.delete(oldest);
  }
  return measured;
}

export async function sdrOfRun(
  input: SdrInput,
  watch: Watch,
): Promise<{ run: string; step: number; sdr: SdrResult }> {
  return withModel(input, async (open) => {
    const { result } = await networkSdrOf(open, input, watch);
    return { run: open.id, step: open.step, sdr: result };
  });
}
