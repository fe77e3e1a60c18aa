import { describe, expect, it } from 'vitest';
import { dcganPresets } from '../../../src/contract/hyperParameters.ts';
import { discriminate, logisticLoss } from '../../../src/engine/models/dcgan.ts';
import { dcganArchitecture, dcganWeights } from '../../../src/engine/models/dcganArchitecture.ts';
import { generateImages, latentsFromSeeds, mapsAt } from '../../../src/engine/models/layeredGenerator.ts';
import { inference } from '../../../src/engine/models/layers.ts';
import type { Pass, Weights } from '../../../src/engine/models/layers.ts';
import { initialWeights } from '../../../src/engine/models/networkWeights.ts';
import type { NamedArray } from '../../../src/engine/models/safetensors.ts';
import { TrainedModel } from '../../../src/engine/models/trainedModel.ts';
import { addBias } from '../../../src/engine/tensorflow/addBias.ts';
import { leakyRelu } from '../../../src/engine/tensorflow/activations.ts';
import { statelessNormal } from '../../../src/engine/tensorflow/statelessNormal.ts';
import { tf } from '../../../src/engine/tensorflow/tf.ts';
import type { Tensor, Tensor1D, Tensor2D, Tensor4D } from '../../../src/engine/tensorflow/tf.ts';
import { tinyDcgan } from '../../setup/tinyTraining.ts';

function noise(shape: number[], step: number): Tensor {
  return statelessNormal(shape, 3, step);
}

function largestDifference(a: Tensor, b: Tensor): number {
  return tf.tidy(() => a.sub(b).abs().max().dataSync<'float32'>()[0]!);
}

const architecture = dcganArchitecture(tinyDcgan);

function tinyWeights(): Map<string, NamedArray> {
  return initialWeights(dcganWeights(architecture), 1);
}

/** Weights as tensors of the caller's scope, the kernels times `scale`. */
function tinyTensors(scale: number): Weights {
  return new Map(
    [...tinyWeights()].map(([name, { shape, data }]) => [
      name,
      tf.tensor(name.endsWith('kernel') ? data.map((x) => scale * x) : data, shape),
    ]),
  );
}

const ownStatistics: Pass = {
  mode: 'training',
  onStatistics: (_name, value) => {
    value.dispose();
  },
};

/** Slope of f at x along a direction: by our gradient, and by central differences. */
function slopes(f: (x: Tensor) => Tensor, x: Tensor, direction: Tensor, step: number): [number, number] {
  const ours = tf.grad(f)(x).mul(direction).sum().dataSync<'float32'>()[0]!;
  const at = (sign: number): number => f(x.add(direction.mul(sign * step))).dataSync<'float32'>()[0]!;
  return [ours, (at(1) - at(-1)) / (2 * step)];
}

describe('the parts', () => {
  it('leaky ReLU: tfjs-core’s value and gradient, slope of central differences', () => {
    tf.tidy(() => {
      const [x, target] = [noise([2, 3, 3, 2], 1), noise([2, 3, 3, 2], 2)] as const;
      const ours = tf.valueAndGrad((t: Tensor) => leakyRelu(t, 0.2).mul(target).sum())(x);
      const core = tf.valueAndGrad((t: Tensor) => tf.leakyRelu(t, 0.2).mul(target).sum())(x);
      expect(largestDifference(ours.value, core.value)).toBeLessThan(1e-5);
      expect(largestDifference(ours.grad, core.grad)).toBeLessThan(1e-6);
      // A step that is small beside |x|, so that few values cross the kink.
      const [slope, numeric] = slopes(
        (t) => leakyRelu(t, 0.2).mul(target).sum(),
        x,
        noise([2, 3, 3, 2], 3),
        1e-3,
      );
      expect(Math.abs(slope - numeric)).toBeLessThan(0.02 * Math.abs(slope) + 0.01);
    });
  });

  it('a bias: tfjs-core’s sum and gradients', () => {
    tf.tidy(() => {
      const [x, bias, target] = [noise([2, 3, 3, 4], 1), noise([4], 2), noise([2, 3, 3, 4], 3)] as const;
      const ours = tf.valueAndGrads((a: Tensor, b: Tensor) =>
        addBias(a as Tensor4D, b as Tensor1D)
          .mul(target)
          .sum(),
      )([x, bias]);
      const core = tf.valueAndGrads((a: Tensor, b: Tensor) => a.add(b).mul(target).sum())([x, bias]);
      expect(largestDifference(ours.value, core.value)).toBeLessThan(1e-4);
      ours.grads.forEach((grad, index) => {
        expect(largestDifference(grad, core.grads[index]!)).toBeLessThan(1e-5);
      });
    });
  });

  it.each(['real', 'generated'] as const)('the loss of pictures that are to be called %s', (label) => {
    tf.tidy(() => {
      const logits = tf.tensor2d([[0], [2], [-3]]);
      // Closed form: −log σ(±l) = log(1 + exp(∓l)).
      const sign = label === 'real' ? -1 : 1;
      const expected = [0, 2, -3].reduce((sum, l) => sum + Math.log(1 + Math.exp(sign * l)), 0) / 3;
      expect(logisticLoss(logits, label).dataSync<'float32'>()[0]).toBeCloseTo(expected, 6);
      const f = (l: Tensor): Tensor => logisticLoss(l as Tensor2D, label);
      const [slope, numeric] = slopes(f, logits, tf.tensor2d([[1], [-0.5], [2]]), 1e-2);
      expect(slope).toBeCloseTo(numeric, 3);
    });
  });
});

