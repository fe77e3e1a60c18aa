import { createHash } from 'node:crypto';
import type { Label } from '../../contract/exports.ts';
import type { Recipe, RecipeStep } from '../../contract/recipe.ts';
import { celebaAttributes } from '../data/celebaLists.ts';

/** What is known about the pictures that an export starts from: 1, −1 or, where it is unknown, 0 for each name. */
export interface SourceLabels {
  names: readonly string[];
  /** Undefined for a picture that the list does not know. */
  of: (image: string) => readonly number[] | undefined;
}

/** Labels that are about colours, and those that are about shapes. */
const aboutColour: readonly string[] = [
  ...['Black_Hair', 'Blond_Hair', 'Brown_Hair', 'Gray_Hair'],
  ...['Heavy_Makeup', 'Pale_Skin', 'Rosy_Cheeks', 'Wearing_Lipstick'],
];
const aboutShape: readonly string[] = [
  ...['Arched_Eyebrows', 'Big_Lips', 'Big_Nose', 'Chubby', 'Double_Chin', 'High_Cheekbones'],
  ...['Narrow_Eyes', 'Oval_Face', 'Pointy_Nose'],
];
const known: ReadonlySet<string> = new Set(celebaAttributes);

/**
 * Names of labels that may no longer be true once a recipe has changed a picture. Our choice, on the safe side, since a
 * missing label harms less than a wrong one: recolouring clears all that is about colour, also of the skin, because
 * channels code tone more than hair; stretching clears what is about shape; scaled or replaced channels may change
 * anything. A label outside CelebA's list is cleared by every step, as nobody knows what it is about.
 */
export function untrueLabels(recipe: Recipe, names: readonly string[]): string[] {
  const steps = recipe.steps.filter((step) => step.enabled && changes(step));
  return names.filter((name) => steps.some((step) => !known.has(name) || touches(step, name)));
}

function changes(step: RecipeStep): boolean {
  switch (step.kind) {
    case 'stretch':
    case 'scale':
      return step.factor !== 1;
    case 'fluoHair':
    case 'hybridise':
      return true;
  }
}

function touches(step: RecipeStep, name: string): boolean {
  switch (step.kind) {
    case 'fluoHair':
      return aboutColour.includes(name);
    case 'stretch':
      return aboutShape.includes(name);
    case 'scale':
    case 'hybridise':
      return true;
  }
}

/** The labels of an exported picture: its source's, unknown where the recipe clears one or the source has none. */
export function labelsAfter(
  { names, of }: SourceLabels,
  image: string | null,
  cleared: ReadonlySet<string>,
): Record<string, Label> {
  const values = image === null ? undefined : of(image);
  return Object.fromEntries(
    names.map((name, column) => [name, cleared.has(name) ? 'unknown' : wordOf(values?.[column] ?? 0)]),
  );
}

function wordOf(value: number): Label {
  if (value === 0) return 'unknown';
  return value > 0 ? 'yes' : 'no';
}

/** Changes when a label of one of the pictures does. */
export function hashLabels({ names, of }: SourceLabels, images: Iterable<string>): string {
  const hash = createHash('sha256').update(names.join(' '));
  for (const image of images) hash.update(`\n${JSON.stringify(image)} ${of(image)?.join(' ') ?? 'none'}`);
  return hash.digest('hex');
}
