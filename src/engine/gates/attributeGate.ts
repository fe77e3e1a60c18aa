import { StudioError } from '../../contract/errors.ts';
import type { Watch } from '../../contract/progress.ts';
import type { PartGate } from '../../contract/recipe.ts';
import type { PackedImages } from '../data/packedImages.ts';
import { createRandom } from '../math/random.ts';
import { encodeMeans } from '../session/encodeMeans.ts';
import { requireEncoder } from '../session/openModel.ts';
import type { OpenModel } from '../session/openModel.ts';
import { picturesAtHand } from '../session/picturesAtHand.ts';
import { withImages } from '../session/trainingImages.ts';
import { valuesOf } from '../tensorflow/valuesOf.ts';
import { explainLatents, unitVector } from './explainLatents.ts';
import { directionsOfModel } from './gateWithoutLabels.ts';
import { partitionGate } from './partitionGate.ts';

/** The attributes of CelebA whose difference is the hair's colour. */
const light = 'Blond_Hair';
const dark = 'Black_Hair';
/** Training pictures that the direction is fitted on, and those that teach the network. */
const mostPictures = 9000;
const teachingPictures = 400;
const seed = 0;
const stream = 0xa77b;

/** Whether pictures have the attributes that tell of the hair's colour. */
export function hasHairAttributes({ attributeNames }: Pick<PackedImages, 'attributeNames'>): boolean {
  return attributeNames.includes(light) && attributeNames.includes(dark);
}

/** Whether the pictures of a run are at hand and have these attributes. */
export async function hasAttributes({ run, model }: OpenModel): Promise<boolean> {
  if (model.encode === undefined) return false;
  const images = await picturesAtHand(run, {});
  if (typeof images === 'string') return false;
  try {
    return hasHairAttributes(images);
  } finally {
    images.close();
  }
}

/** `attributeGate` on a run's own pictures. */
export function gateFromAttributes(open: OpenModel, watch: Watch): Promise<PartGate> {
  return withImages(open.run, watch, (images) => attributeGate(open, images, watch));
}

/**
 * A hair gate from attributes, which say who has light hair and not where it is: the latents of training pictures are
 * explained by all their attributes at once, and the difference between the shares of blond and of black hair is the
 * direction along which hair, and nothing that the other attributes tell of, gets lighter. What moves along it, and not
 * with the face, the background or the clothes, is hair.
 *
 * @throws StudioError `unavailable` where the attributes are missing, `wrong-usage` for a model without an encoder
 */
export async function attributeGate(open: OpenModel, images: PackedImages, watch: Watch): Promise<PartGate> {
  requireEncoder(open.model);
  if (!hasHairAttributes(images)) {
    throw new StudioError(
      'unavailable',
      `These pictures have no ${light} and ${dark} attributes. Teach the hair with strokes, or find it without labels.`,
    );
  }
  const indices = images.indicesOf('train').slice(0, mostPictures);
  const latents = valuesOf(() => encodeMeans(open.model, images, indices));
  const hair = directionOfHair(images, indices, latents, open.model.latent);
  const directions = { ...(await directionsOfModel.of(open, null, watch)), hair };
  return partitionGate(
    open.model,
    {
      ...{ name: 'hair', part: 'hair', madeFrom: 'attributes', directions },
      z: someOf(latents, open.model.latent),
    },
    seed,
    watch,
  );
}

function directionOfHair(
  images: PackedImages,
  indices: Int32Array,
  latents: Float32Array,
  latent: number,
): Float64Array {
  const names = images.attributeNames;
  const rows = Array.from(indices, (index) =>
    Float64Array.from([...images.attributesOf(index)].map((value) => (value > 0 ? 1 : 0)).concat(1)),
  );
  const shares = explainLatents(rows, latents, latent);
  const [from, to] = [shares[names.indexOf(dark)]!, shares[names.indexOf(light)]!];
  return unitVector(to.map((share, at) => share - from[at]!));
}

function someOf(latents: Float32Array, latent: number): Float32Array {
  const random = createRandom(seed, stream);
  const count = latents.length / latent;
  const chosen = new Float32Array(Math.min(teachingPictures, count) * latent);
  for (let at = 0; at < chosen.length; at += latent) {
    const face = random.integer(count);
    chosen.set(latents.subarray(face * latent, (face + 1) * latent), at);
  }
  return chosen;
}
