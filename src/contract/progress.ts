import { z } from 'zod';

/** Where a long piece of work stands. `total` is 0 while it is not known. */
export const progressSchema = z.object({
  phase: z.string(),
  done: z.number().int().nonnegative(),
  total: z.number().int().nonnegative(),
  /** A short fact for the person who waits, for example a loss or a rate. */
  note: z.string().optional(),
  /** True for a measurement: never dropped on the way, and a line of its own where there is no terminal. */
  milestone: z.boolean().optional(),
});

export type Progress = z.infer<typeof progressSchema>;

/** What every long piece of work takes: somebody to tell, and somebody to stop it. */
export interface Watch {
  onProgress?: (progress: Progress) => void;
  signal?: AbortSignal;
}
