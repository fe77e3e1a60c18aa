import { createHash } from 'node:crypto';
import { StudioError } from '../../contract/errors.ts';
import type { Watch } from '../../contract/progress.ts';
import { judgeReach } from '../../contract/reach.ts';
import type { MeasuredReach, Reach } from '../../contract/reach.ts';
import type { Recipe } from '../../contract/recipe.ts';
import { applyRecipe } from '../interventions/applyRecipe.ts';
import { changeByRegion, meanChange } from '../interventions/changeByRegion.ts';
import type { PicturePair } from '../interventions/changeByRegion.ts';
import { partOf } from '../interventions/describeRecipe.ts';
import { generateImages } from '../models/layeredGenerator.ts';
import type { LayeredGenerator } from '../models/layeredGenerator.ts';
import { batchesOf } from '../session/batches.ts';
import { measurement } from '../session/measurements.ts';
import type { OpenModel } from '../session/openModel.ts';
import { tf } from '../tensorflow/tf.ts';
import { valuesOf } from '../tensorflow/valuesOf.ts';
import { reachFaces } from './reachFaces.ts';
import type { ReachFaces } from './reachFaces.ts';
import { faceParts, roughRegions } from './roughRegions.ts';
import type { FacePart, FaceRegions } from './roughRegions.ts';

const batch = 16;
const quarter = 1 / 4;

const reaches = measurement<Recipe, Reach>(
  'reach',
  ({ steps }) => createHash('sha256').update(JSON.stringify(steps)).digest('hex'),
  async (open, recipe, watch) =>
    judgeReach(await reachOnFaces(open.model, recipe, await reachFaces.of(open, null, watch), watch)),
);

/**
 * What the FluoHair steps of a recipe paint, measured away from any module or gate; null for a recipe without such a step.
 * Other steps are left out: what a stretch moves is no paint. Measured once for a model and a recipe.
 * @throws StudioError `wrong-usage` where the recipe does not fit the model, `interrupted`
 */
export function measureReach(open: OpenModel, recipe: Recipe, watch: Watch): Promise<Reach | null> {
  const steps = recipe.steps.filter((step) => step.kind === 'fluoHair' && step.enabled);
  return steps.length === 0 ? Promise.resolve(null) : reaches.of(open, { ...recipe, steps }, watch);
}

/** @param recipe with FluoHair steps alone */
export async function reachOnFaces(
  generator: LayeredGenerator,
  recipe: Recipe,
  { source, latents, regions }: ReachFaces,
  { signal }: Watch,
): Promise<MeasuredReach> {
  const { latent, imageSize } = generator;
  const faces = latents.length / latent;
  const each = imageSize ** 2 * 3;
  const pair = {
    before: new Float32Array(faces * each),
    after: new Float32Array(faces * each),
    size: imageSize,
  };
  for await (const { first, size } of batchesOf(faces, batch)) {
    if (signal?.aborted === true) throw new StudioError('interrupted', 'The check was stopped.');
    const z = tf.tensor2d(latents.slice(first * latent, (first + size) * latent), [size, latent]);
    pair.before.set(
      valuesOf(() => generateImages(generator, z)),
      first * each,
    );
    pair.after.set(
      valuesOf(() => applyRecipe(generator, recipe, z)),
      first * each,
    );
    z.dispose();
  }
  const found = regions ?? roughRegions(pair.before, imageSize);
  return {
    parts: [...new Set(recipe.steps.map(partOfStep))],
    ...{ faces, source, regions: regions === null ? 'rough' : 'masks' },
    ...changesIn(pair, found),
  };
}

function partOfStep(step: Recipe['steps'][number]): string {
  return step.kind === 'fluoHair' && step.gate !== undefined ? partOf(step.gate) : 'hair';
}

/** Means over the pixels of all faces, of those with the lightest hair, and of those with the darkest background. */
export function changesIn(
  pair: PicturePair,
  regions: FaceRegions,
): Pick<MeasuredReach, FacePart | 'lightHair' | 'darkBackground'> {
  const changes = {
    hair: changeByRegion(pair, regions.hair),
    face: changeByRegion(pair, regions.face),
    background: changeByRegion(pair, regions.background),
  };
  const everyone = changes.hair.map((_, face) => face);
  const mean = (part: FacePart, faces: readonly number[]): number =>
    meanChange(faces.map((face) => changes[part][face]!)) ?? 0;
  const [hair, face, background] = faceParts.map((part) => mean(part, everyone)) as [number, number, number];
  const light = quarterOf(brightness(pair, regions.hair).map((value) => -value));
  const dark = quarterOf(brightness(pair, regions.background));
  return {
    ...{ hair, face, background },
    lightHair: { hair: mean('hair', light), background: mean('background', light) },
    darkBackground: { hair: mean('hair', dark), background: mean('background', dark) },
  };
}

/** Mean of a region before the change, of each face; NaN where the face has no such pixel. */
function brightness({ before, size }: PicturePair, region: Uint8Array): number[] {
  const black = { before: new Float32Array(before.length).fill(-1), after: before, size };
  return changeByRegion(black, region).map((part) => meanChange([part]) ?? NaN);
}

/** The quarter of the faces with the lowest values, one at least; those without a value are left out. */
function quarterOf(values: readonly number[]): number[] {
  const known = values.flatMap((value, face) => (Number.isNaN(value) ? [] : [face]));
  known.sort((a, b) => values[a]! - values[b]! || a - b);
  return known.slice(0, Math.max(1, Math.floor(known.length * quarter)));
}
