import { z } from 'zod';
import {
  experimentIdSchema,
  experimentIds,
  experimentScaleSchema,
  reproductionStateSchema,
} from './experiments.ts';
import { method } from './method.ts';

/** What the Experiments page asks: experiments as processes of their own, their folders, and the figures in them. */

export const reproductionPhases = [
  'none',
  'starting',
  'working',
  'stopping',
  'stopped',
  'finished',
  'failed',
] as const;

export const followedReproductionSchema = z.object({
  folder: z.string(),
  /** `none`: nothing was ever made here. `stopped`: begun, and nobody works on it; the same start goes on. */
  phase: z.enum(reproductionPhases),
  state: reproductionStateSchema.nullable(),
  /** How far all its experiments are together, 0 … 1. */
  share: z.number().min(0).max(1),
  /** From how fast it went lately; null where that is not known. */
  etaSeconds: z.number().nonnegative().nullable(),
  /** Why it failed, in words. */
  trouble: z.string().nullable(),
  /** Changes whenever a result does. */
  resultsKey: z.string(),
});
export type FollowedReproduction = z.infer<typeof followedReproductionSchema>;

export const listedReproductionSchema = z.object({
  folder: z.string(),
  phase: z.enum(reproductionPhases),
  scale: experimentScaleSchema.nullable(),
  /** Experiments that have a result. */
  made: z.array(experimentIdSchema),
});
export type ListedReproduction = z.infer<typeof listedReproductionSchema>;

const outRef = z.strictObject({ out: z.string().min(1) });

export const startReproductionSchema = z.strictObject({
  out: z.string().min(1),
  /** One experiment, or all of them. */
  what: z.enum([...experimentIds, 'all']),
  scale: experimentScaleSchema.default('compact'),
  data: z.string().min(1).optional(),
  seeds: z.number().int().min(1).max(20).optional(),
});

export const experimentsLiveContract = {
  /** Folders with experiments beside where new image sets are proposed, by name. */
  list: method.output(z.object({ folder: z.string(), found: z.array(listedReproductionSchema) })),
  follow: method.input(outRef).output(followedReproductionSchema),
  start: method.input(startReproductionSchema).output(z.object({ folder: z.string() })),
  /** Asks it to save and end; what is trained and measured is kept. */
  stop: method.input(outRef).output(z.void()),
  /** A figure of a result, as it lies beside result.json. */
  figure: method
    .input(outRef.extend({ experiment: experimentIdSchema, file: z.string().min(1) }))
    .output(z.object({ picture: z.instanceof(Blob) })),
};
