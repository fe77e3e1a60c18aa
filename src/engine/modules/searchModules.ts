import type { HiddenLevel } from '../../contract/levels.ts';
import type { ModulePreparation } from '../../contract/modules.ts';
import type { Watch } from '../../contract/progress.ts';
import type { PackedImages } from '../data/packedImages.ts';
import { imagesFromBytes, mapsAt } from '../models/layeredGenerator.ts';
import { attributesOfModules } from './attributesOfModules.ts';
import type { ModuleAttribute } from './attributesOfModules.ts';
import { findModules } from './findModules.ts';
import type { ModuleOptions } from './findModules.ts';
import { chooseHairModule, chooseHairOnSeeds, namedHair } from './hairModule.ts';
import type { HairChoice } from './hairModule.ts';
import type { ModuleSearch } from './moduleTypes.ts';
import { nameSearch } from './nameModules.ts';
import { tf } from '../tensorflow/tf.ts';
import { measuringLatents } from '../models/measuringLatents.ts';
import type { OpenModel } from '../session/openModel.ts';
import { picturesAtHand } from '../session/picturesAtHand.ts';
import { heldOutIndices } from '../session/trainingImages.ts';
import { meanMask, truthOf } from '../data/faceTruth.ts';

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
 * by the attributes of CelebA, and which one is hair by the mean hair mask or a rough region. Where the pictures that the
 * model was trained on are not at hand, names stay that an earlier search gave to the same modules; without one the hair
 * alone gets a name.
 * @param earlier a search with the same settings
 */
export async function searchModules(
  open: OpenModel,
  options: ModuleOptions & { preparation: ModulePreparation },
  watch: Watch,
  earlier?: ModuleSearch,
): Promise<NamedModules> {
  const found = await findModules(open.model, options, watch);
  const pictures = await picturesAtHand(open.run, watch);
  if (typeof pictures === 'string') {
    const isSame =
      earlier !== undefined && namedHair(earlier) !== undefined && haveSameModules(earlier, found);
    return isSame
      ? nameAsBefore(open, earlier, options.level, pictures)
      : nameWithoutPictures(open, found, options.level, pictures);
  }
  try {
    return await nameByPictures(open, found, options.level, pictures);
  } finally {
    pictures.close();
  }
}

async function nameByPictures(
  { model }: OpenModel,
  found: ModuleSearch,
  level: HiddenLevel,
  packed: PackedImages,
): Promise<NamedModules> {
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
  const maps = mapsAt(model, z, level);
  // A model without an encoder has its own faces, which no attribute and no mask belongs to.
  const isEncoded = model.encode !== undefined;
  try {
    const attributes = attributesOfModules(
      search.modules,
      maps,
      isEncoded ? packed.attributeNames : [],
      Array.from(indices, (index) => packed.attributesOf(index)),
    );
    const hair =
      level === 'fine'
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
}

function haveSameModules(one: ModuleSearch, other: ModuleSearch): boolean {
  const channelsOf = ({ candidates }: ModuleSearch): string =>
    JSON.stringify(candidates.map(({ count, modules }) => [count, modules.map(({ channels }) => channels)]));
  return channelsOf(one) === channelsOf(other);
}

/** @param why how the absence of the pictures is said after "the pictures" */
function nameAsBefore(
  { model }: OpenModel,
  search: ModuleSearch,
  level: HiddenLevel,
  why: string,
): NamedModules {
  const named = {
    search,
    attributes: search.modules.map(() => null),
    hint: `The names are those that the same modules got from the pictures that the model was trained on, ${why}.`,
  };
  return { ...named, hair: level === 'fine' ? chooseHairOnSeeds(model, search) : undefined };
}

/** @param why how the absence of the pictures is said after "the pictures" */
function nameWithoutPictures(
  { model }: OpenModel,
  found: ModuleSearch,
  level: HiddenLevel,
  why: string,
): NamedModules {
  const hint = `The modules have no names, as names come from the pictures that the model was trained on, ${why}.`;
  const attributes = found.modules.map(() => null);
  if (level !== 'fine') return { search: found, hair: undefined, attributes, hint };
  const hair = chooseHairOnSeeds(model, found);
  const { module, score } = hair.chosen;
  const named = (modules: ModuleSearch['modules']): ModuleSearch['modules'] =>
    modules.map((one) => (one === module ? { ...one, name: 'hair', score } : one));
  const search = {
    ...found,
    modules: named(found.modules),
    candidates: found.candidates.map((each) => ({ ...each, modules: named(each.modules) })),
  };
  return {
    ...{ search, hair, attributes },
    hint: `Which module is hair was chosen by a rough region around the face; the others have no names, as those come from the pictures that the model was trained on, ${why}.`,
  };
}
