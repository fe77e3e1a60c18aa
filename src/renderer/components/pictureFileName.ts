import type { PictureSource } from '../../contract/intervene.ts';
import type { OriginSource } from '../../contract/pictureOrigin.ts';
import type { Recipe } from '../../contract/recipe.ts';
import { nameOf } from '../words.ts';

/** Pictures to be saved, and what they are made with. */
export interface SavedPictures {
  run: string;
  step: number;
  source: PictureSource;
  /** Null: as the model draws them. */
  recipe: Recipe | null;
  /** What latents stand for, one for each picture. */
  from?: OriginSource[];
  scale?: number;
  columns?: number;
}

/** "seed-7-pink-bundled-12000.png": what it shows, in words that every file system takes. */
export function pictureFileName({ run, step, source, recipe, from }: SavedPictures): string {
  const parts = [
    sourceName(source, from),
    recipe?.steps.length ? recipe.name : '',
    nameOf(run),
    String(step),
  ];
  const words = parts.map((part) => (part.match(/[\p{L}\p{N}]+/gu) ?? []).join('-').slice(0, 60));
  return `${words.filter((word) => word !== '').join('-')}.png`.toLowerCase();
}

function sourceName(source: PictureSource, from: readonly OriginSource[] = []): string {
  if (source.kind === 'seeds') return seedsName(source.seeds);
  const [first] = from;
  if (from.length !== 1 || first === undefined) return 'pictures';
  if (first.kind === 'seed') return `${seedsName([first.seed])}${first.moved === undefined ? '' : '-edited'}`;
  return first.kind === 'photo' ? first.name.replace(/\.[^.]*$/, '') : 'latents';
}

function seedsName(seeds: readonly number[]): string {
  const [first = 0] = seeds;
  return seeds.length === 1 ? `seed-${first}` : `seeds-${first}-${seeds.at(-1)!}`;
}
