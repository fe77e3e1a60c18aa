import { describe, expect, it } from 'vitest';
import { vaePresets } from '../../../src/contract/hyperParameters.ts';
import type { VaeHyperParameters } from '../../../src/contract/hyperParameters.ts';
import { betaVaeLoss, klDivergence, meanSquaredError } from '../../../src/engine/models/betaVae.ts';
import { betaVaeArchitecture } from '../../../src/engine/models/betaVaeArchitecture.ts';
import { initialWeights } from '../../../src/engine/models/networkWeights.ts';
import { generateImages, latentsFromSeeds, mapsAt } from '../../../src/engine/models/layeredGenerator.ts';
import { TrainedModel } from '../../../src/engine/models/trainedModel.ts';
import { statelessNormal } from '../../../src/engine/tensorflow/statelessNormal.ts';
import { tf } from '../../../src/engine/tensorflow/tf.ts';
import type { Tensor, Tensor2D, Tensor4D } from '../../../src/engine/tensorflow/tf.ts';
import { BetaVaeTrainer } from '../../../src/engine/training/betaVaeTrainer.ts';
import { requireEncoder } from '../../../src/engine/session/openModel.ts';
import { tinyModel } from '../../setup/tinyTraining.ts';

function noise(shape: number[], step: number): Tensor {
  return statelessNormal(shape, 3, step);
}

function largestDifference(a: Tensor, b: Tensor): number {
  return tf.tidy(() => a.sub(b).abs().max().dataSync<'float32'>()[0]!);
}

/** Derivative along a direction by central differences; float32 leaves about three digits. */
function numericSlope(f: (x: Tensor) => Tensor, x: Tensor, direction: Tensor): number {
  const step = 1e-2;
  const at = (sign: number): number => f(x.add(direction.mul(sign * step))).dataSync<'float32'>()[0]!;
  return (at(1) - at(-1)) / (2 * step);
}

describe('the loss', () => {
  it('mean squared error: value and gradient of the composed version, slope of central differences', () => {
    tf.tidy(() => {
      const [a, b, direction] = [noise([4, 5], 1), noise([4, 5], 2), noise([4, 5], 3)] as const;
      const ours = tf.valueAndGrad((x: Tensor) => meanSquaredError(x, b))(a);
      const composed = tf.valueAndGrad((x: Tensor) => x.sub(b).square().mean())(a);
      expect(largestDifference(ours.value, composed.value)).toBeLessThan(1e-6);
      expect(largestDifference(ours.grad, composed.grad)).toBeLessThan(1e-6);
      const slope = ours.grad.mul(direction).sum().dataSync<'float32'>()[0]!;
      expect(slope).toBeCloseTo(
        numericSlope((x) => meanSquaredError(x, b), a, direction),
        2,
      );
    });
  });

  it('KL divergence: closed values, gradient of the composed version, slope of central differences', () => {
    tf.tidy(() => {
      const [mean, logVariance, direction] = [noise([3, 4], 1), noise([3, 4], 2), noise([3, 4], 3)] as const;
      const ours = (m: Tensor, l: Tensor): Tensor => klDivergence(m as Tensor2D, l as Tensor2D);
      const composed = (m: Tensor, l: Tensor): Tensor =>
        l
          .exp()
          .add(m.square())
          .sub(1)
          .sub(l)
          .sum()
          .mul(0.5 / 3);
      // Closed form: N(1, e) has KL ½(e + 1 − 1 − 1) in each of 4 latents.
      const known = ours(tf.ones([2, 4]), tf.ones([2, 4])).dataSync<'float32'>()[0]!;
      expect(known).toBeCloseTo(4 * 0.5 * (Math.E - 1), 5);
      const [one, two] = [tf.grads(ours)([mean, logVariance]), tf.grads(composed)([mean, logVariance])];
      expect(largestDifference(one[0]!, two[0]!)).toBeLessThan(1e-6);
      expect(largestDifference(one[1]!, two[1]!)).toBeLessThan(1e-6);
      const slope = one[1]!.mul(direction).sum().dataSync<'float32'>()[0]!;
      expect(slope).toBeCloseTo(
        numericSlope((l) => ours(mean, l), logVariance, direction),
        2,
      );
    });
  });
});

