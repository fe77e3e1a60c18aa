import { z } from 'zod';

/** Lines of a trainer's log that are shown at a time. */
export const mostLogLines = 2000;

/** What a trainer said: the end of its log where `restarted`, then what is new. */
export const logEventSchema = z.object({
  lines: z.array(z.string()),
  restarted: z.boolean(),
  /** There is more before these lines, in the file. */
  isCut: z.boolean(),
  /** False where no page has ever started a trainer for this run: a command line's output is on its terminal. */
  isThere: z.boolean(),
});
export type LogEvent = z.infer<typeof logEventSchema>;
