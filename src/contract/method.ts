import { eventIterator, oc } from '@orpc/contract';
import { z } from 'zod';
import { errorCodes } from './errors.ts';
import { progressSchema } from './progress.ts';

/** What every method of the contract begins with: it may fail with a code and a sentence for people. */
export const method = oc.errors({ STUDIO: { data: z.object({ code: z.enum(errorCodes) }) } });

function followed<In, In2, Out, Out2>(input: z.ZodType<In, In2>, output: z.ZodType<Out, Out2>) {
  return method.input(input).output(eventIterator(progressSchema, output));
}

/** Long work: progress while it lasts, then its result. */
export function long<In, In2, Out, Out2>(
  input: z.ZodType<In, In2>,
  output: z.ZodType<Out, Out2>,
): ReturnType<typeof followed<In, In2, Out, Out2>> {
  return followed(input, output);
}
