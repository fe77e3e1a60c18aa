import type { ListedRecipe } from '../../contract/intervene.ts';
import { bundledModelFolder, idOfRun } from '../runs/bundledModel.ts';
import { findRun, runFolders, runsFolder } from '../runs/runFolder.ts';
import { listRecipes, recipesFolder } from './recipeFiles.ts';

/**
 * The saved recipes of a run, then those of all runs of the runs folder and of the model that comes along, by name; the
 * newest of each run first.
 * @throws StudioError `not-found` where there is no such run
 */
export async function recipesOfRuns(run: string): Promise<ListedRecipe[]> {
  const own = findRun(run);
  const found = await recipesOf(own, true);
  const others = new Set([...(await runFolders(runsFolder())), bundledModelFolder()]);
  others.delete(own);
  // A run that cannot be looked at hides none of the others.
  for (const folder of others) found.push(...(await recipesOf(folder, false).catch(() => [])));
  return found;
}

async function recipesOf(folder: string, isOwn: boolean): Promise<ListedRecipe[]> {
  const recipes = await listRecipes(recipesFolder(folder));
  return recipes.map((recipe) => ({ ...recipe, run: idOfRun(folder), isOwn }));
}
