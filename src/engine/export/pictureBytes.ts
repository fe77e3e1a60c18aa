import { withOrigin } from '../../contract/pictureOrigin.ts';
import type { OriginSource } from '../../contract/pictureOrigin.ts';
import type { PictureFormat } from '../../contract/exports.ts';
import type { Recipe } from '../../contract/recipe.ts';
import type { Raster } from '../pictures/raster.ts';
import { lastPart, originOfPictures } from '../session/pictureOrigin.ts';
import type { Maker } from '../session/pictureOrigin.ts';
import { encodePicture } from './encodePicture.ts';
import { manifestName } from './exportFolder.ts';
import type { ExportSource } from './sources.ts';

export interface MadeSet {
  origin: Maker;
  recipes: readonly Recipe[];
  format: PictureFormat;
  quality: number;
}

/** A longer recipe, such as one behind a gate, would outweigh the pictures of a set: it stands in the manifest alone. */
const mostRecipeBytes = 8192;
/** Everything else that an origin tells, at most. */
const mostOtherBytes = 2048;

/** A picture of a set as a file. A PNG carries what it was made with; JPEG and WebP carry nothing. */
export async function pictureBytes(
  cell: Raster,
  source: ExportSource,
  recipe: Recipe,
  { origin, format, quality }: MadeSet,
): Promise<Uint8Array> {
  const bytes = await encodePicture(cell, format, quality);
  if (format !== 'png') return bytes;
  const whole = originOfPictures(origin, [originSourceOf(source)], recipe);
  const isLong = recipeBytes(recipe) > mostRecipeBytes;
  return withOrigin(bytes, isLong ? { ...whole, recipe: null, recipeIn: manifestName } : whole);
}

/** Bytes that a picture's origin takes at most. */
export function mostOriginBytes({ recipes, format }: Pick<MadeSet, 'recipes' | 'format'>): number {
  if (format !== 'png') return 0;
  const inPictures = recipes.map(recipeBytes).filter((length) => length <= mostRecipeBytes);
  return Math.max(0, ...inPictures) + mostOtherBytes;
}

const lengths = new WeakMap<Recipe, number>();

/** Measured once: a set asks for each of its pictures. */
function recipeBytes(recipe: Recipe): number {
  const length = lengths.get(recipe) ?? Buffer.byteLength(JSON.stringify(recipe));
  lengths.set(recipe, length);
  return length;
}

function originSourceOf(source: ExportSource): OriginSource {
  if (source.kind === 'seed') return { kind: 'seed', seed: source.seed };
  return { kind: 'photo', name: lastPart(source.image), ...(source.draw > 0 && { draw: source.draw }) };
}
