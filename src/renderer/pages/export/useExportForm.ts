import { z } from 'zod';
import { pictureFormatSchema } from '../../../contract/exportFiles.ts';
import type { EarlierExport } from '../../../contract/exportLive.ts';
import { useDraft } from '../../components/useDraft.ts';
import { shellWord } from '../../words.ts';

const draftSchema = z.object({
  source: z.enum(['seeds', 'photos']),
  count: z.number().int().min(1).max(1_000_000).or(z.literal('')),
  seed: z.number().int().min(0).or(z.literal('')),
  photos: z.string(),
  format: pictureFormatSchema,
  /** Files of recipes that are ticked. */
  recipes: z.array(z.string()),
  /** Empty: the proposed folder. */
  folder: z.string(),
});
export type ExportDraft = z.infer<typeof draftSchema>;

const initial: ExportDraft = {
  source: 'seeds',
  count: 1000,
  seed: 1,
  photos: '',
  format: 'png',
  recipes: [],
  folder: '',
};

/** The form, kept in the browser for each run. */
export function useExportForm(run: string): [ExportDraft, (change: Partial<ExportDraft>) => void] {
  return useDraft(`export-${run}`, draftSchema, initial);
}

export interface ExportAsked {
  run: string;
  step: number;
  out: string;
  recipe: string[];
  count: number;
  seed: number;
  format: ExportDraft['format'];
  images?: string;
}

/** The export that the form asks for; null while something is missing. */
export function askedOf(
  draft: ExportDraft,
  model: { run: string; step: number },
  usable: readonly string[],
  proposed: string,
): ExportAsked | null {
  const { source, count, seed, photos, format, folder } = draft;
  if (count === '' || seed === '') return null;
  if (source === 'photos' && photos.trim() === '') return null;
  const recipe = usable.filter((file) => draft.recipes.includes(file));
  const out = folder.trim() === '' ? proposed : folder.trim();
  return {
    ...model,
    out,
    recipe,
    count,
    seed,
    format,
    ...(source === 'photos' && { images: photos.trim() }),
  };
}

/** A name that no export has: recipes and a number where the plain name is taken. */
export function proposedFolder(
  exportsFolder: string,
  separator: string,
  earlier: readonly EarlierExport[],
  name: string,
): string {
  const taken = new Set(earlier.filter(({ complete }) => complete).map(({ folder }) => folder));
  for (let number = 1; ; number++) {
    const folder = `${exportsFolder}${separator}${number === 1 ? name : `${name}-${number}`}`;
    if (!taken.has(folder)) return folder;
  }
}

/** What a shell is told to write the same set. */
export function commandOf({ run, step, out, recipe, count, seed, format, images }: ExportAsked): string {
  return [
    `extrapolate export ${shellWord(run)} --step ${step} --count ${count} --seed ${seed} --format ${format}`,
    ...(images === undefined ? [] : [`--images ${shellWord(images)}`]),
    ...(recipe.length === 0 ? [] : [`--recipe ${recipe.map(shellWord).join(' ')}`]),
    `--out ${shellWord(out)}`,
  ].join(' ');
}
