import type { PictureSource } from '../../../contract/intervene.ts';
import type { OriginSource } from '../../../contract/pictureOrigin.ts';
import type { Recipe } from '../../../contract/recipe.ts';
import type { SavedPictures } from '../../components/pictureFileName.ts';

export interface Shown {
  run: string;
  step: number;
  source: PictureSource;
  recipe: Recipe;
  /** The picture that is shown large. */
  at: number;
  nameOf: (index: number) => string;
  /** What photos or kept faces were made from; null where seeds are shown. */
  origins: readonly OriginSource[] | null;
}

const enlarged = 4;

/** What the page can save: the picture that is shown large, and all of them. */
export function savedChoices(shown: Shown): { label: string; what: SavedPictures }[] {
  const { run, step, source, recipe, at, nameOf, origins } = shown;
  const ref = { run, step, recipe };
  const from = origins === null ? undefined : [...origins];
  const name = nameOf(at);
  const one = {
    ...ref,
    source: oneOf(source, at),
    ...(from !== undefined && { from: from.slice(at, at + 1) }),
  };
  const all = { ...ref, source, ...(from !== undefined && { from }) };
  return [
    { label: `${name}, 64 × 64 pixels`, what: one },
    { label: `${name}, 256 × 256 pixels`, what: { ...one, scale: enlarged } },
    { label: 'All of them as one picture', what: { ...all, scale: 2 } },
  ];
}

function oneOf(source: PictureSource, at: number): PictureSource {
  return source.kind === 'seeds'
    ? { kind: 'seeds', seeds: source.seeds.slice(at, at + 1) }
    : { kind: 'latents', latents: source.latents.slice(at, at + 1) };
}

/** One picture with the recipe, or as it was before it; at the pixels of the model. */
export function savedOne(shown: Omit<Shown, 'at' | 'nameOf'>, at: number, isBefore = false): SavedPictures {
  const { run, step, source, recipe, origins } = shown;
  const origin = origins?.[at];
  return {
    ...{ run, step, recipe: isBefore ? null : recipe, source: oneOf(source, at) },
    ...(origin !== undefined && { from: [origin] }),
  };
}
