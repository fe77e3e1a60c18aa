import { setImmediate } from 'node:timers/promises';
import { StudioError } from '../../../contract/errors.ts';
import { defaultStrength, magenta } from '../../../contract/recipe.ts';
import type { ColourMap } from '../../../contract/recipe.ts';
import type { Watch } from '../../../contract/progress.ts';
import { fineMapsStay, fluoHairStep, measureFluoHairIn } from '../../analysis/fluoHairEffect.ts';
import type { FluoHairResult } from '../../analysis/fluoHairEffect.ts';
import type { PackedImages } from '../../data/packedImages.ts';
import { applyRecipe } from '../../interventions/applyRecipe.ts';
import { changeByRegion, meanChange } from '../../interventions/changeByRegion.ts';
import { edgesByRegion } from '../../interventions/edgeAgreement.ts';
import type { RegionEdges } from '../../interventions/edgeAgreement.ts';
import { dilate, erode, invert } from '../../interventions/masks.ts';
import { generateImages, mapsAt } from '../../models/layeredGenerator.ts';
import { chooseHairModule } from '../../modules/hairModule.ts';
import type { HairChoice } from '../../modules/hairModule.ts';
import type { ChannelModule } from '../../modules/moduleTypes.ts';
import { searchModules } from '../../modules/searchModules.ts';
import type { NamedModules } from '../../modules/searchModules.ts';
import { floatsOf } from '../../session/decodePictures.ts';
import { encodeMeans } from '../../session/encodeMeans.ts';
import type { OpenModel } from '../../session/openModel.ts';
import { heldOutIndices } from '../../session/trainingImages.ts';
import { tf } from '../../tensorflow/tf.ts';
import type { Tensor2D } from '../../tensorflow/tf.ts';
import type { ExperimentContext, TrainedRun } from '../experiment.ts';
import type { HairRegions, HairSource, HairTeller } from '../hairRegions/hairRegions.ts';
import { hairToneOf } from '../hairRegions/hairTones.ts';
import { portraitFace, repeated } from '../hairRegions/portraitRegions.ts';
import { hairTeller } from '../hairRegions/tellers.ts';
import { measurePortraits } from './measurePortraits.ts';
import type { PortraitChange } from './measurePortraits.ts';

/** The map of largest contrast, and one of the fluorescent ones. */
export const measuredMaps: readonly { name: string; map: ColourMap }[] = [
  { name: 'g = −I', map: { kind: 'negate' } },
  { name: magenta.name, map: { kind: 'target', colour: magenta.colour, strength: defaultStrength } },
];

/** Faces by whose regions a module is chosen, as many as for drawn faces. */
const choosingFaces = 128;

/** What changes inside a module's own region and outside it, for pictures whose hair nobody marked. */
export interface OwnRegion extends RegionEdges {
  map: string;
  inside: number;
  outside: number;
}

/** The edges against masks of the hair. */
export interface HairEdges extends RegionEdges {
  map: string;
}

/** What is known where the hair is marked. */
export interface MarkedHair {
  source: HairSource;
  /** Faces whose hair is marked. */
  faces: number;
  fluoHair: FluoHairResult;
  edges: HairEdges[];
  /** Of photographs; empty for drawn faces, whose tones of hair and skin are known. */
  portraits: { map: string; changes: PortraitChange[] }[];
}

export interface MeasuredFluoHair {
  seed: number;
  hair: NonNullable<NamedModules['hair']>;
  faces: number;
  region: OwnRegion[];
  /** The maps below the recoloured kernel, compared bit by bit. */
  fineMapsIdentical: boolean;
  /** Undefined where no hair is marked. */
  marked: MarkedHair | undefined;
  /** Why a way to know where the hair is gave nothing on this model. */
  untold: string | undefined;
}

/** Finds the hair module of a run and measures what recolouring its channels changes on held-out faces. */
export async function measureRun(
  context: ExperimentContext,
  run: TrainedRun,
  watch: Watch,
): Promise<MeasuredFluoHair> {
  const { plan } = context;
  return run.withModel((open) =>
    run.withImages(async (images) => {
      const search = { level: 'fine', pairs: plan.pairs, seed: 0, preparation: 'weighted' } as const;
      const named = await searchModules(open, search, watch);
      if (named.hair === undefined) throw new Error('the fine level always has a hair choice');
      const teller = hairTeller(context);
      const told = await regionsOrReason(teller?.regionsOn(open, images, plan.samples, watch));
      const regions = typeof told === 'string' ? undefined : told;
      const indices = regions?.indices ?? heldOutIndices(images, plan.samples);
      const z = encodeMeans(open.model, images, indices);
      try {
        const isChosenAnew = regions !== undefined && teller?.source !== 'truth';
        const hair = isChosenAnew ? chooseByRegions(open, named, regions, z) : named.hair;
        const { module } = hair.chosen;
        const changed = await recolour(open, z, module, watch);
        const own = regionMasks(module.region, indices.length);
        const marked =
          regions === undefined || teller === undefined
            ? undefined
            : await measureMarked(
                { open, images, z, channels: module.channels, changed },
                regions,
                teller,
                watch,
              );
        return {
          ...{ seed: run.needed.seed, hair, faces: indices.length, marked },
          untold: typeof told === 'string' ? told : undefined,
          region: changed.map((each) => changeInRegion(each, own, images.size)),
          fineMapsIdentical:
            marked?.fluoHair.fineMapsIdentical ?? fineMapsStay(open.model, z, module.channels),
        };
      } finally {
        z.dispose();
      }
    }),
  );
}

