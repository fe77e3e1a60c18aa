import { z } from 'zod';
import { nonEmpty } from './shared.ts';

/** What people write about a run; nothing of it changes what is trained. */

export const mostTags = 20;
export const tagSchema = z
  .string()
  .regex(/^[^\s,:"]{1,30}$/, 'must be one word without commas and colons, at most 30 characters long');
const nameSchema = z.string().trim().max(80);
const noteSchema = z.string().max(10_000);

export const runLabelsSchema = z.strictObject({
  /** Shown instead of the folder's name where it is not empty. */
  name: nameSchema,
  tags: z.array(tagSchema).max(mostTags),
  note: noteSchema,
  /** Left out of lists unless asked for. */
  archived: z.boolean(),
  /** Null where nobody has written anything. */
  changedAt: z.iso.datetime().nullable(),
});
export type RunLabels = z.infer<typeof runLabelsSchema>;

/** labels.json in the run's folder. */
export const labelsFileSchema = runLabelsSchema.extend({ version: z.literal(1) });

export const noLabels: RunLabels = { name: '', tags: [], note: '', archived: false, changedAt: null };

/** What is to change; the rest stays as it is in the file, whoever wrote it last. */
export const labelChangesSchema = z.strictObject({
  run: nonEmpty,
  name: nameSchema.optional(),
  addTags: z.array(tagSchema).max(mostTags).optional(),
  removeTags: z.array(tagSchema).max(mostTags).optional(),
  note: noteSchema.optional(),
  /** The note that the new one was written from: where the file has another one by now, it is not replaced. */
  noteBefore: noteSchema.optional(),
  archived: z.boolean().optional(),
});
export type LabelChanges = z.infer<typeof labelChangesSchema>;

/** What a run is called: the name that a person gave it, else its folder's. */
export function titleOf({ id, labels }: { id: string; labels: Pick<RunLabels, 'name'> }): string {
  return labels.name === '' ? id : labels.name;
}
