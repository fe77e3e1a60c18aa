import { expect, it, vi } from 'vitest';
import type { RuntimeRecord } from '../../../src/contract/doctor.ts';
import { describeDevice } from '../../../src/engine/studio/examineMachine.ts';
import { chooseGpus } from '../../../src/engine/tensorflow/chooseGpus.ts';
import { parseGpus } from '../../../src/engine/tensorflow/listGpus.ts';
import { gpuLines } from '../../setup/fakeNvidiaSmi.ts';

const record: RuntimeRecord = {
  format: 1,
  source: 'wheel',
  version: '2.21.0',
  variant: 'gpu',
  folder: '/cache',
  reason: 'An NVIDIA driver was found (libcuda.so.1).',
};
const choiceOf = (...lines: string[]): ReturnType<typeof chooseGpus> =>
  chooseGpus(parseGpus(lines.join('\n'))!, undefined);

it('says that a GPU is used, and which other one is not and why', () => {
  expect(describeDevice(record, 'gpu', choiceOf(gpuLines.v100))).toBe('An NVIDIA GPU was found and is used.');
  expect(describeDevice(record, 'gpu', choiceOf(gpuLines.v100, gpuLines.b200))).toBe(
    'An NVIDIA GPU was found and is used. NVIDIA B200 has compute capability 10.0, and TensorFlow 2.21 is known to fail from 10.0 on: it is left out.',
  );
});

it('stays on the processor with the reason where the only GPU is one that fails', () => {
  expect(describeDevice(record, 'cpu', choiceOf(gpuLines.b200))).toBe(
    'NVIDIA B200 has compute capability 10.0, and TensorFlow 2.21 is known to fail from 10.0 on: the processor is used.',
  );
});

it('says what the first start on Hopper takes, and how large the cache of kernels may grow', () => {
  vi.stubEnv('CUDA_CACHE_MAXSIZE', '4294967296');
  expect(describeDevice(record, 'gpu', choiceOf(gpuLines.h200))).toBe(
    'An NVIDIA GPU was found and is used. TensorFlow has no machine code for NVIDIA H200 and compiles its kernels at the first start, ' +
      'which takes many minutes, once: the driver keeps them in CUDA_CACHE_PATH (~/.nv/ComputeCache where unset; it must be a place ' +
      'that stays), up to CUDA_CACHE_MAXSIZE (4294967296 bytes here; 4294967296 is the most).',
  );
  vi.unstubAllEnvs();
});

it('without a GPU says why there is none, as before', () => {
  const none = chooseGpus([], undefined);
  expect(describeDevice(record, 'cpu', none)).toMatch(
    /^The CUDA build is installed, but TensorFlow found no GPU/,
  );
  expect(describeDevice({ ...record, variant: 'cpu', reason: 'No driver.' }, 'cpu', none)).toBe('No driver.');
  expect(describeDevice(undefined, 'cpu', none)).toBe('Only the processor is used.');
});
