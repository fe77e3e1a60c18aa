import { z } from 'zod';

/** An NVIDIA GPU, as the driver's own tool describes it. */
export const gpuSchema = z.strictObject({
  /** Names the GPU to CUDA_VISIBLE_DEVICES, whatever order the driver and CUDA count in. */
  uuid: z.string().min(1),
  name: z.string().min(1),
  /** Which generation of machine code it runs, such as 9 for Hopper; tenths are within a generation. */
  computeCapability: z.number().positive(),
  /** In units of 2²⁰ bytes. */
  memoryMebibytes: z.number().nonnegative(),
  driver: z.string().min(1),
});
export type Gpu = z.infer<typeof gpuSchema>;
