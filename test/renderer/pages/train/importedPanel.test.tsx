import { expect, it } from 'vitest';
import type { ImportedHyperParameters } from '../../../../src/contract/importedModel.ts';
import { ImportedPanel } from '../../../../src/renderer/pages/train/ImportedPanel.tsx';
import { wordsOf } from '../../markup.tsx';

const ending = { normalised: true, activation: 'leakyRelu', slope: 0.2, doubled: null } as const;
const layers: ImportedHyperParameters['layers'] = [4, 8, 16, 32].map((inputSize, at) => ({
  ...{ direction: 'up', inputSize, inputChannels: 64, outputChannels: at === 3 ? 3 : 64, kernel: 4, cut: 1 },
  ...ending,
  ...(at === 3 && { normalised: false, activation: 'none' }),
}));
const hyperParameters = {
  latent: 100,
  size: 64,
  start: { dense: [], size: 4, channels: 512, ...ending },
  layers,
};
const from = { format: 'onnx', file: 'generator.onnx', sha256: '0'.repeat(64), difference: 1.35e-7 } as const;

it('says where a generator comes from, what it is made of, and how far its pictures are from the file’s own', () => {
  const words = wordsOf(
    <ImportedPanel model={{ kind: 'imported', preset: 'imported', hyperParameters, from }} />,
  );
  expect(words).toContain('generator.onnx');
  expect(words).toContain('at most 1.4 × 10⁻⁷');
  expect(words).toContain('64 × 64 pixels from 100 latents');
  expect(words).toContain('transposed convolution 4 × 4, 64 → 64 channels, batch norm, leaky ReLU');
  expect(words).toContain('transposed convolution 4 × 4, 64 → 3 channels');
});

it('says so where weights alone leave nothing to check', () => {
  const model = {
    kind: 'imported',
    preset: 'imported',
    hyperParameters,
    from: { ...from, difference: null },
  } as const;
  expect(wordsOf(<ImportedPanel model={model} />)).toContain(
    'there is no network to check the pictures against',
  );
});