describe('the networks', () => {
  it('of the paper preset have the base code’s sizes, and the discriminator mirrors the generator', () => {
    // The public base code: deconvolutions 512 → 256 → 128 → 64 → 3, convolutions 3 → 64 → 128 → 256 → 512.
    const { generator, discriminator } = dcganArchitecture(dcganPresets.paper);
    expect(generator.layers.map((l) => [l.level, l.outputSize, l.inputChannels, l.outputChannels])).toEqual([
      ['coarse', 8, 512, 256],
      ['intermediate', 16, 256, 128],
      ['fine', 32, 128, 64],
      ['image', 64, 64, 3],
    ]);
    expect(
      discriminator.layers.map((l) => [l.level, l.inputSize, l.inputChannels, l.outputChannels]),
    ).toEqual([
      ['image', 64, 3, 64],
      ['fine', 32, 64, 128],
      ['intermediate', 16, 128, 256],
      ['coarse', 8, 256, 512],
    ]);
    // 4·4·512 · 100 + kernels 25·(512·256 + 256·128 + 128·64 + 64·3) + γ and β of 512, 256, 128, 64 + 3.
    const size = [...generator.trained.values()]
      .map(({ shape }) => shape.reduce((product, extent) => product * extent, 1))
      .reduce((sum, each) => sum + each, 0);
    expect(size).toBe(819200 + 25 * (131072 + 32768 + 8192 + 192) + 2 * (512 + 256 + 128 + 64) + 3);
  });

  it('give each level its size, positive maps below and pixels in [−1, 1] on top; one seed, one picture', () => {
    const model = new TrainedModel({ kind: 'dcgan', hyperParameters: tinyDcgan }, tinyWeights());
    tf.tidy(() => {
      const z = latentsFromSeeds([1, 2], model.latent);
      (['coarse', 'intermediate', 'fine'] as const).forEach((level, index) => {
        const maps = mapsAt(model, z, level);
        expect(maps.shape.slice(0, 3)).toEqual([2, 8 * 2 ** index, 8 * 2 ** index]);
        expect(maps.min().dataSync<'float32'>()[0]).toBeGreaterThanOrEqual(0);
      });
      const images = generateImages(model, z);
      expect(images.shape).toEqual([2, 64, 64, 3]);
      expect(images.abs().max().dataSync<'float32'>()[0]).toBeLessThanOrEqual(1);
      const again = generateImages(model, latentsFromSeeds([2], model.latent));
      expect(largestDifference(again, images.slice([1], [1]))).toBeLessThan(1e-6);
      expect(model.analysisInputs(images).map((maps) => maps.shape[1])).toEqual([64, 32, 16, 8]);
      expect(model.encode).toBeUndefined();
      expect(discriminate(architecture, tinyTensors(1), images, inference).shape).toEqual([2, 1]);
    });
    model.dispose();
  });

  it('the discriminator’s gradient on pictures has the slope of central differences', () => {
    tf.tidy(() => {
      // Larger kernels: those of N(0, 0.02²) leave slopes below the noise of float32.
      const all = tinyTensors(5);
      const images = noise([4, 64, 64, 3], 1).mul(0.5);
      const f = (x: Tensor): Tensor =>
        logisticLoss(discriminate(architecture, all, x as Tensor4D, ownStatistics), 'real');
      // Along the gradient itself, the steepest way: a slope in another direction drowns in the noise of float32.
      const gradient = tf.grad(f)(images);
      const [slope, numeric] = slopes(f, images, gradient.div(gradient.norm()), 0.1);
      expect(Math.abs(slope - numeric) / slope).toBeLessThan(0.03);
    });
  });
});
