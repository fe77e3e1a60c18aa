import { describe, expect, it } from 'vitest';
import { StudioError } from '../../../src/contract/errors.ts';
import type { RunFile } from '../../../src/contract/runFiles.ts';
import { vaePresets } from '../../../src/contract/hyperParameters.ts';
import { assertFinite, explainTrainingError } from '../../../src/engine/training/trainingErrors.ts';

const run: RunFile = {
  version: 1,
  id: 'x',
  createdAt: '2026-01-01T00:00:00.000Z',
  model: { kind: 'vae', preset: 'paper', hyperParameters: vaePresets.paper },
  data: { folder: 'x', crop: 'vae', size: 64, key: 'x', trainingImages: 1000 },
  seed: 0,
  steps: 1,
  checkpointEvery: 1,
  measureEvery: 1,
  tensorboard: false,
  spectral: null,
  versions: { studio: '0', tensorflow: '0', tfjs: '0', node: '0' },
  device: { kind: 'gpu', intraOpThreads: 1, interOpThreads: 1 },
};

describe('what goes wrong in training', () => {
  // The words are those of TensorFlow's allocators (BFC on a GPU, malloc on a CPU).
  it.each([
    'Invalid TF_Status: 8\nMessage: OOM when allocating tensor with shape[64,64,64,32] and type float on /device:GPU:0',
    'RESOURCE_EXHAUSTED: failed to allocate memory',
  ])('a lack of memory names a batch size to try: %s', (words) => {
    const explained = explainTrainingError(new Error(words), run);
    expect(explained).toMatchObject({ code: 'out-of-memory' });
    expect(explained.message).toBe(
      'The GPU has too little memory for batches of 64. Start a run with --batch 32; the last checkpoint of this one is safe.',
    );
  });

  it('a lack of memory says whose it is, and never a batch below 2', () => {
    const sentence = (device: 'cpu' | 'gpu', batch: number): string => {
      const hyperParameters = { ...vaePresets.paper, batch };
      const small: RunFile = {
        ...run,
        model: { kind: 'vae', preset: 'paper', hyperParameters },
        device: { ...run.device, kind: device },
      };
      return explainTrainingError(new Error('failed to allocate memory'), small).message;
    };
    expect(sentence('cpu', 9)).toMatch(/^This machine has .* batches of 9\. Start a run with --batch 4;/);
    expect(sentence('gpu', 3)).toMatch(/^The GPU has .* batches of 3\. Start a run with --batch 2;/);
  });

  it('what has its sentence keeps it, and what is no error becomes one', () => {
    const known = new StudioError('diverged', 'out of memory, as it were');
    expect(explainTrainingError(known, run)).toBe(known);
    expect(explainTrainingError('thrown words', run)).toEqual(new Error('thrown words'));
  });

  it('other errors stay what they are', () => {
    const error = new Error('something else');
    expect(explainTrainingError(error, run)).toBe(error);
  });

  it('the first loss that is no finite number is named with its step', () => {
    expect(() => {
      assertFinite({ loss: 1, reconstruction: NaN, kl: 1 }, 17, run);
    }).toThrow('Training diverged: the reconstruction of step 17 is NaN.');
  });
});
