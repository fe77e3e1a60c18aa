import { z } from 'zod';
import { placeWords, sentenceOfIssues } from '../../contract/complaints.ts';
import { errorCodes } from '../../contract/errors.ts';
import type { ErrorCode } from '../../contract/errors.ts';

const studioSchema = z.object({ message: z.string(), data: z.object({ code: z.enum(errorCodes) }) });
const refusedSchema = z.object({
  code: z.literal('BAD_REQUEST'),
  data: z.object({ issues: z.array(z.looseObject({ message: z.string(), path: z.array(z.unknown()) })) }),
});

/** Entries of the contract that the pages' fields call by another name. */
const fieldNames: Readonly<Record<string, string>> = {
  data: 'Images',
  out: 'Folder',
  hairMasks: 'Masks of the hair',
  images: 'Folder of pictures',
  testShare: 'Split',
};

function fieldName([first, ...rest]: readonly PropertyKey[]): string {
  return placeWords(first === undefined ? [] : [fieldNames[String(first)] ?? first, ...rest]);
}

/** What a person is told about an error of the engine. */
export function sentenceOf(error: unknown): string {
  const refused = refusedSchema.safeParse(error);
  if (refused.success) return sentenceOfIssues(refused.data.data.issues, fieldName);
  return error instanceof Error ? error.message : String(error);
}

export function codeOf(error: unknown): ErrorCode | undefined {
  return studioSchema.safeParse(error).data?.data.code;
}
