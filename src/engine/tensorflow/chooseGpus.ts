import type { Gpu } from '../../contract/gpu.ts';
import { listGpus } from './listGpus.ts';
import { readRuntimeRecord } from './runtimeRecord.ts';

/** TensorFlow 2.21 is known to fail from this compute capability on. */
const failsFrom = 10;
/** The first that the wheel has machine code for: it was built for 6.0, 7.0, 8.0 and 8.9, and as PTX for 9.0. */
const codeFrom = 6;
/** Hopper: there is PTX alone, which the driver compiles when it is first used. */
const compiledFrom = 9;

/** What the driver keeps of kernels that it compiled, in bytes: as much as it can, where its own limit may be too small for TensorFlow's. */
const cacheBytes = 2 ** 32;

/** Which GPUs a process lets TensorFlow see. */
export interface GpuChoice {
  /** Those it can use. */
  used: Gpu[];
  /** Those it is kept from, each with the reason in words. */
  hidden: { gpu: Gpu; reason: string }[];
  /** What CUDA_VISIBLE_DEVICES is to be; undefined where it stays as it is. */
  visibleDevices: string | undefined;
}

/** Where nothing is known of GPUs, as on a machine without any: nothing is changed. */
const unknown: GpuChoice = { used: [], hidden: [], visibleDevices: undefined };

/**
 * @param gpus all that the machine has
 * @param visible what CUDA_VISIBLE_DEVICES says; a person who set it has chosen, and nothing is changed
 */
export function chooseGpus(gpus: readonly Gpu[], visible: string | undefined): GpuChoice {
  if (visible !== undefined) return { ...unknown, used: namedBy(visible, gpus) };
  const hidden = gpus.flatMap((gpu) => {
    const reason = reasonAgainst(gpu);
    return reason === undefined ? [] : [{ gpu, reason }];
  });
  const used = gpus.filter((gpu) => reasonAgainst(gpu) === undefined);
  if (hidden.length === 0) return { used, hidden, visibleDevices: undefined };
  return { used, hidden, visibleDevices: used.length === 0 ? '-1' : used.map(({ uuid }) => uuid).join(',') };
}

function reasonAgainst({ name, computeCapability }: Gpu): string | undefined {
  const subject = `${name} has compute capability ${computeCapability.toFixed(1)}`;
  if (computeCapability >= failsFrom)
    return `${subject}, and TensorFlow 2.21 is known to fail from ${failsFrom}.0 on`;
  if (computeCapability < codeFrom) return `${subject}, and TensorFlow 2.21 begins at ${codeFrom}.0`;
  return undefined;
}

/** GPUs are named by number or by the beginning of their UUID. The numbers are CUDA's own, so they say which only where all are alike. */
function namedBy(visible: string, gpus: readonly Gpu[]): Gpu[] {
  const alike = new Set(gpus.map(({ name }) => name)).size === 1;
  return visible.split(',').flatMap((word) => {
    const token = word.trim();
    const gpu = /^\d+$/.test(token)
      ? alike && gpus[Number(token)]
      : gpus.find(({ uuid }) => token !== '' && uuid.startsWith(token));
    return gpu ? [gpu] : [];
  });
}

let chosen: GpuChoice | undefined;

/** Whether TensorFlow's library is known to have nothing for GPUs in it. */
export function isCpuBuild(): boolean {
  return readRuntimeRecord()?.variant === 'cpu';
}

/** The choice of this process, made once, before TensorFlow is loaded. With the CPU build nobody is asked. */
export function gpuChoice(): GpuChoice {
  chosen ??= isCpuBuild()
    ? unknown
    : chooseGpus(listGpus(process.env) ?? [], process.env['CUDA_VISIBLE_DEVICES']);
  return chosen;
}

/**
 * What must be in the environment before TensorFlow and CUDA start, for this choice. On a GPU TensorFlow takes all memory at
 * once, and algorithms that add in any order, unless it is told otherwise: an engine and trainers share a GPU here, and a run
 * is to be repeatable to the bit. (Order is asked of TensorFlow's own kernels and of cuDNN apart: strings of the 2.21 wheel.)
 */
export function gpuEnvironment({ used, visibleDevices }: GpuChoice): Record<string, string> {
  return {
    TF_FORCE_GPU_ALLOW_GROWTH: 'true',
    TF_DETERMINISTIC_OPS: '1',
    TF_CUDNN_DETERMINISTIC: '1',
    ...(visibleDevices !== undefined && { CUDA_VISIBLE_DEVICES: visibleDevices }),
    ...(used.some(isCompiledAtFirstStart) && { CUDA_CACHE_MAXSIZE: String(cacheBytes) }),
  };
}

export function isCompiledAtFirstStart({ computeCapability }: Gpu): boolean {
  return computeCapability >= compiledFrom && computeCapability < failsFrom;
}

/** What to say before the first step on a GPU without machine code; undefined where there is nothing to say. */
export function firstStartNotice({ used }: GpuChoice): string | undefined {
  const gpu = used.find(isCompiledAtFirstStart);
  return (
    gpu &&
    `TensorFlow compiles its kernels for ${gpu.name} at the first start: this takes many minutes, once.`
  );
}
