import { afterEach, beforeEach, expect, it, onTestFinished, vi } from 'vitest';
import type { RuntimeRecord } from '../../../src/contract/doctor.ts';
import { fakeNvidiaSmi, gpuLines } from '../../setup/fakeNvidiaSmi.ts';
import { temporaryFolder } from '../../setup/tinyTraining.ts';

const names = [
  'CUDA_VISIBLE_DEVICES',
  'CUDA_CACHE_MAXSIZE',
  'TF_FORCE_GPU_ALLOW_GROWTH',
  'TF_DETERMINISTIC_OPS',
  'TF_CUDNN_DETERMINISTIC',
] as const;

beforeEach(() => {
  vi.resetModules();
  for (const name of names) vi.stubEnv(name, undefined);
});

afterEach(() => {
  vi.doUnmock('../../../src/engine/tensorflow/runtimeRecord.ts');
  vi.unstubAllEnvs();
});

/** A process with this build of TensorFlow on a machine with these GPUs. */
async function machineOf(variant: RuntimeRecord['variant'], gpus: readonly string[]): Promise<void> {
  const { folder, remove } = await temporaryFolder();
  onTestFinished(remove);
  vi.stubEnv('PATH', fakeNvidiaSmi(folder, gpus));
  vi.doMock('../../../src/engine/tensorflow/runtimeRecord.ts', () => ({
    readRuntimeRecord: () => ({ format: 1, source: 'wheel', version: '2.21.0', variant, folder, reason: '' }),
  }));
}

/** Prepares such a process; gives what it finds set then. */
async function prepared(
  variant: RuntimeRecord['variant'],
  gpus: readonly string[],
): Promise<Record<string, string | undefined>> {
  await machineOf(variant, gpus);
  const { prepareProcess } = await import('../../../src/engine/tensorflow/prepareProcess.ts');
  prepareProcess();
  return Object.fromEntries(names.map((name) => [name, process.env[name]]));
}

const always = { TF_FORCE_GPU_ALLOW_GROWTH: 'true', TF_DETERMINISTIC_OPS: '1', TF_CUDNN_DETERMINISTIC: '1' };

it('asks the CUDA build for memory as it is needed and for one order of adding', async () => {
  expect(await prepared('gpu', [gpuLines.v100])).toMatchObject({
    ...always,
    CUDA_VISIBLE_DEVICES: undefined,
    CUDA_CACHE_MAXSIZE: undefined,
  });
});

it('hides a GPU that fails, and gives compiled kernels room', async () => {
  expect(await prepared('gpu', [gpuLines.b200, gpuLines.h200])).toEqual({
    ...always,
    CUDA_VISIBLE_DEVICES: 'GPU-22222222-bbbb',
    CUDA_CACHE_MAXSIZE: '4294967296',
  });
});

it('leaves what a person has set', async () => {
  const own = {
    CUDA_VISIBLE_DEVICES: 'GPU-33333333-cccc',
    CUDA_CACHE_MAXSIZE: '1',
    TF_FORCE_GPU_ALLOW_GROWTH: 'false',
    TF_DETERMINISTIC_OPS: '0',
    TF_CUDNN_DETERMINISTIC: '0',
  };
  for (const [name, value] of Object.entries(own)) vi.stubEnv(name, value);
  expect(await prepared('gpu', [gpuLines.b200, gpuLines.h200])).toEqual(own);
});

it('sets nothing for the CPU build, and asks nobody', async () => {
  const nothing = Object.fromEntries(names.map((name) => [name, undefined]));
  expect(await prepared('cpu', [gpuLines.b200])).toEqual(nothing);
});

it('has a line to say before TensorFlow is loaded where the GPU has no machine code, and only there', async () => {
  const notice = async (): Promise<string | undefined> => {
    vi.resetModules();
    const { noticeBeforeStart } = await import('../../../src/engine/engine.ts');
    return noticeBeforeStart();
  };
  await machineOf('gpu', [gpuLines.h200]);
  expect(await notice()).toMatch(/^TensorFlow compiles its kernels for NVIDIA H200 at the first start/);
  await machineOf('gpu', [gpuLines.v100]);
  expect(await notice()).toBeUndefined();
  await machineOf('cpu', [gpuLines.h200]);
  expect(await notice()).toBeUndefined();
});

it.each(['16000', '0', '-1', 'many', '1e9', '2.5'])(
  'refuses to start TensorFlow with "%s" threads',
  async (count) => {
    await machineOf('cpu', []);
    const { prepareProcess } = await import('../../../src/engine/tensorflow/prepareProcess.ts');
    vi.stubEnv('TF_NUM_INTRAOP_THREADS', undefined);
    vi.stubEnv('EXTRAPOLATION_THREADS', count);
    expect(prepareProcess).toThrow(`EXTRAPOLATION_THREADS is "${count}"`);
    vi.stubEnv('EXTRAPOLATION_THREADS', undefined);
    vi.stubEnv('TF_NUM_INTRAOP_THREADS', count);
    expect(prepareProcess).toThrow(`TF_NUM_INTRAOP_THREADS is "${count}"`);
  },
);
