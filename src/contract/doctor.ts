import { z } from 'zod';
import { gpuSchema } from './gpu.ts';

/** runtime.json, written by the start script: beside the TensorFlow binding, or where EXTRAPOLATION_RUNTIME says. */
export const runtimeRecordSchema = z.object({
  format: z.literal(1),
  source: z.enum(['wheel', 'package']),
  version: z.string(),
  variant: z.enum(['cpu', 'gpu']),
  folder: z.string(),
  reason: z.string(),
  /** Where the binding lies, if not in its package. */
  binding: z.string().optional(),
});
export type RuntimeRecord = z.infer<typeof runtimeRecordSchema>;

/** What this machine runs on. */
export const doctorReportSchema = z.object({
  studio: z.string(),
  node: z.string(),
  platform: z.string(),
  tensorflow: z.string(),
  tfjs: z.string(),
  /** Where TensorFlow's library comes from, in words. */
  library: z.string(),
  device: z.enum(['cpu', 'gpu']),
  /** Why this device, in words. */
  deviceReason: z.string(),
  /** The GPUs that TensorFlow may use, and those that it is kept from; nobody looks for any with the CPU build. */
  gpus: z.array(gpuSchema.extend({ hidden: z.boolean() })),
  processor: z.string(),
  processorFeatures: z.array(z.string()),
  cores: z.number().int(),
  threads: z.object({ intraOp: z.number().int(), interOp: z.number().int() }),
  memory: z.object({ totalBytes: z.number(), freeBytes: z.number() }),
  /** Milliseconds of one 1024×1024 matrix product: shows that the library computes. */
  matrixProductMilliseconds: z.number(),
});
export type DoctorReport = z.infer<typeof doctorReportSchema>;
