import { join } from 'node:path';
import { expect, it } from 'vitest';
import { sdrOfNetwork } from '../../../src/engine/analysis/networkSdr.ts';
import { networkOfChain } from '../../../src/engine/exchange/networkOfChain.ts';
import { readModelFile } from '../../../src/engine/exchange/readModelFile.ts';
import { TrainedModel } from '../../../src/engine/models/trainedModel.ts';
import { tf } from '../../../src/engine/tensorflow/tf.ts';
import small from '../../oracles/sdrOfSmallStateDicts.json' with { type: 'json' };
import dcgan from '../../oracles/sdrOfStateDict.json' with { type: 'json' };
import { say } from '../../setup/say.ts';

interface Oracle {
  latents: number[][];
  levels: Record<string, { inputs: number; outputs: number; ratios: (number | null)[] }>;
}

const oracles: [string, string[], Oracle][] = [
  ['dcgan.safetensors', ['coarse', 'intermediate', 'fine', 'image'], dcgan],
  ['dcgan32.safetensors', ['intermediate', 'fine', 'image'], small.dcgan32],
  ['grey28.onnx', ['fine', 'image'], small.grey28],
];

it.each(oracles)(
  'the spectral density ratios of %s are those that NumPy takes from its state_dict',
  async (file, levels, oracle) => {
    // Of test/oracles/sdrOfStateDict.py, in double precision.
    const { chain } = await readModelFile(join('test', 'oracles', 'imported', file));
    const { hyperParameters, arrays } = networkOfChain(chain);
    const model = new TrainedModel({ kind: 'imported', hyperParameters }, arrays);
    const latents = tf.tensor2d(oracle.latents);
    const { result, pairs } = await sdrOfNetwork(
      [{ side: 'decoder', generator: model, latents: [latents] }],
      { grid: 'filtered', seed: 0 },
    );
    tf.dispose(latents);
    model.dispose();
    expect(result.levels.map(({ level }) => level)).toEqual(levels);
    result.levels.forEach(({ level, inputs, outputs }, at) => {
      const theirs = oracle.levels[level]!;
      // A grey picture's filter stands three times in the kernel, and is one filter all the same.
      expect([inputs, outputs]).toEqual([theirs.inputs, theirs.outputs]);
      const { values, pairs: places } = pairs[at]!;
      const alive = theirs.ratios.flatMap((ratio, place) => (ratio === null ? [] : [place]));
      expect([...places]).toEqual(alive);
      const differences = [...values].map((value, index) =>
        Math.abs(value / theirs.ratios[places[index]!]! - 1),
      );
      say(
        `${file}, ${level}: ${values.length} ratios, largest relative difference ${Math.max(...differences).toExponential(1)}`,
      );
      expect(Math.max(...differences)).toBeLessThan(1e-6);
    });
  },
);
