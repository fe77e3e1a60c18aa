import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { StudioError } from '../../contract/errors.ts';
import { gateFileSchema } from '../../contract/gates.ts';
import type { PartGate } from '../../contract/recipe.ts';
import { writeWhole } from '../files/safeFiles.ts';
import { requireRecipeFits } from '../interventions/applyRecipe.ts';
import { readJson, runPaths } from '../runs/runFolder.ts';
import { workFolder } from '../runs/workFolder.ts';
import type { OpenModel } from '../session/openModel.ts';

/** A gate that was kept for these weights; null where there is none that can be read. */
export async function readKeptGate(open: OpenModel, name: string): Promise<PartGate | null> {
  for (const folder of [open.folder, workFolder(open.folder)]) {
    try {
      const { weights, gate } = await readJson(join(runPaths(folder).gates, name), gateFileSchema);
      if (weights === open.weightsSha256 && fits(open, gate)) return gate;
    } catch (error) {
      if (!(error instanceof StudioError)) throw error;
    }
  }
  return null;
}

function fits(open: OpenModel, gate: PartGate): boolean {
  const map = { kind: 'negate' as const };
  const step = { kind: 'fluoHair' as const, channels: [0], map, gate, enabled: true };
  try {
    requireRecipeFits(open.model, { version: 1, name: 'kept', steps: [step] });
    return true;
  } catch {
    return false;
  }
}

/** Keeps a gate for the next time. A folder that cannot be written to is no fault: the gate is then made again. */
export async function keepGate(open: OpenModel, name: string, gate: PartGate): Promise<void> {
  const folder = runPaths(workFolder(open.folder)).gates;
  try {
    await mkdir(folder, { recursive: true });
    await writeWhole(
      join(folder, name),
      `${JSON.stringify({ version: 1, weights: open.weightsSha256, gate })}\n`,
    );
  } catch (error) {
    if (!(error instanceof Error && 'code' in error)) throw error;
  }
}
