import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { chainOfOnnx } from '../../../src/engine/exchange/chainOfOnnx.ts';
import { networkOfChain } from '../../../src/engine/exchange/networkOfChain.ts';
import { decodeOnnx } from '../../../src/engine/exchange/readOnnx.ts';
import { referenceRun } from '../../../src/engine/exchange/referenceRun.ts';
import { mapsOfLevels } from '../../../src/engine/models/hypercolumns.ts';
import { generateImages } from '../../../src/engine/models/layeredGenerator.ts';
import { decodeSafetensors } from '../../../src/engine/models/safetensors.ts';
import type { NamedArray } from '../../../src/engine/models/safetensors.ts';
import { TrainedModel } from '../../../src/engine/models/trainedModel.ts';
import { tf } from '../../../src/engine/tensorflow/tf.ts';
import type { Tensor2D } from '../../../src/engine/tensorflow/tf.ts';
import { transposed } from '../../../src/engine/exchange/channelsFirst.ts';
import { say } from '../../setup/say.ts';

/** Generators that PyTorch trained, with what PyTorch made of them: test/oracles/importedModels.py. */
const folder = join('test', 'oracles', 'imported');
const most = 2e-5;

interface Kind {
  range: 0.5 | 1;
  grey?: boolean;
  /** How many of the level0 … that PyTorch put out are levels here, the maps that the first takes in with them; before ReLU or after it. */
  maps?: { count: number; isActive: boolean };
}

const kinds: [string, Kind][] = [
  ['dcgan', { range: 1, maps: { count: 4, isActive: true } }],
  ['vae', { range: 0.5 }],
  // Of fewer convolutions after their first maps than there are names of levels.
  ['dcgan32', { range: 1, maps: { count: 3, isActive: true } }],
  ['grey28', { range: 1, grey: true, maps: { count: 2, isActive: false } }],
];

describe.each(kinds)('%s of PyTorch, as ONNX', (name, { range, grey = false, maps }) => {
  it('draws the pictures that PyTorch draws', async () => {
    const { graph } = decodeOnnx(await readFile(join(folder, `${name}.onnx`)), name);
    const expected = decodeSafetensors(await readFile(join(folder, `${name}.expected.safetensors`)), name);
    const latents = expected.get('z')!;
    const [, latent] = latents.shape as [number, number];
    const shape = graph.inputs[0]!.shape.length === 4 ? [2, latent, 1, 1] : [2, latent];
    const values = referenceRun(graph, new Map([['z', { shape, data: Float64Array.from(latents.data) }]]));
    const images = expected.get('images')!;
    expect(largest(values.get('images')!.data, images.data)).toBeLessThan(most);

    const { hyperParameters, arrays } = networkOfChain(chainOfOnnx(graph, values));
    const model = new TrainedModel({ kind: 'imported', hyperParameters }, arrays);
    const z = tf.tensor2d(latents.data, [2, latent]);
    const drawn = generateImages(model, z);
    const ours = channelsFirst(drawn);
    // A sigmoid's pictures, 0 … 1, are those of −1 … 1 here.
    const theirs = images.data.map((value) => (range === 1 ? value : 2 * value - 1));
    const difference = largest(ours, grey ? inThreeColours(theirs) : theirs);
    say(`${name}: pictures differ from PyTorch's by at most ${difference.toExponential(1)}`);
    expect(difference).toBeLessThan(most);
    if (maps) compareLevels(name, model, z, expected, maps);
    tf.dispose([z, drawn]);
    model.dispose();
  });
});

/** Decoders of Keras, random: test/oracles/importedKeras.py. */
describe.each(['doubled', 'cube', 'grey'])('%s of Keras, as ONNX, its maps doubled by tiles', (name) => {
  it('draws the pictures that Keras draws', async () => {
    const file = join(folder, 'keras', name);
    const { graph } = decodeOnnx(await readFile(`${file}.onnx`), name);
    const expected = decodeSafetensors(await readFile(`${file}.expected.safetensors`), name);
    const { data, shape } = expected.get('z')!;
    const values = referenceRun(
      graph,
      new Map([[graph.inputs[0]!.name, { shape, data: Float64Array.from(data) }]]),
    );
    const { hyperParameters, arrays } = networkOfChain(chainOfOnnx(graph, values));
    expect(hyperParameters.start.doubled).toBe('nearest');
    const model = new TrainedModel({ kind: 'imported', hyperParameters }, arrays);
    const z = tf.tensor2d(data, shape as [number, number]);
    const drawn = generateImages(model, z);
    const theirs = expected.get('images')!.data;
    const difference = largest(channelsFirst(drawn), name === 'grey' ? inThreeColours(theirs) : theirs);
    say(`${name}: pictures differ from Keras's by at most ${difference.toExponential(1)}`);
    expect(difference).toBeLessThan(most);
    tf.dispose([z, drawn]);
    model.dispose();
  });
});

function compareLevels(
  name: string,
  model: TrainedModel,
  z: Tensor2D,
  expected: ReadonlyMap<string, NamedArray>,
  { count, isActive }: NonNullable<Kind['maps']>,
): void {
  const maps = mapsOfLevels(model, z);
  const differences = maps.map((each, at) => {
    const { data } = expected.get(`level${at}`)!;
    return largest(channelsFirst(each), isActive ? data : data.map((value) => Math.max(0, value)));
  });
  tf.dispose(maps);
  expect(differences.length).toBe(count);
  say(`${name}: hidden maps differ from PyTorch's by at most ${Math.max(...differences).toExponential(1)}`);
  expect(Math.max(...differences)).toBeLessThan(most);
}

/** One colour a picture, two pictures → the same in red, green and blue. */
function inThreeColours(pictures: Float32Array): Float32Array {
  const half = pictures.length / 2;
  const [one, other] = [pictures.subarray(0, half), pictures.subarray(half)];
  return Float32Array.from([one, one, one, other, other, other].flatMap((each) => [...each]));
}

function channelsFirst(maps: ReturnType<typeof generateImages>): Float32Array {
  const data = Float32Array.from(maps.dataSync<'float32'>());
  return transposed(data, maps.shape, [0, 3, 1, 2]).data;
}

function largest(a: ArrayLike<number>, b: ArrayLike<number>): number {
  expect(a.length).toBe(b.length);
  let greatest = 0;
  for (let at = 0; at < a.length; at++) greatest = Math.max(greatest, Math.abs(a[at]! - b[at]!));
  return greatest;
}