/** Regions, or why a model gives none: a gate needs a model that has learned something of hair. */
async function regionsOrReason(
  asked: Promise<HairRegions> | undefined,
): Promise<HairRegions | string | undefined> {
  try {
    return await asked;
  } catch (error) {
    if (error instanceof StudioError && error.code === 'empty') return error.message;
    throw error;
  }
}

/** Which of the modules is the hair, by the mean of regions on photographs, as by that of true masks on drawn faces. */
function chooseByRegions(
  { model }: Pick<OpenModel, 'model'>,
  { search }: NamedModules,
  { hair, rest }: HairRegions,
  z: Tensor2D,
): HairChoice {
  const count = Math.min(choosingFaces, z.shape[0]);
  const pixels = search.size ** 2;
  const few = Float32Array.from(hair.subarray(0, count * pixels));
  const maps = tf.tidy(() => mapsAt(model, z.slice([0, 0], [count, z.shape[1]]), 'fine'));
  try {
    return chooseHairModule(model, search, maps, meanHair(hair, rest, pixels), few);
  } finally {
    maps.dispose();
  }
}

/** The share of the faces of which a pixel is hair, among those of which it is known; 0 where it is of none: [pixels]. */
export function meanHair(hair: Uint8Array, rest: Uint8Array, pixels: number): Float32Array {
  const [yes, known] = [new Float32Array(pixels), new Float32Array(pixels)];
  hair.forEach((value, at) => {
    yes[at % pixels]! += value;
    known[at % pixels]! += value + rest[at]!;
  });
  return yes.map((sum, at) => (known[at] === 0 ? 0 : sum / known[at]!));
}

interface RecolouredFaces {
  open: OpenModel;
  images: PackedImages;
  z: Tensor2D;
  channels: readonly number[];
  changed: readonly Changed[];
}

async function measureMarked(
  { open, images, z, channels, changed }: RecolouredFaces,
  { indices, hair, rest, face, tones }: HairRegions,
  { source }: HairTeller,
  watch: Watch,
): Promise<MarkedHair> {
  const { size } = images;
  const faces = face ?? repeated(portraitFace(size), indices.length);
  const fluoHair = await measureFluoHairIn(
    { hair, rest, face: faces, size, ...(tones && { tones }) },
    ...([open.model, z, channels, measuredMaps, watch] as const),
  );
  const ofAttributes = Array.from(indices, (index) => hairToneOf(images, index));
  return {
    ...{ source, faces: indices.length, fluoHair },
    edges: changed.map(({ map, before, after }) => ({
      map,
      ...edgesByRegion({ before, after, region: hair, size }),
    })),
    portraits:
      source === 'truth'
        ? []
        : changed.map(({ map, before, after }) => ({
            map,
            changes: measurePortraits({ before, after, size, hair, rest, tones: ofAttributes }),
          })),
  };
}

interface Changed {
  map: string;
  before: Float32Array;
  after: Float32Array;
}

/** Pictures of latents before and after each of the measured colour maps. */
export async function recolour(
  { model }: Pick<OpenModel, 'model'>,
  z: Tensor2D,
  { channels }: Pick<ChannelModule, 'channels'>,
  watch: Watch,
): Promise<Changed[]> {
  const before = await floatsOf(z, (part) => generateImages(model, part));
  const changed: Changed[] = [];
  for (const { name, map } of measuredMaps) {
    const recipe = fluoHairStep(channels, map);
    changed.push({ map: name, before, after: await floatsOf(z, (part) => applyRecipe(model, recipe, part)) });
    await setImmediate();
    if (watch.signal?.aborted === true)
      throw new StudioError('interrupted', 'The measurement of FluoHair was stopped.');
  }
  return changed;
}

/** The module's own region, where it is at least half as strong as anywhere, for every picture. */
export function regionMasks(region: Float32Array, count: number): Uint8Array {
  const strongest = region.reduce((most, value) => Math.max(most, value), 0);
  const mask = Uint8Array.from(region, (value) => (value >= strongest / 2 && value > 0 ? 1 : 0));
  return repeated(mask, count);
}

/** Mean |change| in a region shrunk by a pixel and beyond it grown by two, as for true masks; then the edges. */
export function changeInRegion({ map, before, after }: Changed, masks: Uint8Array, size: number): OwnRegion {
  const pair = { before, after, size };
  return {
    map,
    inside: meanChange(changeByRegion(pair, erode(masks, size, 1))) ?? 0,
    outside: meanChange(changeByRegion(pair, invert(dilate(masks, size, 2)))) ?? 0,
    ...edgesByRegion({ ...pair, region: masks }),
  };
}
