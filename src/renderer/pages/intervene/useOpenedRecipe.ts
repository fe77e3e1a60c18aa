import { useEffect, useRef, useState } from 'react';
import type { Recipe } from '../../../contract/recipe.ts';
import { setParams, useAddress } from '../../address/address.ts';
import { api } from '../../api/api.ts';
import { offerRecipe, useOfferedRecipe } from '../../api/droppedFile.ts';
import { sentenceOf } from '../../api/errors.ts';

/**
 * Opens the recipe that was asked for from outside the page: the file named by `open` in the address, or one that was
 * dropped, alone or in a picture. Returns why the last one could not be opened.
 * @param onOpen hears whether it came with seeds, which are to be shown
 */
export function useOpenedRecipe(onOpen: (recipe: Recipe, isOfSeeds: boolean) => void): string | null {
  const [error, setError] = useState<string | null>(null);
  const path = useAddress().params['open'];
  const offered = useOfferedRecipe();
  const opened = useRef(onOpen);
  opened.current = onOpen;
  // What was asked for is asked for until it is shown: a page that is left or drawn anew meanwhile finds it again.
  const take = (work: Promise<Recipe>, isOfSeeds: boolean, done: () => void): (() => void) => {
    let isGone = false;
    setError(null);
    const end = (show: () => void): void => {
      if (isGone) return;
      done();
      show();
    };
    work.then(
      (recipe) => {
        end(() => {
          opened.current(recipe, isOfSeeds);
        });
      },
      (reason: unknown) => {
        end(() => {
          setError(sentenceOf(reason));
        });
      },
    );
    return () => {
      isGone = true;
    };
  };
  useEffect(() => {
    if (path === undefined) return;
    return take(api.intervene.recipes.load({ recipe: path }), false, () => {
      setParams({ open: undefined });
    });
  }, [path]);
  useEffect(() => {
    if (offered === null) return;
    const { file, isOfSeeds } = offered;
    const text = file.text().then((read) => api.intervene.recipes.read({ name: file.name, text: read }));
    return take(text, isOfSeeds, () => {
      offerRecipe(null);
    });
  }, [offered]);
  return error;
}
