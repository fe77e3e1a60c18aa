import { modelsContract } from '../contract/models.ts';
import { defineCommand, inputOf } from './commandLine.ts';

/** What a PNG that the Studio saved says of how it was made. */
export const showRecipeCommand = defineCommand(inputOf(modelsContract.showRecipe), {
  words: 'recipe show',
  argument: { name: 'picture', takes: '<picture>' },
  options: {
    out: { takes: '<file>', means: 'write the recipe as JSON, for apply and export' },
  },
});
