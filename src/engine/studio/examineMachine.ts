import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { availableParallelism, cpus, freemem, totalmem } from 'node:os';
import { dirname, join } from 'node:path';
import { runtimeRecordSchema } from '../../contract/doctor.ts';
import type { DoctorReport, RuntimeRecord } from '../../contract/doctor.ts';
import { runtimeFacts } from '../tensorflow/runtimeFacts.ts';
import { tf } from '../tensorflow/tf.ts';

/** Looks at what the engine runs on, and has the library compute something. */
export function examineMachine(studio: string): DoctorReport {
  const facts = runtimeFacts();
  const record = readRuntimeRecord();
  return {
    ...facts,
    studio,
    platform: `${process.platform} ${process.arch}`,
    library: describeLibrary(record, facts.tensorflow),
    deviceReason: describeDevice(record, facts.device),
    processor: cpus()[0]?.model.trim() ?? 'unknown',
    processorFeatures: processorFeatures(),
    cores: availableParallelism(),
    memory: { totalBytes: totalmem(), freeBytes: freemem() },
    matrixProductMilliseconds: timeMatrixProduct(),
  };
}

/** Undefined where the start script has not written one, as where somebody installed the binding by hand. */
function readRuntimeRecord(): RuntimeRecord | undefined {
  try {
    const require = createRequire(import.meta.url);
    const folder = dirname(require.resolve('@tensorflow/tfjs-node-gpu/package.json'));
    const text = readFileSync(join(folder, 'lib', 'napi-v8', 'runtime.json'), 'utf8');
    const parsed = runtimeRecordSchema.safeParse(JSON.parse(text));
    return parsed.success ? parsed.data : undefined;
  } catch {
    return undefined;
  }
}

export function describeLibrary(record: RuntimeRecord | undefined, version: string): string {
  if (record === undefined) return `TensorFlow ${version}, installed by other means than "npm start"`;
  if (record.source === 'package') {
    return `TensorFlow ${version}, the official binary of the TensorFlow.js package. ${record.reason}`;
  }
  const build = record.variant === 'gpu' ? 'CUDA 12 build' : 'CPU build';
  return `TensorFlow ${version}, the ${build} of the Python wheel`;
}

export function describeDevice(record: RuntimeRecord | undefined, device: 'cpu' | 'gpu'): string {
  if (device === 'gpu') return 'An NVIDIA GPU was found and is used.';
  if (record?.variant === 'gpu') {
    return 'The CUDA build is installed, but TensorFlow found no GPU that it can use: is the NVIDIA driver loaded (nvidia-smi), and CUDA_VISIBLE_DEVICES not empty?';
  }
  return record?.reason ?? 'Only the processor is used.';
}

/** The vector instructions that decide how fast convolutions are; empty where the system does not say. */
function processorFeatures(): string[] {
  try {
    const flags = /^(?:flags|Features)\s*:\s*(.*)$/m.exec(readFileSync('/proc/cpuinfo', 'utf8'))?.[1] ?? '';
    const known = new Set([
      'avx',
      'avx2',
      'fma',
      'avx512f',
      'avx512_vnni',
      'avx512_bf16',
      'amx_bf16',
      'asimd',
      'sve',
    ]);
    return flags.split(/\s+/).filter((flag) => known.has(flag));
  } catch {
    return [];
  }
}

function timeMatrixProduct(): number {
  return tf.tidy(() => {
    const a = tf.fill([1024, 1024], 0.5);
    const start = performance.now();
    const corner = tf.matMul(a, a).slice([0, 0], [1, 1]).dataSync<'float32'>()[0];
    const milliseconds = performance.now() - start;
    if (corner !== 256) throw new Error(`TensorFlow computed ${String(corner)} where 256 is right`);
    return Math.round(milliseconds * 100) / 100;
  });
}
