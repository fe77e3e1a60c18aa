import { mostSources } from '../../contract/pictureOrigin.ts';
import type { OriginSource, PictureOrigin } from '../../contract/pictureOrigin.ts';
import type { Recipe } from '../../contract/recipe.ts';
import { studioVersion } from '../../contract/studioVersion.ts';
import type { OpenModel } from './openModel.ts';

/** Which model made a picture. */
export type Maker = Pick<PictureOrigin, 'studio' | 'run' | 'step' | 'weightsSha256'>;

export function makerOf({
  id,
  step,
  weightsSha256,
}: Pick<OpenModel, 'id' | 'step' | 'weightsSha256'>): Maker {
  return { studio: studioVersion, run: id, step, weightsSha256 };
}

/** What a picture, or a grid of them, tells of how it was made; a recipe without steps is none. */
export function originOfPictures(
  maker: Maker,
  sources: readonly OriginSource[],
  recipe: Recipe | null,
): PictureOrigin {
  return {
    format: 'extrapolation-studio picture',
    version: 1,
    ...maker,
    sources: sources.slice(0, mostSources),
    recipe: recipe === null || recipe.steps.length === 0 ? null : recipe,
  };
}

export function seedSourcesOf(seeds: readonly number[]): OriginSource[] {
  return seeds.map((seed) => ({ kind: 'seed', seed }));
}

/** Only the files' own names are told: where they lie is private. */
export function photoSourcesOf(files: readonly string[]): OriginSource[] {
  return files.map((file) => ({ kind: 'photo', name: lastPart(file) }));
}

/** Of a path of any system. */
export function lastPart(path: string): string {
  return (path.split(/[\\/]/).at(-1) ?? '').slice(0, 255);
}
