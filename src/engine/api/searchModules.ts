import type { ModulePreparation } from '../../contract/modules.ts';
import type { Watch } from '../../contract/progress.ts';
import { imagesFromBytes, mapsAt } from '../models/layeredGenerator.ts';
import { attributesOfModules } from '../modules/attributesOfModules.ts';
import type { ModuleAttribute } from '../modules/attributesOfModules.ts';
import { findModules } from '../modules/findModules.ts';
import type { ModuleOptions } from '../modules/findModules.ts';
import { chooseHairModule } from '../modules/hairModule.ts';
import type { HairChoice } from '../modules/hairModule.ts';
import type { ModuleSearch } from '../modules/moduleTypes.ts';
import { nameSearch } from '../modules/nameModules.ts';
import { tf } from '../tensorflow/tf.ts';
import { measuringLatents } from './measuringLatents.ts';
import type { OpenModel } from './openModel.ts';
import { heldOutIndices, withImages } from './runImages.ts';
import { meanMask, truthOf } from './truthOfRun.ts';

/** Held-out pictures that names come from. */
const namingImages = 128;

export interface NamedModules {
  search: ModuleSearch;
  /** At the fine level, where FluoHair works. */
  hair: HairChoice | undefined;
  /** What the data's attributes say of each module of `search.modules`; empty where the data has none. */
  attributes: (ModuleAttribute | null)[];
  /** Where the names come from, in words. */
  hint: string;
}

/**
 * Finds a model's modules without labels, then names them: by the mean masks of synthetic faces where the data has them,
 * by the attributes of CelebA, and which one is hair by the mean hair mask or a rough region.
 */
export async function searchModules(
  open: OpenModel,
  options: ModuleOptions & { preparation: ModulePreparation },
  watch: Watch,
): Promise<NamedModules> {
  const { model, run } = open;
  const found = await findModules(model, options, watch);
  return withImages(run, watch, async (packed) => {
    const indices = heldOutIndices(packed, namingImages);
    const truth = await truthOf(packed, indices);
    const pixels = packed.size ** 2;
    const masks = new Map(
      truth === undefined
        ? []
        : ([
            ['hair', meanMask(truth.hair, pixels)],
            ['face', meanMask(truth.face, pixels)],
            ['background', meanMask(truth.background, pixels)],
          ] as const),
    );
    const search = nameSearch(found, masks);
    const images = imagesFromBytes(packed.read(indices), packed.size);
    const z = measuringLatents(model, images);
    const maps = mapsAt(model, z, options.level);
    // A model without an encoder has its own faces, which no attribute and no mask belongs to.
    const isEncoded = model.kind === 'vae';
    try {
      const attributes = attributesOfModules(
        search.modules,
        maps,
        isEncoded ? packed.attributeNames : [],
        Array.from(indices, (index) => packed.attributesOf(index)),
      );
      const hair =
        options.level === 'fine'
          ? chooseHairModule(model, search, maps, masks.get('hair'), isEncoded ? truth?.hair : undefined)
          : undefined;
      const hint =
        truth === undefined
          ? 'Which module is hair was chosen by a rough region around the face, as these images have no hair masks.'
          : `The modules were found without labels; which one is which was chosen by the mean masks of ${indices.length} held-out faces.`;
      return { search, hair, attributes, hint };
    } finally {
      tf.dispose([images, z, maps]);
    }
  });
}
