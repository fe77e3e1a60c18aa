import { afterEach, expect, it, vi } from 'vitest';
import type { ImageLayer, ModelSettings } from '../../../src/contract/runFiles.ts';
import { betaVaeArchitecture } from '../../../src/engine/models/betaVaeArchitecture.ts';
import { dcganArchitecture, dcganWeights } from '../../../src/engine/models/dcganArchitecture.ts';
import { initialWeights } from '../../../src/engine/models/networkWeights.ts';
import { statelessNormal } from '../../../src/engine/tensorflow/statelessNormal.ts';
import { tf } from '../../../src/engine/tensorflow/tf.ts';
import type { Tensor4D } from '../../../src/engine/tensorflow/tf.ts';
import { BetaVaeTrainer } from '../../../src/engine/training/betaVaeTrainer.ts';
import { createTrainer } from '../../../src/engine/training/createTrainer.ts';
import { DcganTrainer } from '../../../src/engine/training/dcganTrainer.ts';
import { countOps } from '../tensorflow/countOps.ts';
import { tinyDcgan, tinyDcganModel, tinyModel } from '../../setup/tinyTraining.ts';

const tinyVaeModel: ModelSettings = { kind: 'vae', preset: 'compact', hyperParameters: tinyModel };

it.each([
  ['β-VAE', tinyVaeModel, betaVaeArchitecture(tinyModel), BetaVaeTrainer],
  ['DCGAN', tinyDcganModel, dcganWeights(dcganArchitecture(tinyDcgan)), DcganTrainer],
] as const)(
  'a %s starts from the first weights of its seed, or from those that are given',
  (_, settings, network, kind) => {
    const [first, other] = [initialWeights(network, 3), initialWeights(network, 4)];
    const fresh = createTrainer(settings, 3, undefined);
    expect(fresh).toBeInstanceOf(kind);
    expect(fresh.weights()).toEqual(first);
    expect(fresh.optimizerStep).toBe(0);
    const resumed = createTrainer(settings, 3, other);
    expect(resumed.weights()).toEqual(other);
    fresh.dispose();
    resumed.dispose();
  },
);

afterEach(() => {
  vi.unstubAllEnvs();
});

// Pictures leave a layer in blocks where the β-VAE's decoder draws them; in a DCGAN also where the generator is told of its own.
it.each([
  ['β-VAE', tinyVaeModel, 1],
  ['DCGAN', tinyDcganModel, 2],
] as const)(
  'a %s computes its image layer as it is asked to, to the same losses',
  (_, settings, picturesInBlocks) => {
    vi.stubEnv('EXTRAPOLATION_STEP', 'eager');
    const images = tf.tidy(() => tf.tanh(statelessNormal([8, 64, 64, 3], 1, 1) as Tensor4D));
    const firstStep = (imageLayer?: ImageLayer) => {
      const trainer = createTrainer(settings, 3, undefined, imageLayer);
      const { result, byName } = countOps(() => trainer.step(images, 3, 0, null).read());
      trainer.dispose();
      return { losses: result, inBlocks: byName.get('DepthToSpace') ?? 0 };
    };
    const [unsaid, plain, blocks] = [firstStep(), firstStep('plain'), firstStep('blocks')];
    images.dispose();
    expect(unsaid).toEqual(plain);
    expect([plain.inBlocks, blocks.inBlocks]).toEqual([0, picturesInBlocks]);
    for (const [name, loss] of Object.entries(plain.losses)) {
      // A picture's pixels are sums of 100 products, here of 4 or 2 channels: 100 · 2⁻²⁴ is 6e-6 of them at the most.
      expect(blocks.losses[name]! / (loss || 1), name).toBeCloseTo(loss === 0 ? 0 : 1, 4);
    }
  },
);
