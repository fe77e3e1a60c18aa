import type { Watch } from '../../contract/progress.ts';
import type { PartGate } from '../../contract/recipe.ts';
import type { OpenModel } from '../session/openModel.ts';
import { hairGateWithoutLabels, keptHairGateWithoutLabels } from './gateWithoutLabels.ts';
import { readKeptGate } from './keptGates.ts';
import { labelledFaces } from './strokeLabels.ts';
import { loadStrokes } from './strokesFiles.ts';
import { gateFromFaces } from './taughtGate.ts';

const hair = 'hair';
/** The gate that the model which comes along was taught before it was shipped. */
const taughtName = 'hair.taught.json';

/**
 * The best hair gate of a model that is at hand without a search: from the strokes that were painted on its own faces, else
 * the taught gate that came with it, else the one that was found without labels before. Null where there is none.
 */
export async function knownHairGate(open: OpenModel): Promise<PartGate | null> {
  const start = await keptHairGateWithoutLabels(open);
  const painted = start === null ? null : await gateFromStrokes(open, start);
  return painted ?? (await readKeptGate(open, taughtName)) ?? start;
}

/** The best hair gate of a model; where none is at hand, what its own colours tell is found first. */
export async function hairGate(open: OpenModel, watch: Watch): Promise<PartGate> {
  const known = await knownHairGate(open);
  if (known !== null) return known;
  const start = await hairGateWithoutLabels(open, watch);
  return (await gateFromStrokes(open, start)) ?? start;
}

/** Null where nobody painted hair on faces of these weights. @throws StudioError `damaged` */
async function gateFromStrokes(open: OpenModel, start: PartGate): Promise<PartGate | null> {
  const strokes = await loadStrokes(open.folder, hair);
  if (strokes === null || strokes.weights !== open.weightsSha256) return null;
  const faces = labelledFaces(strokes.faces, open.model.imageSize);
  return gateFromFaces(open, { name: hair, madeFrom: 'strokes', faces, start });
}
