import type { Watch } from '../../contract/progress.ts';
import type { PartGate } from '../../contract/recipe.ts';
import { measurement } from '../session/measurements.ts';
import type { OpenModel } from '../session/openModel.ts';
import { colourDirections } from './colourDirections.ts';
import { facesAtHand } from './facesAtHand.ts';
import { keepGate, readKeptGate } from './keptGates.ts';
import { partitionGate } from './partitionGate.ts';
import type { Directions } from './partitionGate.ts';
import type { Part } from './partRegions.ts';

/** Faces that teach the network. */
const teachingFaces = 400;
const seed = 0;
const keptName = 'hair.colours.json';

/** Each part's own direction among a model's latents. */
export const directionsOfModel = measurement<null, Directions>(
  'colour directions',
  () => '',
  async (open, _, watch) => colourDirections(open.model, await facesAtHand.of(open, null, watch), watch),
);

/**
 * A gate on a part without a label or a mask: from what moves with the part's colour in the faces that the model draws.
 * Made once for a model.
 */
export const gateWithoutLabels = measurement<Part, PartGate>(
  'gate without labels',
  (part) => part,
  async (open, part, watch) => {
    const directions = await directionsOfModel.of(open, null, watch);
    const faces = await facesAtHand.of(open, null, watch);
    const z = faces.slice(0, teachingFaces * open.model.latent);
    return partitionGate(open.model, { name: part, part, madeFrom: 'colours', directions, z }, seed, watch);
  },
);

/**
 * A hair gate without labels. It is kept beside the run's strokes, since it takes half a minute; the model that comes along
 * brings its own.
 */
export async function hairGateWithoutLabels(open: OpenModel, watch: Watch): Promise<PartGate> {
  const kept = await keptHairGateWithoutLabels(open);
  if (kept !== null) return kept;
  const gate = await gateWithoutLabels.of(open, 'hair', watch);
  await keepGate(open, keptName, gate);
  return gate;
}

/** The hair gate without labels where it was found before, or came with the model. */
export function keptHairGateWithoutLabels(open: OpenModel): Promise<PartGate | null> {
  return readKeptGate(open, keptName);
}
