import { expect, it } from 'vitest';
import type { ModelSettings } from '../../../src/contract/runFiles.ts';
import { betaVaeArchitecture } from '../../../src/engine/models/betaVaeArchitecture.ts';
import { dcganArchitecture, dcganWeights } from '../../../src/engine/models/dcganArchitecture.ts';
import { initialWeights } from '../../../src/engine/models/networkWeights.ts';
import { BetaVaeTrainer } from '../../../src/engine/training/betaVaeTrainer.ts';
import { createTrainer } from '../../../src/engine/training/createTrainer.ts';
import { DcganTrainer } from '../../../src/engine/training/dcganTrainer.ts';
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
