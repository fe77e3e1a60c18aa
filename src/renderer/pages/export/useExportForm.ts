import { z } from 'zod';
import { exportRequestSchema, pictureFormatSchema } from '../../../contract/exports.ts';
import type { ExportRequest, EarlierExport } from '../../../contract/exports.ts';
import { complaintIn, complaintOf, goodNumber, numberEntrySchema, ruleOf } from '../../components/numbers.ts';
import { useDraft } from '../../components/useDraft.ts';
import { capitalised } from '../../words.ts';

const { count, seed, seeds } = exportRequestSchema.shape;

/** The numbers of the form as the contract has them; no seeds beside pictures are 0. */
export const exportRules = {
  count: ruleOf(count),
  seed: ruleOf(seed.unwrap()),
  seedsBeside: { ...ruleOf(seeds.unwrap()), min: 0 },
};

const draftSchema = z.object({
  source: z.enum(['seeds', 'data', 'photos']),
  count: numberEntrySchema,
  seed: numberEntrySchema,
  photos: z.string(),
  /** Seeds beside the draws of pictures. */
  seedsBeside: numberEntrySchema,
  format: pictureFormatSchema,
  /** The share of sources that is kept apart for testing; 0 keeps none. */
  testShare: z.number().min(0).max(0.5),
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
  seedsBeside: 0,
  format: 'png',
  testShare: 0,
  recipes: [],
  folder: '',
};

/** The form, kept in the browser for each run. */
export function useExportForm(run: string): [ExportDraft, (change: Partial<ExportDraft>) => void] {
  return useDraft(`export-${run}`, draftSchema, initial);
}

export type ExportAsked = ExportRequest & { step: number };

/** What the fields of numbers are called, which depends on where the pictures come from. */
export function fieldNames(source: ExportDraft['source']): { count: string; seed: string; beside: string } {
  return source === 'seeds'
    ? { count: 'Seeds', seed: 'from seed', beside: '' }
    : { count: 'Draws', seed: 'with seed', beside: 'and seeds' };
}

/** Why the form asks for nothing yet, as a sentence; null where it does. */
export function missingOf(draft: ExportDraft, dataFolder: string): string | null {
  const { source } = draft;
  if (source === 'data' && dataFolder === '') return 'The pictures of the data set are not on this computer.';
  if (source === 'photos' && draft.photos.trim() === '') return 'Choose a folder of pictures.';
  const names = fieldNames(source);
  const wrong: [string, string | undefined][] = [
    [names.count, complaintOf(draft.count, exportRules.count)],
    [names.seed, complaintOf(draft.seed, exportRules.seed)],
    [names.beside, source === 'seeds' ? undefined : complaintOf(draft.seedsBeside, exportRules.seedsBeside)],
  ];
  const sentences = wrong.flatMap(([name, complaint]) =>
    complaint === undefined ? [] : [capitalised(complaintIn(name, complaint))],
  );
  return sentences.length === 0 ? null : sentences.join(' ');
}

/** The export that the form asks for; null while something is missing. */
export function askedOf(
  draft: ExportDraft,
  model: { run: string; step: number },
  dataFolder: string,
  usable: readonly string[],
  proposed: string,
): ExportAsked | null {
  const { source, format, testShare, folder } = draft;
  if (missingOf(draft, dataFolder) !== null) return null;
  const count = goodNumber(draft.count, exportRules.count);
  const seed = goodNumber(draft.seed, exportRules.seed);
  if (count === undefined || seed === undefined) return null;
  const beside = source === 'seeds' ? 0 : (goodNumber(draft.seedsBeside, exportRules.seedsBeside) ?? 0);
  const images = { seeds: '', data: dataFolder, photos: draft.photos.trim() }[source];
  const recipes = usable.filter((file) => draft.recipes.includes(file));
  const out = folder.trim() === '' ? proposed : folder.trim();
  return {
    ...model,
    count,
    seed,
    format,
    ...(source !== 'seeds' && { images }),
    ...(source === 'data' && { heldOut: true }),
    ...(beside > 0 && { seeds: beside }),
    ...(testShare > 0 && { testShare }),
    recipes,
    out,
  };
}

/** Sources of a set: draws of pictures and seeds beside them, or seeds. */
export function sourcesOf({ count, seeds = 0 }: Pick<ExportAsked, 'count' | 'seeds'>): number {
  return count + seeds;
}

/**
 * As much of an export as is tried first: whole sources, with each recipe, of at most `most` pictures where that can be.
 * Null where that is the whole export, which needs no trial.
 */
export function trialOf(
  asked: ExportAsked,
  most: number,
): { request: ExportAsked; pictures: number; why: string | null } | null {
  const recipes = Math.max(1, asked.recipes.length);
  const request = fewOf(asked, Math.max(1, Math.floor(most / recipes)));
  const sources = sourcesOf(request);
  const pictures = sources * recipes;
  if (sources === sourcesOf(asked)) return null;
  if (pictures === most) return { request, pictures, why: null };
  const product = `${sources} ${sources === 1 ? 'source' : 'sources'} × ${recipes} ${recipes === 1 ? 'recipe' : 'recipes'}`;
  return { request, pictures, why: `A trial writes ${product}.` };
}

/** The field that an error speaks of: the one whose path is in the sentence, the longest where several are. */
export function placeOfError(
  error: string,
  asked: ExportAsked | null,
): 'images' | 'recipes' | 'folder' | 'page' {
  if (asked === null) return 'page';
  const paths: ['images' | 'recipes' | 'folder', string][] = [
    ['images', asked.images ?? ''],
    ['folder', asked.out],
    ...asked.recipes.map((file): ['recipes', string] => ['recipes', file]),
  ];
  const named = paths.filter(([, path]) => path !== '' && error.includes(path));
  return named.sort(([, a], [, b]) => b.length - a.length)[0]?.[0] ?? 'page';
}

/** The same with at most so many sources, some of each kind that is asked for. */
export function fewOf({ seeds, ...asked }: ExportAsked, most: number): ExportAsked {
  if (seeds === undefined) return { ...asked, count: Math.min(asked.count, most) };
  const beside = Math.min(seeds, Math.max(1, Math.floor(most / 2)));
  return { ...asked, count: Math.min(asked.count, Math.max(1, most - beside)), seeds: beside };
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
