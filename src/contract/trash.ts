import { z } from 'zod';

/** Deleted runs, which are kept for a while. */

export const trashDays = 30;

/** removed.json beside a deleted run: where it lay, and when it was deleted. */
export const removedFileSchema = z.strictObject({
  version: z.literal(1),
  id: z.string().min(1),
  from: z.string().min(1),
  removedAt: z.iso.datetime(),
});

/** The name of a deleted run's folder in the trash: no path. */
export const trashEntrySchema = z
  .string()
  .max(300)
  .regex(/^\d{8}-\d{9}-[^/\\]+$/, 'must be a name that "extrapolate runs trash" shows');

export const removedRunSchema = removedFileSchema.omit({ version: true }).extend({
  entry: z.string(),
  /** From then on it is deleted for good, when another run is deleted. */
  keptUntil: z.iso.datetime(),
});
export type RemovedRun = z.infer<typeof removedRunSchema>;
