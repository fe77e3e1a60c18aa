import type { PartGate } from '../../../contract/recipe.ts';
import { openImageSet } from '../../data/imageSet.ts';
import { readPartMasks } from '../../data/partMasks.ts';
import { truthOf } from '../../data/faceTruth.ts';
import type { PackedImages } from '../../data/packedImages.ts';
import { tonesOf } from '../../analysis/fluoHairEffect.ts';
import { invert, maskOf } from '../../interventions/masks.ts';
import { attributeGate } from '../../gates/attributeGate.ts';
import { openingOf } from '../../gates/openingOf.ts';
import { floatsOf } from '../../session/decodePictures.ts';
import { encodeMeans } from '../../session/encodeMeans.ts';
import type { OpenModel } from '../../session/openModel.ts';
import { heldOutIndices } from '../../session/trainingImages.ts';
import type { ExperimentContext } from '../experiment.ts';
import type { HairRegions, HairTeller } from './hairRegions.ts';

/** Why there are no regions of hair, after "as". */
export const noTeller =
  'nothing says where the hair is on these photographs: they have no true masks, no folder of masks was given (--hair-masks), and CelebA’s attributes of hair are not beside them';

/** The first that there is: the truth of drawn faces, masks that were named, attributes; undefined without any. */
export function hairTeller({
  truth,
  hairMasks,
  haveAttributes,
}: Pick<ExperimentContext, 'truth' | 'hairMasks' | 'haveAttributes'>): HairTeller | undefined {
  if (truth) return fromTruth;
  if (hairMasks !== undefined) return fromMasks(hairMasks);
  return haveAttributes ? fromAttributes : undefined;
}

const fromTruth: HairTeller = {
  source: 'truth',
  told: 'The hair’s place is known: these faces were drawn.',
  regionsOn: (_open, images, most) => regionsOfTruth(images, most),
};

function fromMasks(folder: string): HairTeller {
  return {
    source: 'masks',
    told: 'The hair is located by masks of held-out photographs, from a folder that was given.',
    regionsOn: (_open, images, most) => regionsOfMasks(folder, images, most),
  };
}

const fromAttributes: HairTeller = {
  source: 'attributes',
  told: 'The hair is located by a gate made from CelebA’s hair attributes, where it is at least half open. It reads the model’s own maps, so it is neither a mask nor independent of the model.',
  regionsOn: async (open, images, most, watch) =>
    regionsOfGate(open, await attributeGate(open, images, watch), images, most),
};

/** Where a gate is at least half open on decoded held-out faces. */
export async function regionsOfGate(
  { model }: Pick<OpenModel, 'model'>,
  gate: PartGate,
  images: PackedImages,
  most: number,
): Promise<HairRegions> {
  const indices = heldOutIndices(images, most);
  const z = encodeMeans(model, images, indices);
  try {
    const hair = maskOf(await floatsOf(z, (part) => openingOf(model, gate, part)));
    return { indices, hair, rest: invert(hair) };
  } finally {
    z.dispose();
  }
}

/** Of drawn faces. */
export async function regionsOfTruth(images: PackedImages, most: number): Promise<HairRegions> {
  const indices = heldOutIndices(images, most);
  const truth = await truthOf(images, indices);
  if (truth === undefined) throw new Error('faces that were drawn have true masks');
  const hair = maskOf(truth.hair);
  return { indices, hair, rest: invert(hair), face: maskOf(truth.face), tones: tonesOf(truth) };
}

/** Of the held-out pictures that have a mask in a folder. @throws StudioError; see `readPartMasks` */
export async function regionsOfMasks(
  folder: string,
  images: PackedImages,
  most: number,
): Promise<HairRegions> {
  const { source, crop } = images.manifest;
  const candidates = heldOutIndices(images, Number.MAX_SAFE_INTEGER);
  const { imageFolder } = await openImageSet(source);
  const files = Array.from(candidates, (index) => images.files[index]!);
  const wanted = { crop, size: images.size, most };
  const { places, part, rest } = await readPartMasks(folder, { folder: imageFolder, files }, wanted);
  return { indices: Int32Array.from(places, (place) => candidates[place]!), hair: part, rest };
}
