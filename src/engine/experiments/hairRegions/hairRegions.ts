import type { Watch } from '../../../contract/progress.ts';
import type { FaceTones } from '../../interventions/measureFluoHair.ts';
import type { PackedImages } from '../../data/packedImages.ts';
import type { OpenModel } from '../../session/openModel.ts';

/** Where the hair is on n held-out faces, whoever said it. Masks are n · size · size bytes, 0 outside. */
export interface HairRegions {
  /** The faces, as indices of the packed pictures. */
  indices: Int32Array;
  hair: Uint8Array;
  /** What is known not to be hair; where neither is marked, nobody knows. */
  rest: Uint8Array;
  /** The face and the tones of hair and skin: of drawn faces alone. */
  face?: Uint8Array;
  tones?: FaceTones[];
}

export const hairSources = ['truth', 'masks', 'attributes'] as const;
/** True masks of drawn faces, masks that a person names, or CelebA's attributes of hair by way of the model's own maps. */
export type HairSource = (typeof hairSources)[number];

/** A way to know where the hair is. */
export interface HairTeller {
  source: HairSource;
  /** Where the regions come from, as a sentence. */
  told: string;
  /** @param most faces, the first that are known. @throws StudioError where they cannot be had on this model */
  regionsOn(open: OpenModel, images: PackedImages, most: number, watch: Watch): Promise<HairRegions>;
}
