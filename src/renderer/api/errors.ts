import { z } from 'zod';
import { errorCodes } from '../../contract/errors.ts';
import type { ErrorCode } from '../../contract/errors.ts';

const studioSchema = z.object({ message: z.string(), data: z.object({ code: z.enum(errorCodes) }) });
const refusedSchema = z.object({
  code: z.literal('BAD_REQUEST'),
  data: z.object({ issues: z.array(z.object({ message: z.string(), path: z.array(z.unknown()) })) }),
});

/** What a person is told about an error of the engine. */
export function sentenceOf(error: unknown): string {
  const refused = refusedSchema.safeParse(error);
  if (refused.success) {
    return refused.data.data.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('. ');
  }
  return error instanceof Error ? error.message : String(error);
}

export function codeOf(error: unknown): ErrorCode | undefined {
  return studioSchema.safeParse(error).data?.data.code;
}
