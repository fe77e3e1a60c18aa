import { expect, it } from 'vitest';
import { hiddenLevels } from '../../../src/contract/levels.ts';
import { chooseHairModule, negatedChange } from '../../../src/engine/modules/hairModule.ts';
import { hybridInfluence, influenceMaps, meanInfluence } from '../../../src/engine/modules/influenceMaps.ts';
import type { ChannelModule, ModuleSearch } from '../../../src/engine/modules/moduleTypes.ts';
import { imagesFromMaps, latentsFromSeeds, mapsAt } from '../../../src/engine/models/layeredGenerator.ts';
import { tf } from '../../../src/engine/tensorflow/tf.ts';
import type { Tensor4D } from '../../../src/engine/tensorflow/tf.ts';
import { tinyParameters, tinyVae } from '../analysis/tinyVae.ts';

/** Channel by channel, put together and decoded. */
function decodedInfluence(
  model: ReturnType<typeof tinyVae>,
  level: (typeof hiddenLevels)[number],
  v1: Tensor4D,
  v2: Tensor4D,
  channel: number,
): Float32Array {
  return tf.tidy(() => {
    const [first, second] = [tf.unstack(v1, 3), tf.unstack(v2, 3)];
    const parts = first.map((map, index) => (index === channel ? second[index]! : map));
    const hybrid = tf.stack(parts, 3) as Tensor4D;
    const difference = imagesFromMaps(model, hybrid, level).sub(imagesFromMaps(model, v1, level));
    return difference.abs().mean([0, 3]).dataSync<'float32'>();
  });
}

it.each(hiddenLevels)('is the change of the picture when one channel is exchanged: %s', (level) => {
  const model = tinyVae();
  const [z1, z2] = [
    [1, 2, 3],
    [4, 5, 6],
  ].map((seeds) => latentsFromSeeds(seeds, tinyParameters.latent));
  const [v1, v2] = [mapsAt(model, z1!, level), mapsAt(model, z2!, level)];
  const influence = hybridInfluence(model, level, v1, v2);
  for (let channel = 0; channel < v1.shape[3]; channel++) {
    const expected = decodedInfluence(model, level, v1, v2, channel);
    influence.of(channel).forEach((value, pixel) => {
      expect(value).toBeCloseTo(expected[pixel]!, 5);
    });
  }
  influence.dispose();
  tf.dispose([z1!, z2!, v1, v2]);
  model.dispose();
});

it('depends on the seed and the pair alone, not on how pairs are put in blocks', async () => {
  const model = tinyVae();
  const request = { level: 'fine', pairsInAll: 8, seed: 3 } as const;
  const [one, eight, other] = [
    await influenceMaps(model, { ...request, blocks: 1 }),
    await influenceMaps(model, { ...request, blocks: 8 }),
    await influenceMaps(model, { ...request, blocks: 1, seed: 4 }),
  ];
  const mean = meanInfluence(eight);
  one.blocks[0]!.forEach((value, at) => {
    expect(mean[at]).toBeCloseTo(value, 5);
  });
  expect(other.blocks[0]).not.toEqual(one.blocks[0]);
  expect(meanInfluence(eight, [2])).toEqual(eight.blocks[2]);
  await expect(influenceMaps(model, { ...request, blocks: 3 })).rejects.toMatchObject({
    code: 'wrong-usage',
  });
  await expect(
    influenceMaps(model, { ...request, blocks: 1 }, { signal: AbortSignal.abort() }),
  ).rejects.toMatchObject({ code: 'interrupted' });
  model.dispose();
});

/** The top half of the picture. */
const hint = Float32Array.from({ length: 4096 }, (_, at) => (at < 2048 ? 1 : 0));

function moduleOf(letter: string, channels: number[], top: number): ChannelModule {
  const region = hint.map((value) => (value === 1 ? top : 1 - top));
  return { letter, channels, region, stability: 1, influence: 1, name: null, score: null };
}

function searchOf(candidates: ChannelModule[][], agreements: number[]): ModuleSearch {
  const described = candidates.map((modules, index) => ({
    ...{ count: index + 2, agreement: agreements[index]!, agreementDeviation: 0 },
    ...{ consistency: 1, overlap: 0, error: 0, modules },
  }));
  return {
    ...{ level: 'fine', seed: 0, pairs: 8, preparation: 'weighted', size: 64, channels: 4, count: 2 },
    ...{ modules: candidates[0]!, candidates: described, unassigned: [], influence: [] },
  };
}

it('passes over numbers of modules whose hair module hardly changes anything', () => {
  const model = tinyVae();
  const fine = tf.tensor4d(new Float32Array(2 * 4096 * 4), [2, 64, 64, 4]);
  const loud = tf.tidy(() => fine.add<Tensor4D>(tf.tensor1d([0.0001, 3, 3, 0.02])));
  const search = searchOf(
    [
      [moduleOf('A', [0], 1), moduleOf('B', [1, 2, 3], 0)], // chosen, but its hair module is nearly silent
      [moduleOf('A', [3], 1), moduleOf('B', [0, 1, 2], 0)], // silent as well
      [moduleOf('A', [1, 2], 1), moduleOf('B', [0], 0)],
    ],
    [0.9, 0.7, 0.8],
  );
  const choice = chooseHairModule(model, search, loud, hint);
  expect(choice.chosen).toMatchObject({ count: 4, score: 1, module: { channels: [1, 2] } });
  expect(choice.rejected.map(({ count }) => count)).toEqual([2]);
  expect(choice.weak).toBe(false);
  const changed = negatedChange(model, loud, [1, 2], hint);
  expect(choice.chosen).toMatchObject(changed);

  const silent = chooseHairModule(
    model,
    searchOf(
      search.candidates.slice(0, 2).map(({ modules }) => [...modules]),
      [0.9, 0.7],
    ),
    loud,
    hint,
  );
  expect(silent.weak).toBe(true);
  expect(silent.chosen.count).toBe(3);
  tf.dispose([fine, loud]);
  model.dispose();
});

it('measures the change under g = −I inside and outside of masks', () => {
  const model = tinyVae();
  tf.tidy(() => {
    const z = latentsFromSeeds([1, 2], tinyParameters.latent);
    const fine = mapsAt(model, z, 'fine');
    // With all channels negated only the bias, 0 at the start, stays: tanh is odd, so the change is 2|x̂|.
    const change = model.imageLogits(fine).tanh().abs().mul(2).mean(3).mean(0).dataSync<'float32'>();
    let [inside, outside] = [0, 0];
    change.forEach((value, at) => (at < 2048 ? (inside += value / 2048) : (outside += value / 2048)));
    const measured = negatedChange(model, fine, [0, 1, 2, 3], hint);
    expect(measured.inside).toBeCloseTo(inside, 5);
    expect(measured.outside).toBeCloseTo(outside, 5);
    const perPicture = new Float32Array(2 * 4096);
    perPicture.set(hint, 0);
    perPicture.set(hint, 4096);
    expect(negatedChange(model, fine, [0, 1, 2, 3], perPicture).inside).toBeCloseTo(inside, 5);
    expect(negatedChange(model, fine, [], hint)).toEqual({ inside: 0, outside: 0 });
  });
  model.dispose();
});
