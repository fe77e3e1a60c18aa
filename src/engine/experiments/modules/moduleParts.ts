import { StudioError } from '../../../contract/errors.ts';
import type { PackedImages } from '../../data/packedImages.ts';
import type { KnownPart } from '../../modules/groupScores.ts';
import { heldOutIndices } from '../../session/trainingImages.ts';
import { meanMask, truthOf } from '../../data/faceTruth.ts';

export const partNames = ['hair', 'face', 'background'] as const;

/** The known parts of held-out faces, and one of these faces to show regions on, RGB bytes. */
export interface KnownFaces {
  parts: KnownPart[];
  size: number;
  face: Uint8Array;
}

/** @throws StudioError `not-found` where the images have no true masks */
export async function knownFaces(images: PackedImages, most: number): Promise<KnownFaces> {
  const indices = heldOutIndices(images, most);
  const truth = await truthOf(images, indices);
  if (truth === undefined) {
    throw new StudioError(
      'not-found',
      'The parts of these pictures are not known, so modules cannot be compared with them. Use synthetic faces.',
    );
  }
  const pixels = images.size ** 2;
  const parts = partNames.map((name): KnownPart => ({
    name,
    mean: meanMask(truth[name], pixels),
    masks: Uint8Array.from(truth[name], (share) => (share >= 0.5 ? 1 : 0)),
  }));
  const haired = truth.rows.findIndex(({ hairTone, glasses }) => hairTone !== 'none' && !glasses);
  return { parts, size: images.size, face: images.read([indices[Math.max(0, haired)]!]) };
}
