import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { sdrOfNetwork } from '../../../src/engine/analysis/networkSdr.ts';
import { chainOfStateDict } from '../../../src/engine/exchange/chainOfStateDict.ts';
import { networkOfChain } from '../../../src/engine/exchange/networkOfChain.ts';
import { readStateDict } from '../../../src/engine/exchange/stateDict.ts';
import { TrainedModel } from '../../../src/engine/models/trainedModel.ts';
import { tf } from '../../../src/engine/tensorflow/tf.ts';
import oracle from '../../oracles/sdrOfStateDict.json' with { type: 'json' };
import { say } from '../../setup/say.ts';

it('the spectral density ratios of a DCGAN of PyTorch are those that NumPy takes from its state_dict', async () => {
  // Of test/oracles/sdrOfStateDict.py, in double precision.
  const bytes = await readFile(join('test', 'oracles', 'imported', 'dcgan.safetensors'));
  const { hyperParameters, arrays } = networkOfChain(
    chainOfStateDict(readStateDict(bytes, 'dcgan.safetensors'), 'dcgan.safetensors'),
  );
  const model = new TrainedModel({ kind: 'imported', hyperParameters }, arrays);
  const latents = tf.tensor2d(oracle.latents);
  const { result, pairs } = await sdrOfNetwork([{ side: 'decoder', generator: model, latents: [latents] }], {
    grid: 'filtered',
    seed: 0,
  });
  tf.dispose(latents);
  model.dispose();
  expect(result.levels.map(({ level }) => level)).toEqual(['coarse', 'intermediate', 'fine', 'image']);
  result.levels.forEach(({ level }, at) => {
    const { ratios } = oracle.levels[level];
    const { values, pairs: places } = pairs[at]!;
    expect([...places]).toEqual(ratios.map((_, place) => place));
    const differences = [...values].map((value, index) => Math.abs(value / ratios[places[index]!]! - 1));
    say(
      `${level}: ${values.length} ratios, largest relative difference ${Math.max(...differences).toExponential(1)}`,
    );
    expect(Math.max(...differences)).toBeLessThan(1e-6);
  });
});
