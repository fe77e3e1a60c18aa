import { setImmediate } from 'node:timers/promises';
import { StudioError } from '../../../contract/errors.ts';
import { defaultStrength, magenta } from '../../../contract/recipe.ts';
import type { ColourMap } from '../../../contract/recipe.ts';
import type { Watch } from '../../../contract/progress.ts';
import { applyRecipe } from '../../interventions/applyRecipe.ts';
import { changeByRegion, meanChange } from '../../interventions/changeByRegion.ts';
import { edgesByRegion } from '../../interventions/edgeAgreement.ts';
import type { RegionEdges } from '../../interventions/edgeAgreement.ts';
import { dilate, erode, invert, maskOf } from '../../interventions/masks.ts';
import { generateImages } from '../../models/layeredGenerator.ts';
import type { ChannelModule } from '../../modules/moduleTypes.ts';
import type { Tensor2D } from '../../tensorflow/tf.ts';
import { fluoHairStep, measureFluoHairOnFaces } from '../../analysis/fluoHairEffect.ts';
import { encodeMeans } from '../../session/encodeMeans.ts';
import { floatsOf } from '../../session/decodePictures.ts';
import type { FluoHairResult } from '../../analysis/fluoHairEffect.ts';
import type { OpenModel } from '../../session/openModel.ts';
import { heldOutIndices } from '../../session/trainingImages.ts';
import { searchModules } from '../../modules/searchModules.ts';
import type { NamedModules } from '../../modules/searchModules.ts';
import { truthOf } from '../../data/faceTruth.ts';
import type { ExperimentContext, TrainedRun } from '../experiment.ts';

/** The map of largest contrast, and one of the fluorescent ones. */
export const measuredMaps: readonly { name: string; map: ColourMap }[] = [
  { name: 'g = −I', map: { kind: 'negate' } },
  { name: magenta.name, map: { kind: 'target', colour: magenta.colour, strength: defaultStrength } },
];

/** What changes inside a module's own region and outside it, for pictures whose hair nobody marked. */
export interface OwnRegion extends RegionEdges {
  map: string;
  inside: number;
  outside: number;
}

/** The edges against true masks. */
export interface HairEdges extends RegionEdges {
  map: string;
}

export interface MeasuredFluoHair {
  seed: number;
  hair: NonNullable<NamedModules['hair']>;
  faces: number;
  region: OwnRegion[];
  /** Undefined where no hair is marked. */
  truth: { fluoHair: FluoHairResult; edges: HairEdges[] } | undefined;
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
      const { hair } = await searchModules(
        open,
        { level: 'fine', pairs: plan.pairs, seed: 0, preparation: 'weighted' },
        watch,
      );
      if (hair === undefined) throw new Error('the fine level always has a hair choice');
      const { module } = hair.chosen;
      const indices = heldOutIndices(images, plan.samples);
      const truth = await truthOf(images, indices);
      const z = encodeMeans(open.model, images, indices);
      try {
        const changed = await recolour(open, z, module, watch);
        const own = regionMasks(module.region, indices.length);
        const common = {
          seed: run.needed.seed,
          hair,
          faces: indices.length,
          region: changed.map((each) => changeInRegion(each, own, images.size)),
        };
        if (truth === undefined) return { ...common, truth: undefined };
        const fluoHair = await measureFluoHairOnFaces(
          open,
          images,
          indices,
          truth,
          module.channels,
          measuredMaps,
          watch,
        );
        const hairMasks = maskOf(truth.hair);
        const edges = changed.map(({ map, before, after }) => ({
          map,
          ...edgesByRegion({ before, after, region: hairMasks, size: images.size }),
        }));
        return { ...common, truth: { fluoHair, edges } };
      } finally {
        z.dispose();
      }
    }),
  );
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
  const masks = new Uint8Array(mask.length * count);
  for (let index = 0; index < count; index++) masks.set(mask, index * mask.length);
  return masks;
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
