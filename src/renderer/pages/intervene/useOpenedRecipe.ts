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
  // What was asked for is asked for until it is shown: a page that is left or drawn anew meanwhile finds it again.
  const take = (work: Promise<Recipe>, done: () => void): (() => void) => {
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
          opened.current(recipe);
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
    return take(api.intervene.recipes.load({ recipe: path }), () => {
      setParams({ open: undefined });
    });
  }, [path]);
  useEffect(() => {
    if (file === null) return;
    const text = file.text().then((read) => api.intervene.recipes.read({ name: file.name, text: read }));
    return take(text, () => {
      offerRecipe(null);
    });
  }, [file]);
  return error;
}
