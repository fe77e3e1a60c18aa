import type { Command } from 'commander';
import { showRecipeCommand } from '../../commandLine/recipe.ts';
import { wordsOfSources } from '../../contract/pictureOrigin.ts';
import { openEngine } from '../../engine/engine.ts';
import { addInput } from '../options.ts';
import type { Surroundings } from '../surroundings.ts';

export function addRecipeCommand(program: Command, { terminal, signal }: Surroundings): void {
  const recipe = program
    .command('recipe')
    .description('show what a PNG picture saved by the Studio was made with');
  const show = recipe
    .command('show')
    .description('show the recipe, run and seeds of a picture')
    .addHelpText(
      'after',
      '\nExamples:\n  extrapolate recipe show applied/seed-000007.png\n  extrapolate recipe show applied/seed-000007.png --out pink.json',
    );
  addInput(show, showRecipeCommand, async (input) => {
    const shown = await (await openEngine()).models.showRecipe(input, { signal });
    const { origin, description, found, written } = shown;
    const { run, step, weightsSha256, sources, recipe: made, recipeIn, sheet } = origin;
    terminal.result(
      [
        `Run ${run}, step ${step}, weights ${weightsSha256.slice(0, 12)}…, made by version ${origin.studio}.`,
        ...(sources.length > 0 ? [`Drawn from ${wordsOfSources(sources)}.`] : []),
        ...(sheet === undefined ? [] : [sheet]),
        made === null ? recipeWords(recipeIn) : `Recipe “${made.name}”:`,
        ...description.map((line) => `  ${line}`),
        ...(found.note === null ? [] : [found.note]),
        ...(written === null ? [] : [`The recipe was written to ${written}.`]),
      ],
      shown,
    );
  });
}

function recipeWords(recipeIn: string | undefined): string {
  return recipeIn === undefined
    ? 'No recipe: as the model draws it.'
    : `Its recipe stands in ${recipeIn} of its set.`;
}
