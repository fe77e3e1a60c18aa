import { StudioError } from '../../contract/errors.ts';
import type { Watch } from '../../contract/progress.ts';
import { truthOf } from '../data/faceTruth.ts';
import type { PackedImages } from '../data/packedImages.ts';
import { latentsFromSeeds } from '../models/layeredGenerator.ts';
import { hasEncoder } from '../models/trainedModel.ts';
import { encodeMeans } from '../session/encodeMeans.ts';
import { measurement } from '../session/measurements.ts';
import type { OpenModel } from '../session/openModel.ts';
import { picturesAtHand } from '../session/picturesAtHand.ts';
import { valuesOf } from '../tensorflow/valuesOf.ts';
import type { FaceRegions } from './roughRegions.ts';

const faces = 64;
/** Seeds that no page shows first. */
const firstSeed = 9_000_000;
/** A pixel that belongs to a part by less shows something else too. */
const leastShare = 0.9;

/** What recipes are measured on. */
export interface ReachFaces {
  source: 'held-out' | 'seeds';
  /** [faces, latent], row after row */
  latents: Float32Array;
  /** From true masks; null where there are none. */
  regions: FaceRegions | null;
}

/**
 * Faces that recipes of a model are measured on: held-out pictures of the run where they are at hand and the model can take
 * them in, or else faces of the prior.
 */
export const reachFaces = measurement<null, ReachFaces>(
  'faces of checks',
  () => '',
  async (open, _, watch) => (await heldOutFaces(open, watch)) ?? facesOfSeeds(open),
  ({ latents, regions }) =>
    latents.byteLength + (regions === null ? 0 : Object.values(regions).length * regions.hair.byteLength),
);

async function heldOutFaces({ model, run }: OpenModel, watch: Watch): Promise<ReachFaces | null> {
  if (!hasEncoder(model)) return null;
  const images = await openedImages(run, watch);
  if (images === null) return null;
  try {
    const indices = middleOf(images);
    if (indices.length === 0) return null;
    const latents = valuesOf(() => encodeMeans(model, images, indices));
    const truth = await truthOf(images, indices);
    if (truth === undefined) return { source: 'held-out', latents, regions: null };
    const whole = (shares: Float32Array): Uint8Array =>
      Uint8Array.from(shares, (share) => (share >= leastShare ? 1 : 0));
    const regions = {
      hair: whole(truth.hair),
      face: whole(truth.face),
      background: whole(truth.background),
    };
    return { source: 'held-out', latents, regions };
  } finally {
    images.close();
  }
}

/** Null where they cannot be had for whatever reason: a check must not be why something else fails. */
async function openedImages(run: OpenModel['run'], watch: Watch): Promise<PackedImages | null> {
  try {
    const images = await picturesAtHand(run, watch);
    return typeof images === 'string' ? null : images;
  } catch (error) {
    if (!(error instanceof StudioError) || error.code === 'interrupted') throw error;
    return null;
  }
}

/** Of the held-out pictures those in the middle: strokes are drawn on the first ones, and paintings come from the last. */
function middleOf(images: PackedImages): Int32Array {
  const held = Int32Array.from([...images.indicesOf('validation'), ...images.indicesOf('test')]);
  const first = Math.max(0, Math.floor((held.length - faces) / 2));
  return held.slice(first, first + faces);
}

function facesOfSeeds({ model }: OpenModel): ReachFaces {
  const seeds = Array.from({ length: faces }, (_, at) => firstSeed + at);
  const latents = valuesOf(() => latentsFromSeeds(seeds, model.latent));
  return { source: 'seeds', latents, regions: null };
}