describe('the architecture', () => {
  it('of the paper preset has the pairs of Fig. 5 as the base code’s sizes give them, in decoder and mirrored encoder', () => {
    // 256·256, 256·128, 128·32 and 32·3 slices: the sizes of the base code with the mirrored encoder of Section 4.2.
    const { decoder, encoder } = betaVaeArchitecture({ ...vaePresets.paper, encoder: 'mirrored' });
    const pairs = (layers: typeof decoder): number[] => layers.map((l) => l.inputChannels * l.outputChannels);
    expect(pairs(decoder)).toEqual([65536, 32768, 4096, 96]);
    expect(pairs(encoder).reverse()).toEqual([65536, 32768, 4096, 96]);
  });

  const variants: VaeHyperParameters[] = [
    tinyModel,
    { ...tinyModel, encoder: 'mirrored' },
    { ...tinyModel, logVarianceHead: 'softplus' },
    { ...tinyModel, logVarianceHead: 'linear' },
  ];
  it.each(variants)('learns with encoder $encoder and head $logVarianceHead', (hyperParameters) => {
    const architecture = betaVaeArchitecture(hyperParameters);
    const trainer = new BetaVaeTrainer(architecture, initialWeights(architecture, 1));
    const images = tf.tidy(() => tf.tanh(noise([8, 64, 64, 3], 9) as Tensor4D));
    const first = trainer.step(images, 1, 0).read().reconstruction;
    let last = first;
    for (let step = 1; step < 12; step++) last = trainer.step(images, 1, step).read().reconstruction;
    expect(last).toBeLessThan(first);
    images.dispose();
    trainer.dispose();
  });

  it('starts at the plain squared error, and KL stays small while the heads are untrained', () => {
    const mostOf = (
      logVarianceHead: VaeHyperParameters['logVarianceHead'],
    ): { first: number; most: number } => {
      const architecture = betaVaeArchitecture({ ...vaePresets.compact, batch: 8, logVarianceHead });
      const trainer = new BetaVaeTrainer(architecture, initialWeights(architecture, 1));
      const images = tf.tidy(() => tf.tanh(noise([8, 64, 64, 3], 9) as Tensor4D));
      const kl = Array.from({ length: 16 }, (_, step) => trainer.step(images, 1, step).read().kl);
      images.dispose();
      trainer.dispose();
      return { first: kl[0]!, most: Math.max(...kl) };
    };
    const [elu, linear] = [mostOf('elu'), mostOf('linear')];
    expect(elu.first).toBe(0);
    expect(elu.most).toBeLessThan(200);
    expect(linear.first).toBeGreaterThan(1);
  });

  it.each(variants)(
    'leaves no parameter out of learning with encoder $encoder and head $logVarianceHead',
    (hyperParameters) => {
      const architecture = betaVaeArchitecture(hyperParameters);
      const trainer = new BetaVaeTrainer(architecture, initialWeights(architecture, 1));
      const images = tf.tidy(() => tf.tanh(noise([8, 64, 64, 3], 9) as Tensor4D));
      const names = [...trainer.variables.keys()];
      const values = (): Float32Array[] =>
        names.map((name) => Float32Array.from(trainer.weights().get(name)!.data));
      const before = values();
      for (let step = 0; step < 4; step++) trainer.step(images, 1, step).read();
      const after = values();
      const still = names.filter((_, at) => after[at]!.every((value, index) => value === before[at]![index]));
      expect(still).toEqual([]);
      images.dispose();
      trainer.dispose();
    },
  );

  it('reads the ELU head as log(1 + ELU(a)): a below 0, log(1 + a) above', () => {
    const architecture = betaVaeArchitecture(tinyModel);
    const arrays = initialWeights(architecture, 1);
    const bias = arrays.get('encoder.logVariance.bias')!;
    bias.data.set([-3, 0, 2, 40], 0);
    const model = new TrainedModel({ kind: 'vae', hyperParameters: tinyModel }, arrays);
    tf.tidy(() => {
      const { logVariance } = requireEncoder(model).encode(tf.zeros([1, 64, 64, 3]));
      const [low, zero, high, far] = logVariance!.dataSync<'float32'>();
      expect(low).toBeCloseTo(-3, 5);
      expect(zero).toBe(0);
      expect(high).toBeCloseTo(Math.log(3), 5);
      expect(far).toBeCloseTo(Math.log(41), 5);
    });
    model.dispose();
  });

  it('gives each level its size, positive maps below and pixels in [−1, 1] on top; one seed, one picture', () => {
    const model = new TrainedModel(
      { kind: 'vae', hyperParameters: tinyModel },
      initialWeights(betaVaeArchitecture(tinyModel), 1),
    );
    tf.tidy(() => {
      const z = latentsFromSeeds([5, 6, 5], tinyModel.latent);
      const sizes = (['coarse', 'intermediate', 'fine'] as const).map((level) => {
        const maps = mapsAt(model, z, level);
        expect(maps.min().dataSync<'float32'>()[0]).toBeGreaterThanOrEqual(0);
        return maps.shape;
      });
      expect(sizes).toEqual([
        [3, 16, 16, 16],
        [3, 32, 32, 8],
        [3, 64, 64, 4],
      ]);
      const pictures = generateImages(model, z);
      expect(pictures.shape).toEqual([3, 64, 64, 3]);
      expect(pictures.abs().max().dataSync<'float32'>()[0]).toBeLessThanOrEqual(1);
      const [one, two, again] = tf.unstack(pictures);
      expect(largestDifference(one!, again!)).toBe(0);
      expect(largestDifference(one!, two!)).toBeGreaterThan(0);
    });
    model.dispose();
  });

  it.each([0.5, 3])(
    'loss = reconstruction + %s · KL, to rounding, where the KL divergence counts',
    (klWeight) => {
      tf.tidy(() => {
        const architecture = betaVaeArchitecture({ ...tinyModel, logVarianceHead: 'linear', klWeight });
        const weights = new Map(
          [...initialWeights(architecture, 2)].map(([name, { shape, data }]) => {
            const tensor = tf.tensor(data, shape);
            // A fresh network's divergence is 4e-8, which is lost in the loss's rounding.
            return [name, /matrix|kernel/.test(name) ? tensor.mul(5) : tensor] as const;
          }),
        );
        const images = tf.tanh(noise([4, 64, 64, 3], 1) as Tensor4D);
        const epsilon = noise([4, 8], 2) as Tensor2D;
        const parts = betaVaeLoss(architecture, weights, images, epsilon, { mode: 'inference' });
        const [loss, reconstruction, kl] = [parts.loss, parts.reconstruction, parts.kl].map(
          (scalar) => scalar.dataSync<'float32'>()[0]!,
        );
        expect(kl).toBeGreaterThan(0.1);
        expect(loss! / (reconstruction! + klWeight * kl!)).toBeCloseTo(1, 6);
      });
    },
  );
});
