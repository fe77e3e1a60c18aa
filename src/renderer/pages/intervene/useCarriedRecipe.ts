import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { Recipe } from '../../../contract/recipe.ts';
import { useAddress } from '../../address/address.ts';
import { api } from '../../api/api.ts';
import { useOfferedRecipe } from '../../api/droppedFile.ts';
import { nameOf } from '../../words.ts';
import { isUntouched, recipeOf } from './history.ts';
import type { Work } from './history.ts';
import { workOf } from './useWork.ts';
import type { RecipeWork } from './useWork.ts';

/** The run whose recipe was worked on last in this tab. */
const lastKey = 'extrapolation-recipe-run';

/** What became of the recipe of the run before. */
export type Carried =
  | { kind: 'kept'; from: string; name: string; dismiss: () => void }
  /** It stays with its run: `why` this one cannot do it; null where this run has a recipe of its own. */
  | {
      kind: 'offered';
      from: string;
      name: string;
      why: string | null;
      take: () => void;
      dismiss: () => void;
    };

export interface CarriedQuestion {
  run: string;
  step: number;
  work: RecipeWork;
  /** Another page has said what the recipe shall be. */
  isWished: boolean;
}

interface Earlier {
  run: string;
  recipe: Recipe;
}

/** Keeps the recipe when another run is chosen, where that run can do it and has none of its own; else offers it. */
export function useCarriedRecipe({ run, step, work, isWished }: CarriedQuestion): Carried | null {
  const opens = useAddress().params['open'] !== undefined;
  const offered = useOfferedRecipe();
  const [earlier, setEarlier] = useState(() =>
    isWished || opens || offered !== null ? null : earlierOf(run, work.work),
  );
  const [isKept, setKept] = useState(false);
  const fits = useQuery({
    queryKey: ['carried recipe fits', run, step, earlier?.recipe],
    queryFn: ({ signal }) =>
      api.intervene.fits(
        { run, step, recipe: earlier?.recipe ?? { version: 1, name: '', steps: [] } },
        { signal },
      ),
    enabled: earlier !== null,
  });
  const why = fits.data === undefined ? undefined : (fits.data.find((reason) => reason !== null) ?? null);
  const isFree = isUntouched(work.work);
  useEffect(() => {
    if (earlier === null || isKept || why !== null || !isFree) return;
    work.keep(earlier.recipe, `Keep the recipe of ${nameOf(earlier.run)}`);
    setKept(true);
  });
  const hasSteps = work.recipe.steps.length > 0;
  useEffect(() => {
    if (hasSteps) sessionStorage.setItem(lastKey, run);
  }, [hasSteps, run]);
  if (earlier === null || why === undefined) return null;
  const about = { from: nameOf(earlier.run), name: earlier.recipe.name };
  const dismiss = (): void => {
    setEarlier(null);
  };
  if (isKept) return { kind: 'kept', ...about, dismiss };
  if (isFree && why === null) return null;
  const take = (): void => {
    work.change(earlier.recipe, `Recipe of ${about.from}`);
    dismiss();
  };
  return { kind: 'offered', ...about, why, take, dismiss };
}

/** Null where there is none, or the same is worked on here. */
function earlierOf(run: string, own: Work): Earlier | null {
  const last = sessionStorage.getItem(lastKey);
  if (last === null || last === run) return null;
  const recipe = recipeOf(workOf(last));
  const isSame = JSON.stringify(recipe.steps) === JSON.stringify(recipeOf(own).steps);
  return recipe.steps.length === 0 || isSame ? null : { run: last, recipe };
}
