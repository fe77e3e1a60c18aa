import type { DoctorReport } from '../../contract/doctor.ts';
import { threadCounts } from './prepareProcess.ts';
import { nodeBackend } from './rawOp.ts';
import { tf } from './tf.ts';

/** The versions and the device that a run records. */
export function runtimeFacts(): Pick<DoctorReport, 'tensorflow' | 'tfjs' | 'node' | 'device' | 'threads'> {
  const { binding } = nodeBackend();
  return {
    tensorflow: binding.TF_Version,
    tfjs: tf.version['tfjs-core'],
    node: process.versions.node,
    device: binding.isUsingGpuDevice() ? 'gpu' : 'cpu',
    threads: threadCounts(),
  };
}
