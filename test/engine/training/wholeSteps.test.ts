import { createHash } from 'node:crypto';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { dcganPresets, vaePresets } from '../../../src/contract/hyperParameters.ts';
import type { SpectralOptions } from '../../../src/contract/hyperParameters.ts';
import type { ImageLayer, TrainedSettings, StepMode } from '../../../src/contract/runFiles.ts';
import type { NamedArray } from '../../../src/engine/models/safetensors.ts';
import { withBinding } from '../../../src/engine/tensorflow/bindingId.ts';
import { functionBinding } from '../../../src/engine/tensorflow/functionBinding.ts';
import type { FunctionDescription } from '../../../src/engine/tensorflow/functionBinding.ts';
import { nodeBackend } from '../../../src/engine/tensorflow/rawOp.ts';
import { statelessNormal } from '../../../src/engine/tensorflow/statelessNormal.ts';
import { tf } from '../../../src/engine/tensorflow/tf.ts';
import type { Tensor4D } from '../../../src/engine/tensorflow/tf.ts';
import { createTrainer } from '../../../src/engine/training/createTrainer.ts';
import type { StepMetrics, Trainer } from '../../../src/engine/training/trainer.ts';
import { withSpectralStep } from '../../setup/tinyTraining.ts';
import { countOps } from '../tensorflow/countOps.ts';

const batch = 4;
const seed = 3;

function modelOf(kind: TrainedSettings['kind'], width: number): TrainedSettings {
  const size = { width, latent: 8, batch };
  switch (kind) {
    case 'vae': {
      const hyperParameters = { ...vaePresets.compact, ...size, fineChannels: width };
      return { kind, preset: 'compact', hyperParameters };
    }
    case 'dcgan':
      return { kind, preset: 'compact', hyperParameters: { ...dcganPresets.compact, ...size } };
  }
}

afterEach(() => {
  vi.unstubAllEnvs();
});

/** A trainer whose steps are run in this way. */
function trainerOf(
  model: TrainedSettings,
  mode: StepMode,
  weights?: Map<string, NamedArray>,
  imageLayer: ImageLayer = 'blocks',
): Trainer {
  vi.stubEnv('EXTRAPOLATION_STEP', mode);
  return createTrainer(model, seed, weights, imageLayer);
}

/** Goes on in this way with what a trainer has come to, as after a checkpoint; that one is disposed. */
function resumed(model: TrainedSettings, mode: StepMode, before: Trainer): Trainer {
  const trainer = trainerOf(model, mode, before.weights());
  trainer.restoreMoments(before.optimizerStep, before.moments());
  before.dispose();
  return trainer;
}

const sometimes = (step: number): SpectralOptions | null => (step % 2 === 1 ? withSpectralStep : null);

function train(trainer: Trainer, steps: readonly number[]): StepMetrics[] {
  return steps.map((step) => {
    const images = tf.tidy(() => tf.tanh(statelessNormal([batch, 64, 64, 3], 1, step) as Tensor4D));
    const numbers = trainer.step(images, seed, step, sometimes(step)).read();
    images.dispose();
    return numbers;
  });
}

/** Of the bytes: bits are compared, and many of them fast. */
function hashOf({ buffer, byteOffset, byteLength }: ArrayBufferView): string {
  return createHash('sha256')
    .update(Buffer.from(buffer, byteOffset, byteLength))
    .digest('hex');
}

/** Everything that a checkpoint holds. */
function stateOf(trainer: Trainer): Record<string, unknown> {
  const hashes = [...trainer.weights(), ...trainer.moments()].map(
    ([name, { data }]) => [name, hashOf(data)] as const,
  );
  return { updates: trainer.optimizerStep, ...Object.fromEntries(hashes) };
}

/** A function without its name, which is always another one. */
function comparable({ nodes, ...rest }: FunctionDescription): unknown {
  const hashed = nodes.map((node) =>
    'constant' in node ? { ...node.constant, values: hashOf(node.constant.values) } : node,
  );
  return { ...rest, nodes: hashed, name: '' };
}

