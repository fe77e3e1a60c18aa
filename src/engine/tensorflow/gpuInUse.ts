import type { RunFile } from '../../contract/runFiles.ts';
import { gpuChoice } from './chooseGpus.ts';
import { hasDeterministicOps } from './prepareProcess.ts';
import { nodeBackend } from './rawOp.ts';

/** The GPU that this process computes on, as a run records it: TensorFlow.js takes the last one that TensorFlow sees. */
export function gpuInUse(): RunFile['device']['gpu'] {
  const gpu = gpuChoice().used.at(-1);
  if (gpu === undefined || !nodeBackend().binding.isUsingGpuDevice()) return undefined;
  const { name, computeCapability, driver } = gpu;
  return { name, computeCapability, driver, deterministic: hasDeterministicOps() };
}
