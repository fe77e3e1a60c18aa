import { oc } from '@orpc/contract';
import { z } from 'zod';
import { errorCodes } from './errors.ts';

/** What every method of the contract begins with: it may fail with a code and a sentence for people. */
export const method = oc.errors({ STUDIO: { data: z.object({ code: z.enum(errorCodes) }) } });
