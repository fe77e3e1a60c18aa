import { z } from 'zod';

/** `engine.json` of a sweep on Slurm: what was handed in, which Slurm forgets minutes after its end. */
export const slurmEngineFileSchema = z.object({
  version: z.literal(1),
  engine: z.literal('slurm'),
  submissions: z.array(
    z.object({
      at: z.iso.datetime(),
      /** The array job's number; a task of it is `<job>_<index of the cell>`. */
      job: z.string().regex(/^\d+$/),
      indices: z.array(z.number().int().nonnegative()),
      /** What sbatch was given. */
      arguments: z.array(z.string()),
    }),
  ),
  stops: z.array(z.object({ at: z.iso.datetime(), indices: z.array(z.number().int().nonnegative()) })),
});

export type SlurmEngineFile = z.infer<typeof slurmEngineFileSchema>;
