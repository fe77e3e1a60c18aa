import { expect, it } from 'vitest';
import { encoderSentences } from '../../src/contract/encoderWords.ts';
import type { EncoderFound } from '../../src/contract/exchange.ts';
import { takesPictures } from '../../src/contract/takesPictures.ts';
import { photoRefusal } from '../../src/renderer/words.ts';

const found: EncoderFound = {
  ...{ file: 'encoder.onnx', difference: 6.2e-7, range: '0..1', error: 0.0033, spread: 0.029 },
  ...{ hasLogVariance: true, guessed: null },
};

it('says the range of an encoder, how it was checked, and that pictures come back', () => {
  expect(encoderSentences(found)).toEqual([
    'Its encoder is encoder.onnx, for pictures from 0 to 1.',
    'Its codes differ from the file’s own by at most 6.2 × 10⁻⁷.',
    'The generator’s own pictures come back with an error of 0.0033; they differ from their mean by 0.029.',
  ]);
});

it('says where there are means alone, where layers are guessed, and where pictures do not come back', () => {
  const [what, checked, returns] = encoderSentences({
    ...found,
    ...{ difference: null, hasLogVariance: false, guessed: 'ReLU', error: 0.03 },
  });
  expect(what).toContain('which puts out means alone');
  expect(checked).toContain('strides of 2 and ReLU after each layer');
  expect(returns).toContain('do not come back (error 0.030, spread 0.029)');
});

it('a model takes in pictures where it has an encoder', () => {
  const kinds = ['vae', 'dcgan', 'imported'] as const;
  expect(kinds.map((kind) => takesPictures({ kind }))).toEqual([true, false, false]);
  const encoder = {};
  expect(takesPictures({ kind: 'imported', encoder })).toBe(true);
  expect(photoRefusal({ kind: 'imported', encoder })).toBeNull();
  expect(photoRefusal({ kind: 'imported' })).toBe(
    'This imported generator has no encoder, so it cannot use photos.',
  );
});
