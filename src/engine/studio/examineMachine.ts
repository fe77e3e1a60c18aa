import { readFileSync } from 'node:fs';
import { availableParallelism, cpus, freemem, totalmem } from 'node:os';
import type { DoctorReport, RuntimeRecord } from '../../contract/doctor.ts';
import { gpuChoice, isCompiledAtFirstStart } from '../tensorflow/chooseGpus.ts';
import type { GpuChoice } from '../tensorflow/chooseGpus.ts';
import { runtimeFacts } from '../tensorflow/runtimeFacts.ts';
import { readRuntimeRecord } from '../tensorflow/runtimeRecord.ts';
import { tf } from '../tensorflow/tf.ts';

/** Looks at what the engine runs on, and has the library compute something. */
export function examineMachine(studio: string): DoctorReport {
  const facts = runtimeFacts();
  const record = readRuntimeRecord();
  const choice = gpuChoice();
  return {
    ...facts,
    studio,
    platform: `${process.platform} ${process.arch}`,
    library: describeLibrary(record, facts.tensorflow),
    deviceReason: describeDevice(record, facts.device, choice),
    gpus: [
      ...choice.used.map((gpu) => ({ ...gpu, hidden: false })),
      ...choice.hidden.map(({ gpu }) => ({ ...gpu, hidden: true })),
    ],
    processor: cpus()[0]?.model.trim() ?? 'unknown',
    processorFeatures: processorFeatures(),
    cores: availableParallelism(),
    memory: { totalBytes: totalmem(), freeBytes: freemem() },
    matrixProductMilliseconds: timeMatrixProduct(),
  };
}

export function describeLibrary(record: RuntimeRecord | undefined, version: string): string {
  if (record === undefined) return `TensorFlow ${version}, not installed by "npm start"`;
  if (record.source === 'package') {
    return `TensorFlow ${version}, the official binary of the TensorFlow.js package. ${record.reason}`;
  }
  const build = record.variant === 'gpu' ? 'CUDA 12 build' : 'CPU build';
  return `TensorFlow ${version}, the ${build} of the Python wheel`;
}

/** Why TensorFlow computes where it does, and what to know of the GPU. */
export function describeDevice(
  record: RuntimeRecord | undefined,
  device: 'cpu' | 'gpu',
  { used, hidden }: GpuChoice,
): string {
  const kept = hidden.map(({ reason }) => ` ${reason}: it is left out.`).join('');
  if (device === 'gpu') return `An NVIDIA GPU was found and is used.${kept}${compiling(used)}`;
  if (hidden.length > 0 && used.length === 0)
    return `${hidden.map(({ reason }) => reason).join('; ')}: the processor is used.`;
  if (record?.variant === 'gpu') {
    return `The CUDA build is installed, but TensorFlow found no GPU that it can use: is the NVIDIA driver loaded (nvidia-smi), and CUDA_VISIBLE_DEVICES not empty?${kept}`;
  }
  return record?.reason ?? 'Only the processor is used.';
}

/** What a person can do where kernels are compiled at the first start: see to it that they are kept. */
function compiling(used: GpuChoice['used']): string {
  const gpu = used.find(isCompiledAtFirstStart);
  if (gpu === undefined) return '';
  return (
    ` TensorFlow has no machine code for ${gpu.name} and compiles its kernels at the first start, which takes many minutes, once:` +
    ' the driver keeps them in CUDA_CACHE_PATH (~/.nv/ComputeCache where unset; it must be a place that stays),' +
    ` up to CUDA_CACHE_MAXSIZE (${process.env['CUDA_CACHE_MAXSIZE'] ?? 'unset'} bytes here; 4294967296 is the most).`
  );
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
