import { placeWords, sentenceOfIssues } from '../../contract/complaints.ts';
import { StudioError } from '../../contract/errors.ts';
import { refuseNewerVersion } from '../files/knownVersion.ts';
import { recipeSchema } from '../../contract/recipe.ts';
import type { Recipe } from '../../contract/recipe.ts';

const wayOut = 'Correct that, or choose another recipe.';

/**
 * The recipe in a JSON text.
 * @param source the file's name, for the sentence when it cannot be read
 * @throws StudioError `damaged` (not JSON), `wrong-usage` (JSON that is no recipe), naming the step and the rule, or `unavailable` (a newer
 *   version's)
 */
export function readRecipe(text: string, source: string): Recipe {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new StudioError('damaged', `${source} is not valid JSON: ${reason}. ${wayOut}`, { cause });
  }
  const parsed = recipeSchema.safeParse(json);
  if (parsed.success) return parsed.data;
  refuseNewerVersion(source, json);
  const rule = sentenceOfIssues(parsed.error.issues.slice(0, 1), place);
  throw new StudioError('wrong-usage', `${source} is not a recipe. ${rule} ${wayOut}`);
}

/** The recipe as the text of a file, which `readRecipe` reads back. */
export function writeRecipe(recipe: Recipe): string {
  return `${JSON.stringify(recipeSchema.parse(recipe), null, 2)}\n`;
}

/** ['steps', 1, 'map', 'colour', 0] → "Step 2, map, colour, item 1": people count steps from 1. */
function place(path: readonly PropertyKey[]): string {
  const [first, index, ...rest] = path;
  return first === 'steps' && typeof index === 'number'
    ? placeWords([`step ${index + 1}`, ...rest])
    : placeWords(path);
}
