import { describe, expect, it, onTestFinished } from 'vitest';
import type { Gpu } from '../../../src/contract/gpu.ts';
import { chooseGpus, firstStartNotice, gpuEnvironment } from '../../../src/engine/tensorflow/chooseGpus.ts';
import { listGpus, parseGpus } from '../../../src/engine/tensorflow/listGpus.ts';
import { fakeNvidiaSmi, gpuLines } from '../../setup/fakeNvidiaSmi.ts';
import { temporaryFolder } from '../../setup/tinyTraining.ts';

const gpuOf = (line: string): Gpu => parseGpus(line)![0]!;
const [v100, h200, b200, gtx] = [gpuLines.v100, gpuLines.h200, gpuLines.b200, gpuLines.gtx].map(gpuOf) as [
  Gpu,
  Gpu,
  Gpu,
  Gpu,
];
/** What is set for every GPU that is used. */
const always = { TF_FORCE_GPU_ALLOW_GROWTH: 'true', TF_DETERMINISTIC_OPS: '1', TF_CUDNN_DETERMINISTIC: '1' };

describe('what nvidia-smi says', () => {
  it('is a line a GPU', async () => {
    const { folder, remove } = await temporaryFolder();
    onTestFinished(remove);
    const PATH = fakeNvidiaSmi(folder, [gpuLines.v100, gpuLines.h200]);
    expect(listGpus({ PATH })).toEqual([
      {
        uuid: 'GPU-11111111-aaaa',
        name: 'Tesla V100-SXM2-16GB',
        computeCapability: 7,
        memoryMebibytes: 16384,
        driver: '570.86.10',
      },
      {
        uuid: 'GPU-22222222-bbbb',
        name: 'NVIDIA H200',
        computeCapability: 9,
        memoryMebibytes: 143771,
        driver: '580.159.03',
      },
    ]);
  });

  it('is nothing where there is no such program, where it fails, and where nobody understands it', async () => {
    const { folder, remove } = await temporaryFolder();
    onTestFinished(remove);
    expect(listGpus({ PATH: folder })).toBeUndefined();
    expect(listGpus({ PATH: fakeNvidiaSmi(folder, ['Failed to initialize NVML'], 9) })).toBeUndefined();
    expect(parseGpus('GPU-1, [N/A], Old, 100, 300.1')).toBeUndefined();
    expect(parseGpus('GPU-1, 7.0, Tesla')).toBeUndefined();
    expect(parseGpus('')).toEqual([]);
  });
});

describe('the GPUs that TensorFlow may see', () => {
  it('are all where all work, and nothing is set for that', () => {
    const choice = chooseGpus([v100, h200], undefined);
    expect(choice).toEqual({ used: [v100, h200], hidden: [], visibleDevices: undefined });
    expect(gpuEnvironment(choice)).toEqual({ ...always, CUDA_CACHE_MAXSIZE: '4294967296' });
    expect(gpuEnvironment(chooseGpus([v100], undefined))).toEqual(always);
  });

  it('are none where the only one is too new or too old, with the reason', () => {
    const choice = chooseGpus([b200], undefined);
    expect(choice).toMatchObject({ used: [], visibleDevices: '-1' });
    expect(choice.hidden).toEqual([
      {
        gpu: b200,
        reason: 'NVIDIA B200 has compute capability 10.0, and TensorFlow 2.21 is known to fail from 10.0 on',
      },
    ]);
    expect(gpuEnvironment(choice)).toEqual({ ...always, CUDA_VISIBLE_DEVICES: '-1' });
    expect(chooseGpus([gtx], undefined).hidden[0]!.reason).toBe(
      'NVIDIA GeForce GTX 970 has compute capability 5.2, and TensorFlow 2.21 begins at 6.0',
    );
  });

  it('are those that work on a mixed machine, by UUID, since CUDA counts in another order than the driver', () => {
    const choice = chooseGpus([b200, v100, gtx, h200], undefined);
    expect(choice.used).toEqual([v100, h200]);
    expect(choice.hidden.map(({ gpu }) => gpu)).toEqual([b200, gtx]);
    expect(choice.visibleDevices).toBe('GPU-11111111-aaaa,GPU-22222222-bbbb');
  });

  it('are those that a person chose, whatever they are', () => {
    const visible = (words: string): Gpu[] => {
      const { used, hidden, visibleDevices } = chooseGpus([v100, b200], words);
      expect([hidden, visibleDevices]).toEqual([[], undefined]);
      return used;
    };
    expect(visible('GPU-33333333')).toEqual([b200]);
    expect(visible('GPU-11111111-aaaa, GPU-33333333-cccc')).toEqual([v100, b200]);
    expect(visible('-1')).toEqual([]);
    expect(visible('')).toEqual([]);
    // By number it is not known which one is meant, as they differ.
    expect(visible('0')).toEqual([]);
    expect(chooseGpus([v100], '0').used).toEqual([v100]);
  });

  it('have a sentence before the first start where there is no machine code for them, Hopper alone', () => {
    expect(firstStartNotice(chooseGpus([h200], undefined))).toBe(
      'TensorFlow compiles its kernels for NVIDIA H200 at the first start: this takes many minutes, once.',
    );
    expect(firstStartNotice(chooseGpus([v100], undefined))).toBeUndefined();
    expect(firstStartNotice(chooseGpus([b200], undefined))).toBeUndefined();
    expect(firstStartNotice(chooseGpus([v100, h200], 'GPU-1111'))).toBeUndefined();
  });
});
