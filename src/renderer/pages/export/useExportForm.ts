import { z } from 'zod';
import { pictureFormatSchema } from '../../../contract/exports.ts';
import type { ExportRequest, EarlierExport } from '../../../contract/exports.ts';
import { useDraft } from '../../components/useDraft.ts';

const draftSchema = z.object({
  source: z.enum(['seeds', 'data', 'photos']),
  count: z.number().int().min(1).max(1_000_000).or(z.literal('')),
  seed: z.number().int().min(0).or(z.literal('')),
  photos: z.string(),
  /** Seeds beside the draws of pictures. */
  seedsBeside: z.number().int().min(0).max(1_000_000).or(z.literal('')),
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

/** The export that the form asks for; null while something is missing. */
export function askedOf(
  draft: ExportDraft,
  model: { run: string; step: number },
  dataFolder: string,
  usable: readonly string[],
  proposed: string,
): ExportAsked | null {
  const { source, count, seed, seedsBeside, format, testShare, folder } = draft;
  if (count === '' || seed === '' || (source !== 'seeds' && seedsBeside === '')) return null;
  const images = { seeds: '', data: dataFolder, photos: draft.photos.trim() }[source];
  if (source !== 'seeds' && images === '') return null;
  const recipes = usable.filter((file) => draft.recipes.includes(file));
  const out = folder.trim() === '' ? proposed : folder.trim();
  return {
    ...model,
    count,
    seed,
    format,
    ...(source !== 'seeds' && { images }),
    ...(source === 'data' && { heldOut: true }),
    ...(source !== 'seeds' && Number(seedsBeside) > 0 && { seeds: Number(seedsBeside) }),
    ...(testShare > 0 && { testShare }),
    recipes,
    out,
  };
}

/** Sources of a set: draws of pictures and seeds beside them, or seeds. */
export function sourcesOf({ count, seeds = 0 }: Pick<ExportAsked, 'count' | 'seeds'>): number {
  return count + seeds;
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
