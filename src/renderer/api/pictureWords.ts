import type { OriginSource, PictureOrigin } from '../../contract/pictureOrigin.ts';
import type { Params } from '../address/address.ts';

export function isPngFile({ name, type }: { name: string; type: string }): boolean {
  return type === 'image/png' || name.toLowerCase().endsWith('.png');
}

/**
 * The page that shows it: Intervene with its recipe; without one Explore, where latents can be edited.
 * @param photos that stand before the seeds there
 */
export function placeOf(
  { sources, recipe, recipeIn }: Pick<PictureOrigin, 'sources' | 'recipe' | 'recipeIn'>,
  photos: number,
): { page: string; params: Params } {
  const [first] = sources;
  const hasRecipe = recipe !== null || recipeIn !== undefined;
  if (first?.kind !== 'seed') return { page: hasRecipe ? 'intervene' : 'explore', params: {} };
  const { seed, moved = [] } = first;
  if (hasRecipe) return { page: 'intervene', params: { seed, at: 0 } };
  const text = moved.map(([latent, value]) => `${latent}:${value}`).join(',');
  return {
    page: 'explore',
    params: { seed, at: photos, moved: text === '' ? undefined : text, along: undefined },
  };
}

/** What cannot be shown as it was, in sentences. */
export function missingWords({
  sources,
  recipeIn,
  recipe,
}: Pick<PictureOrigin, 'sources' | 'recipe' | 'recipeIn'>): string[] {
  const [first] = sources;
  return [
    ...(recipeIn === undefined
      ? []
      : [`Its recipe is too long for a picture; it is in ${recipeIn} of its set.`]),
    ...(first === undefined ? [] : sourceWords(first, recipe !== null)),
  ];
}

function sourceWords(source: OriginSource, hasRecipe: boolean): string[] {
  switch (source.kind) {
    case 'photo':
      return [
        `It was made from the photo ${source.name}, which is not stored in it: open that photo to see the same.`,
      ];
    case 'latents':
      return ['Its latents are not stored in it; seeds are shown instead.'];
    case 'seed':
      return (source.moved ?? []).length > 0 && hasRecipe
        ? ['Some of its latents were edited by hand; the seed is shown without these edits.']
        : [];
  }
}
