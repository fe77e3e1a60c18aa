import { z } from 'zod';
import { sentenceOfIssues } from '../contract/complaints.ts';
import { errorCodes } from '../contract/errors.ts';
import type { ErrorCode } from '../contract/errors.ts';

export interface Failure {
  code: ErrorCode | 'fault';
  message: string;
  exitCode: 1 | 2 | 130;
}

const coded = z.object({ message: z.string(), data: z.object({ code: z.enum(errorCodes) }) });
const invalid = z.object({
  code: z.literal('BAD_REQUEST'),
  data: z.object({ issues: z.array(z.looseObject({ path: z.array(z.unknown()), message: z.string() })) }),
});
const sentence = z.object({ name: z.literal('StudioError'), code: z.enum(errorCodes), message: z.string() });

/** What a person, and a script, is told when a command fails. */
export function describeFailure(error: unknown): Failure {
  const known = coded.safeParse(error);
  if (known.success) return failureOf(known.data.data.code, known.data.message);
  const own = sentence.safeParse(error);
  if (own.success) return failureOf(own.data.code, own.data.message);
  const refused = invalid.safeParse(error);
  if (refused.success) {
    const sentences = sentenceOfIssues(refused.data.data.issues);
    return failureOf('wrong-usage', `${sentences} "--help" lists the options.`);
  }
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return {
    code: 'fault',
    message: `This is a fault in the program. What to report:\n${text}`,
    exitCode: 1,
  };
}

function failureOf(code: ErrorCode, message: string): Failure {
  const exitCode = code === 'interrupted' ? 130 : code === 'wrong-usage' ? 2 : 1;
  return { code, message, exitCode };
}
