import type { ModelSdr } from '../../contract/analysis.ts';
import type { Watch } from '../../contract/progress.ts';
import { sdrOfModel } from './modelSdr.ts';
import { picturesAtHand } from '../session/picturesAtHand.ts';
import type { MeasuredSdr, SdrSettings } from './modelSdr.ts';
import { withModel } from '../export/writePictures.ts';
import type { OpenModel } from '../session/openModel.ts';

export interface SdrInput extends SdrSettings {
  run: string;
  step?: number | undefined;
}

const kept = new Map<string, MeasuredSdr>();
const mostKept = 6;

function keyOf(open: OpenModel, { samples, grid, seed }: SdrInput): string {
  return [open.weightsSha256, open.run.data.key, open.run.data.folder, samples, grid, seed].join(' ');
}

/** The measurement of a model, kept for the bins that are looked into afterwards. */
export async function networkSdrOf(open: OpenModel, input: SdrInput, watch: Watch): Promise<MeasuredSdr> {
  const key = keyOf(open, input);
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
): Promise<{ run: string; step: number; sdr: ModelSdr }> {
  return withModel(input, async (open) => {
    await forgetIfOutdated(open, input, watch);
    const { result } = await networkSdrOf(open, input, watch);
    return { run: open.id, step: open.step, sdr: result };
  });
}

/** What was measured without pictures is measured anew once they are there, or are missing for another reason. */
async function forgetIfOutdated(open: OpenModel, input: SdrInput, watch: Watch): Promise<void> {
  const key = keyOf(open, input);
  const missing = kept.get(key)?.result.source.missing ?? null;
  if (missing === null) return;
  const pictures = await picturesAtHand(open.run, watch);
  if (typeof pictures !== 'string') pictures.close();
  else if (missing.includes(pictures)) return;
  kept.delete(key);
}
