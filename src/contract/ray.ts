import { z } from 'zod';
import { mostCells } from './sweeps.ts';

/** Files of a sweep that a Ray cluster trains. The token is in neither. */

const index = z.number().int().min(0).max(mostCells);

/** engine.json: which job each cell was handed in as, at the head of that address. Replaced atomically before each hand-in. */
export const rayEngineFileSchema = z.strictObject({
  version: z.literal(1),
  engine: z.literal('ray'),
  address: z.string().max(500),
  jobs: z.array(z.strictObject({ index, id: z.string().max(200), at: z.iso.datetime() })).max(mostCells),
});
export type RayEngineFile = z.infer<typeof rayEngineFileSchema>;

/** ray/stop.json: cells that were asked to stop, for whoever hands in the others. A file of its own, since another process writes it. */
export const rayStopFileSchema = z.strictObject({
  version: z.literal(1),
  cells: z.array(index).max(mostCells),
});
