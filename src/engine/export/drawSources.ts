import type { Recipe } from '../../contract/recipe.ts';
import { applyRecipe } from '../interventions/applyRecipe.ts';
import type { LayeredGenerator } from '../models/layeredGenerator.ts';
import { cellsOf } from '../pictures/pictureGrid.ts';
import { bytesFromFloats } from '../pictures/raster.ts';
import type { Raster } from '../pictures/raster.ts';
import { valuesOf } from '../tensorflow/valuesOf.ts';
import { latentsOfSources } from './sources.ts';
import type { ExportSource } from './sources.ts';

/** The pictures that a recipe makes of sources, one each. */
export function drawSources(
  generator: LayeredGenerator,
  recipe: Recipe,
  sources: readonly ExportSource[],
): Raster[] {
  const values = valuesOf(() => applyRecipe(generator, recipe, latentsOfSources(sources, generator.latent)));
  const { imageSize } = generator;
  return cellsOf({
    data: bytesFromFloats(values),
    count: sources.length,
    width: imageSize,
    height: imageSize,
  });
}