// The package's own binary has no functions: there, all steps are op by op.
const withFunctions = functionBinding() !== undefined;

describe.skipIf(!withFunctions).each([
  { kind: 'vae', width: 4, imageLayer: 'plain' },
  { kind: 'vae', width: 16, imageLayer: 'plain' },
  { kind: 'vae', width: 16, imageLayer: 'blocks' },
  { kind: 'dcgan', width: 4, imageLayer: 'plain' },
  { kind: 'dcgan', width: 16, imageLayer: 'plain' },
  { kind: 'dcgan', width: 16, imageLayer: 'blocks' },
] as const)('steps of a $kind of width $width, image layer $imageLayer, as one function', (tried) => {
  const { kind, width, imageLayer } = tried;
  const model = modelOf(kind, width);

  it('are those op by op to the bit: losses, weights, statistics and moments, with and without the spectral step', () => {
    const [whole, eager] = (['function', 'eager'] as const).map((mode) =>
      trainerOf(model, mode, undefined, imageLayer),
    ) as [Trainer, Trainer];
    for (const steps of [
      [0, 1],
      [2, 3, 4],
    ]) {
      expect(train(whole, steps)).toEqual(train(eager, steps));
      expect(stateOf(whole)).toEqual(stateOf(eager));
    }
    whole.dispose();
    eager.dispose();
  });
});

describe.skipIf(!withFunctions).each(['vae', 'dcgan'] as const)('a step of a %s', (kind) => {
  const model = modelOf(kind, 4);

  it('goes on after a stop to the same bits, whichever way it was run before', () => {
    let uninterrupted = trainerOf(model, 'function');
    train(uninterrupted, [0, 1, 2, 3, 4, 5]);
    const expected = stateOf(uninterrupted);
    uninterrupted.dispose();
    for (const ways of [
      ['function', 'function', 'function'],
      ['eager', 'function', 'eager'],
    ] as const) {
      uninterrupted = trainerOf(model, ways[0]);
      train(uninterrupted, [0]);
      uninterrupted = resumed(model, ways[1], uninterrupted);
      train(uninterrupted, [1, 2, 3]);
      uninterrupted = resumed(model, ways[2], uninterrupted);
      train(uninterrupted, [4, 5]);
      expect(stateOf(uninterrupted), ways.join(', ')).toEqual(expected);
      uninterrupted.dispose();
    }
  });

  it('is one call of TensorFlow once it is recorded, and makes nothing that stays', () => {
    const trainer = trainerOf(model, 'function');
    train(trainer, [0, 1]);
    const images = tf.zeros<Tensor4D['rankType']>([batch, 64, 64, 3]);
    const { binding } = nodeBackend();
    const before = { handles: binding.getNumOfTensors(), tensors: tf.memory().numTensors };
    for (const step of [2, 3, 4]) {
      const { total } = countOps(() => trainer.step(images, seed, step, sometimes(step)).read());
      expect(total).toBe(1);
    }
    // The batch itself is uploaded with the first of these steps.
    expect({ handles: binding.getNumOfTensors(), tensors: tf.memory().numTensors }).toEqual({
      ...before,
      handles: before.handles + 1,
    });
    images.dispose();
    trainer.dispose();
  });

  it('has no constant that changes from step to step: what is recorded at one is what is recorded at another', () => {
    const native = functionBinding()!;
    const made: unknown[] = [];
    const createFunction = (description: FunctionDescription): void => {
      made.push(comparable(description));
      native.createFunction(description);
    };
    withBinding({ createFunction }, () => {
      let trainer = trainerOf(model, 'function');
      train(trainer, [0, 1]);
      trainer = resumed(model, 'function', trainer);
      train(trainer, [6, 7]);
      trainer.dispose();
    });
    expect(made).toHaveLength(4);
    const [plain, spectral, plainLater, spectralLater] = made;
    expect(plainLater).toEqual(plain);
    expect(spectralLater).toEqual(spectral);
  });
});
