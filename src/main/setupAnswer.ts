import { z } from 'zod';

/** What `scripts/prepare.mjs` answers. */
export const setupAnswerSchema = z.object({
  isReady: z.boolean(),
  /** TensorFlow's record, where it does not lie in the program's folder. */
  runtime: z.string().optional(),
  cache: z.string().optional(),
  version: z.string().optional(),
  variant: z.enum(['cpu', 'gpu']).optional(),
  /** Bytes to fetch, and on the disk afterwards. */
  download: z.number().optional(),
  disk: z.number().optional(),
  /** Why it could not be fetched. */
  sentence: z.string().optional(),
});
export type SetupAnswer = z.infer<typeof setupAnswerSchema>;
