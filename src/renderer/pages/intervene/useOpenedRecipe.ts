import { useEffect, useRef, useState } from 'react';
import type { Recipe } from '../../../contract/recipe.ts';
import { setParams, useAddress } from '../../address/address.ts';
import { api } from '../../api/api.ts';
import { offerRecipe, useOfferedRecipe } from '../../api/droppedFile.ts';
import { sentenceOf } from '../../api/errors.ts';

/**
 * Opens the recipe that was asked for from outside the page: the file named by `open` in the address, or one that was
 * dropped. Returns why the last one could not be opened.
 */
export function useOpenedRecipe(onOpen: (recipe: Recipe) => void): string | null {
  const [error, setError] = useState<string | null>(null);
  const path = useAddress().params['open'];
  const file = useOfferedRecipe();
  const opened = useRef(onOpen);
  opened.current = onOpen;
  const take = (work: Promise<Recipe>): void => {
    setError(null);
    work.then(
      (recipe) => {
        opened.current(recipe);
      },
      (reason: unknown) => {
        setError(sentenceOf(reason));
      },
    );
  };
  useEffect(() => {
    if (path === undefined) return;
    setParams({ open: undefined });
    take(api.intervene.recipes.load({ recipe: path }));
  }, [path]);
  useEffect(() => {
    if (file === null) return;
    offerRecipe(null);
    take(file.text().then((text) => api.intervene.recipes.read({ name: file.name, text })));
  }, [file]);
  return error;
}
