import type { PictureSource } from '../../contract/intervene.ts';
import type { Recipe } from '../../contract/recipe.ts';
import { api } from '../api/api.ts';
import { useLive } from '../api/useLive.ts';
import type { Live } from '../api/useLive.ts';
import { picturesOf } from './pictures.ts';
import type { Pictures } from './pictures.ts';

export interface PictureQuestion {
  run: string;
  step: number;
  source: PictureSource;
  recipe: Recipe;
}

export type LiveAnswer = Live<Pictures>;

/** Pictures that follow every control. */
export function useLivePictures(question: PictureQuestion | null): LiveAnswer {
  return useLive(question, async (asked, signal) =>
    picturesOf(await api.intervene.pictures(asked, { signal })),
  );
}
