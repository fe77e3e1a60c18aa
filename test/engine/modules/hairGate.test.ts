import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fitLogistic } from '../../../src/engine/math/logisticRegression.ts';
import { channelsOfLevels, hypercolumns } from '../../../src/engine/models/hypercolumns.ts';
import { latentsFromSeeds, mapsAt } from '../../../src/engine/models/layeredGenerator.ts';
import type { TrainedModel } from '../../../src/engine/models/trainedModel.ts';
import { fitHairGate } from '../../../src/engine/modules/fitHairGate.ts';
import { contributionOf, hairGateFromModule } from '../../../src/engine/modules/hairGateFromModule.ts';
import { tf } from '../../../src/engine/tensorflow/tf.ts';
import { smallGenerator } from '../interventions/smallGenerator.ts';

let generator: TrainedModel;
beforeAll(() => {
  generator = smallGenerator();
});
afterAll(() => {
  generator.dispose();
});

/** The columns of pixels times weights, and what lies above their median. */
function planted(seeds: readonly number[]): Uint8Array {
  return tf.tidy(() => {
    const z = latentsFromSeeds(seeds, generator.latent);
    const columns = hypercolumns(generator, z, 1);
    const weights = tf.tensor2d(
      Array.from({ length: columns.shape[1] }, (_, i) => Math.sin(i)),
      [columns.shape[1], 1],
    );
    const spread = tf.moments(columns, 0).variance.sqrt().add(1e-6);
    const sums = columns.div(spread).matMul(weights).dataSync<'float32'>();
    const middle = Float32Array.from(sums).sort()[sums.length >> 1]!;
    return Uint8Array.from(sums, (sum) => (sum > middle ? 1 : 0));
  });
}

describe('fitHairGate', () => {
  it('finds a rule that was planted in the maps', async () => {
    const z = latentsFromSeeds([1, 2, 3, 4], generator.latent);
    const labels = planted([1, 2, 3, 4]);
    const gate = await fitHairGate(generator, [{ z, labels }], 'painting', 2);
    const weights = [...gate.start, ...gate.coarse!, ...gate.intermediate!, ...gate.fine];
    const right = tf.tidy(() => {
      const sums = hypercolumns(generator, z, 1)
        .matMul(tf.tensor2d(weights, [weights.length, 1]))
        .add(gate.bias)
        .dataSync<'float32'>();
      return labels.reduce((sum, label, at) => sum + (sums[at]! > 0 === (label === 1) ? 1 : 0), 0);
    });
    z.dispose();
    expect(right / labels.length).toBeGreaterThan(0.95);
  });

  it('is the logistic read-out of all levels in their order, its logits doubled', async () => {
    const z = latentsFromSeeds([1, 2], generator.latent);
    const labels = planted([1, 2]);
    const grid = 2;
    const gate = await fitHairGate(generator, [{ z, labels }], 'painting', grid);
    const columns = hypercolumns(generator, z, grid);
    const fit = await fitLogistic(
      {
        features: columns.dataSync<'float32'>(),
        columns: columns.shape[1],
        labels: labels.filter((_, at) => at % grid === 0 && Math.floor(at / 64) % grid === 0),
      },
      1e-3,
      () => Promise.resolve(),
    );
    tf.dispose([z, columns]);
    // Six digits are kept.
    const own = [...gate.start, ...gate.coarse!, ...gate.intermediate!, ...gate.fine, gate.bias];
    [...fit.weights, fit.bias].forEach((value, at) => {
      expect(own[at]).toBe(Number((2 * value).toPrecision(6)));
    });
  });

  it('asks for hair, and can be stopped', async () => {
    const z = latentsFromSeeds([1], generator.latent);
    const nothing = new Uint8Array(64 * 64);
    await expect(fitHairGate(generator, [{ z, labels: nothing }], 'painting', 2)).rejects.toMatchObject({
      code: 'empty',
    });
    const signal = AbortSignal.abort();
    const labels = planted([1]);
    await expect(fitHairGate(generator, [{ z, labels }], 'painting', 2, { signal })).rejects.toMatchObject({
      code: 'interrupted',
    });
    z.dispose();
  });
});

describe('hairGateFromModule', () => {
  const few = { drawn: 32, labelled: 8 };
  const region = Float32Array.from({ length: 64 * 64 }, (_, at) => (at < 64 * 24 ? 1 : 0));

  it('makes the same gate each time, of the model’s sizes', async () => {
    const module = { channels: [0, 2], region };
    const gate = await hairGateFromModule(generator, module, 0, {}, few);
    expect(gate.madeFrom).toBe('module');
    expect([gate.start, gate.coarse!, gate.intermediate!, gate.fine].map(({ length }) => length)).toEqual(
      channelsOfLevels(generator),
    );
    expect(await hairGateFromModule(generator, module, 0, {}, few)).toEqual(gate);
  });

  it('says so where the module draws nothing', async () => {
    const module = { channels: [0], region: new Float32Array(64 * 64) };
    await expect(hairGateFromModule(generator, module, 0, {}, few)).rejects.toMatchObject({ code: 'empty' });
  });

  it('contributions of all channels are the output before tanh without its bias', () => {
    tf.tidy(() => {
      const fine = mapsAt(generator, latentsFromSeeds([1], generator.latent), 'fine');
      const own = contributionOf(generator, fine, [0, 1, 2, 3]);
      const logits = generator.imageLogits(fine).sub(generator.imageLogits(tf.zerosLike(fine)));
      const expected = logits.abs().mean(3).dataSync<'float32'>();
      own.forEach((value, at) => {
        expect(value).toBeCloseTo(expected[at]!, 4);
      });
    });
  });
});
