import { afterEach, expect, it, vi } from 'vitest';
import { runFileSchema } from '../../../src/contract/runFiles.ts';
import { withBinding } from '../../../src/engine/tensorflow/bindingId.ts';
import { chooseGpus } from '../../../src/engine/tensorflow/chooseGpus.ts';
import { gpuInUse } from '../../../src/engine/tensorflow/gpuInUse.ts';
import { parseGpus } from '../../../src/engine/tensorflow/listGpus.ts';
import { gpuLines } from '../../setup/fakeNvidiaSmi.ts';

const choice: { now: unknown } = vi.hoisted(() => ({ now: undefined }));
vi.mock('../../../src/engine/tensorflow/chooseGpus.ts', async (original) => ({
  ...(await original<object>()),
  gpuChoice: () => choice.now,
}));

afterEach(() => {
  vi.unstubAllEnvs();
});

const onGpu = (isUsingGpuDevice: boolean): ReturnType<typeof gpuInUse> =>
  withBinding({ isUsingGpuDevice: () => isUsingGpuDevice }, gpuInUse);

it('is the last of those that TensorFlow may see, with its driver and whether sums have one order', () => {
  choice.now = chooseGpus(parseGpus([gpuLines.h200, gpuLines.v100, gpuLines.b200].join('\n'))!, undefined);
  vi.stubEnv('TF_DETERMINISTIC_OPS', '1');
  const v100 = { name: 'Tesla V100-SXM2-16GB', computeCapability: 7, driver: '570.86.10' };
  expect(onGpu(true)).toEqual({ ...v100, deterministic: true });
  // What a run records can be read again.
  expect(runFileSchema.shape.device.shape.gpu.parse(onGpu(true))).toEqual({ ...v100, deterministic: true });
  vi.stubEnv('TF_DETERMINISTIC_OPS', '0');
  expect(onGpu(true)).toEqual({ ...v100, deterministic: false });
});

it('is none where TensorFlow computes on the processor, or nobody knows on which GPU', () => {
  choice.now = chooseGpus(parseGpus(gpuLines.v100)!, undefined);
  expect(onGpu(false)).toBeUndefined();
  choice.now = chooseGpus([], undefined);
  expect(onGpu(true)).toBeUndefined();
});
