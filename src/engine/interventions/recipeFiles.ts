import { existsSync } from 'node:fs';
import { mkdir, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { StudioError } from '../../contract/errors.ts';
import { recipeHistorySchema } from '../../contract/intervene.ts';
import type { RecipeHistory, SavedRecipe } from '../../contract/intervene.ts';
import type { Recipe } from '../../contract/recipe.ts';
import { namesIn, readText, writeWhole } from '../files/safeFiles.ts';
import { explainSystemError } from '../files/systemErrors.ts';
import { readRecipe, writeRecipe } from './readRecipe.ts';
import { workFolder } from '../runs/workFolder.ts';
import { findRun, readJson, runPaths } from '../runs/runFolder.ts';

/** By this ending a desktop knows a recipe from other JSON; what is read may have any name. */
const recipeEnding = '.recipe.json';
/** A hundred steps with the largest gates have less. */
const mostRecipeBytes = 64 * 2 ** 20;

/** Where a run's recipes lie. @throws StudioError `not-found` */
export function recipesFolder(run: string): string {
  return runPaths(workFolder(findRun(run))).recipes;
}

/** The recipes of a folder, newest first; files that are no recipes are left out. */
export async function listRecipes(folder: string): Promise<SavedRecipe[]> {
  const names = await namesIn(folder);
  const found: SavedRecipe[] = [];
  for (const name of names.filter((each) => each.endsWith('.json'))) {
    const file = join(folder, name);
    try {
      const recipe = await loadRecipe(file);
      found.push(await describeSaved(file, recipe));
    } catch (error) {
      if (!(error instanceof StudioError)) throw error;
    }
  }
  return found.sort((a, b) => b.savedAt.localeCompare(a.savedAt) || a.file.localeCompare(b.file));
}

/** @throws StudioError `not-found`, or what is wrong with the recipe */
export async function loadRecipe(path: string): Promise<Recipe> {
  let text: string;
  try {
    text = await readText(path, mostRecipeBytes);
  } catch (cause) {
    if (cause instanceof StudioError) throw cause;
    const missing = `There is no readable recipe at ${path}. Check the path.`;
    throw explainSystemError(cause) ?? new StudioError('not-found', missing, { cause });
  }
  return readRecipe(text, basename(path));
}

/** Writes a recipe under its name, with the history of its making beside it; one of the same name is replaced. */
export async function saveRecipe(
  folder: string,
  recipe: Recipe,
  history?: RecipeHistory,
): Promise<SavedRecipe> {
  await mkdir(folder, { recursive: true });
  const file = join(folder, `${fileName(recipe.name)}${recipeEnding}`);
  await writeWhole(file, writeRecipe(recipe));
  await rm(historyFile(file), { force: true });
  if (history !== undefined) {
    await mkdir(dirname(historyFile(file)), { recursive: true });
    await writeWhole(historyFile(file), `${JSON.stringify(history)}\n`);
  }
  return describeSaved(file, recipe);
}

/** A folder deeper, so that whoever lists recipes does not meet it. */
function historyFile(recipe: string): string {
  return join(dirname(recipe), 'history', basename(recipe));
}

/** Null where a recipe's file has none, or was changed by hand since, or its history cannot be read. */
export async function readHistory(recipe: string): Promise<RecipeHistory | null> {
  const file = historyFile(recipe);
  if (!existsSync(file)) return null;
  try {
    const history = await readJson(file, recipeHistorySchema);
    const shown = history.states[history.now]?.recipe;
    const isCurrent = shown !== undefined && writeRecipe(shown) === writeRecipe(await loadRecipe(recipe));
    return isCurrent ? history : null;
  } catch (error) {
    if (error instanceof StudioError) return null;
    throw error;
  }
}

/** "Hair, magenta" → "hair-magenta": letters and digits of any script, which every file system takes. */
export function fileName(name: string): string {
  const words =
    name
      .normalize('NFC')
      .toLowerCase()
      .match(/[\p{L}\p{N}]+/gu) ?? [];
  const text = words.join('-').slice(0, 60);
  // Names that Windows keeps for devices.
  return /^(con|prn|aux|nul|com\d|lpt\d)$/.test(text) || text === ''
    ? `recipe-${text}`.replace(/-$/, '')
    : text;
}

async function describeSaved(file: string, recipe: Recipe): Promise<SavedRecipe> {
  const { mtime } = await stat(file);
  return { name: recipe.name, file, savedAt: mtime.toISOString(), steps: recipe.steps.length };
}
