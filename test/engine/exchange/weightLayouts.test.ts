import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { transposed } from '../../../src/engine/exchange/channelsFirst.ts';
import { networkOfChain } from '../../../src/engine/exchange/networkOfChain.ts';
import { readModelFile } from '../../../src/engine/exchange/readModelFile.ts';
import { readStateDict } from '../../../src/engine/exchange/stateDict.ts';
import { generateImages } from '../../../src/engine/models/layeredGenerator.ts';
import { decodeSafetensors, encodeSafetensors } from '../../../src/engine/models/safetensors.ts';
import type { NamedArray } from '../../../src/engine/models/safetensors.ts';
import { TrainedModel } from '../../../src/engine/models/trainedModel.ts';
import { tf } from '../../../src/engine/tensorflow/tf.ts';

/*
 * The DCGAN that PyTorch trained (test/oracles/imported), its weights laid out as other programs keep them: each is the same generator
 * and draws the pictures that PyTorch draws.
 */

const imported = join('test', 'oracles', 'imported');

const layouts: [string, (state: ReadonlyMap<string, NamedArray>, folder: string) => Promise<string>][] = [
  ['the state_dict of PyTorch', (state, folder) => saved(folder, state)],
  [
    'the same under other names, as a wrapper leaves them',
    (state, folder) =>
      saved(folder, new Map([...state].map(([name, array]) => [`module.netG.${name}`, array]))),
  ],
  ['the variables of TensorFlow’s DCGAN', (state, folder) => saved(folder, tensorflowVariables(state))],
  ['a TensorFlow.js layers model', tfjs],
];

it('a DCGAN of 32 pixels, with the dense layer that some have in place of the first kernel', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'extrapolation-test-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const state = readStateDict(await readFile(join(imported, 'dcgan32.safetensors')), 'dcgan32.safetensors');
  const first = state.get('main.0.weight')!;
  const [latent, channels, side] = first.shape as [number, number, number];
  const rows = transposed(first.data, [latent, channels * side * side], [1, 0]);
  const dense = { shape: [channels * side * side, latent], data: rows.data };
  const file = await saved(folder, new Map([...state, ['main.0.weight', dense]]));
  const [ours, theirs] = await Promise.all([file, join(imported, 'dcgan32.safetensors')].map(drawnBy));
  expect(Math.max(...ours!.map((value, at) => Math.abs(value - theirs![at]!)))).toBeLessThan(1e-6);
  const expected = decodeSafetensors(
    await readFile(join(imported, 'dcgan32.expected.safetensors')),
    'expected',
  ).get('images')!.data;
  expect(Math.max(...ours!.map((value, at) => Math.abs(value - expected[at]!)))).toBeLessThan(2e-5);
});

/** Pictures of the latents that PyTorch drew from, with the channels first. */
async function drawnBy(file: string): Promise<Float32Array> {
  const { chain } = await readModelFile(file);
  const { hyperParameters, arrays } = networkOfChain(chain);
  const model = new TrainedModel({ kind: 'imported', hyperParameters }, arrays);
  const expected = decodeSafetensors(
    await readFile(join(imported, 'dcgan32.expected.safetensors')),
    'expected',
  );
  const { shape, data } = expected.get('z')!;
  const drawn = tf.tidy(() =>
    generateImages(model, tf.tensor2d(data, shape as [number, number])).dataSync<'float32'>(),
  );
  model.dispose();
  return transposed(Float32Array.from(drawn), [2, 32, 32, 3], [0, 3, 1, 2]).data;
}

it.each(layouts)('%s', async (_, write) => {
  const folder = await mkdtemp(join(tmpdir(), 'extrapolation-test-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const state = readStateDict(await readFile(join(imported, 'dcgan.safetensors')), 'dcgan.safetensors');
  const { chain } = await readModelFile(await write(state, folder));
  const { hyperParameters, arrays } = networkOfChain(chain);
  const model = new TrainedModel({ kind: 'imported', hyperParameters }, arrays);
  const expected = decodeSafetensors(
    await readFile(join(imported, 'dcgan.expected.safetensors')),
    'expected',
  );
  const { shape, data } = expected.get('z')!;
  const drawn = tf.tidy(() =>
    generateImages(model, tf.tensor2d(data, shape as [number, number])).dataSync<'float32'>(),
  );
  model.dispose();
  const images = transposed(Float32Array.from(drawn), [2, 64, 64, 3], [0, 3, 1, 2]).data;
  const theirs = expected.get('images')!.data;
  expect(Math.max(...images.map((value, at) => Math.abs(value - theirs[at]!)))).toBeLessThan(2e-5);
});

async function saved(folder: string, arrays: ReadonlyMap<string, NamedArray>): Promise<string> {
  const path = join(folder, 'generator.safetensors');
  await writeFile(path, encodeSafetensors(arrays));
  return path;
}

/** Matrix and kernels with the channels last: [32, 4·4·64], [4, 4, out, in]. */
function channelsLast(state: ReadonlyMap<string, NamedArray>): { matrix: NamedArray; kernels: NamedArray[] } {
  const [first, ...kernels] = [0, 3, 6, 9, 12].map((place) => state.get(`main.${place}.weight`)!);
  const rows = transposed(first!.data, first!.shape, [0, 2, 3, 1]).data;
  return {
    matrix: { shape: [32, 1024], data: rows },
    kernels: kernels.map(({ data, shape }) => transposed(data, shape, [2, 3, 1, 0])),
  };
}

function tensorflowVariables(state: ReadonlyMap<string, NamedArray>): Map<string, NamedArray> {
  const { matrix, kernels } = channelsLast(state);
  const variables = new Map<string, NamedArray>([['generator/g_h0_lin/Matrix', matrix]]);
  kernels.forEach((kernel, at) => variables.set(`generator/g_h${at + 1}/w`, kernel));
  [1, 4, 7, 10].forEach((place, at) => {
    const part = (name: string): NamedArray => state.get(`main.${place}.${name}`)!;
    variables.set(`generator/g_bn${at}/gamma`, part('weight'));
    variables.set(`generator/g_bn${at}/beta`, part('bias'));
    variables.set(`generator/g_bn${at}/moving_mean`, part('running_mean'));
    variables.set(`generator/g_bn${at}/moving_variance`, part('running_var'));
  });
  return variables;
}

async function tfjs(state: ReadonlyMap<string, NamedArray>, folder: string): Promise<string> {
  const { matrix, kernels } = channelsLast(state);
  const layers: object[] = [];
  const weights: [string, NamedArray][] = [['dense/kernel', matrix]];
  const layer = (kind: string, name: string, config: object = {}): void => {
    layers.push({ class_name: kind, config: { name, ...config } });
  };
  const norm = (at: number): void => {
    const name = `norm_${at}`;
    layer('BatchNormalization', name, { epsilon: 1e-5 });
    for (const [to, from] of [
      ['gamma', 'weight'],
      ['beta', 'bias'],
      ['moving_mean', 'running_mean'],
      ['moving_variance', 'running_var'],
    ] as const) {
      weights.push([`${name}/${to}`, state.get(`main.${3 * at + 1}.${from}`)!]);
    }
    layer('ReLU', `relu_${at}`);
  };
  layer('Dense', 'dense', { activation: 'linear', use_bias: false });
  layer('Reshape', 'reshape', { target_shape: [4, 4, 64] });
  norm(0);
  kernels.forEach((kernel, at) => {
    const isLast = at === kernels.length - 1;
    layer('Conv2DTranspose', `conv_${at}`, {
      strides: [2, 2],
      padding: 'same',
      activation: isLast ? 'tanh' : 'linear',
    });
    weights.push([`conv_${at}/kernel`, kernel]);
    if (!isLast) norm(at + 1);
  });
  const listed = weights.map(([name, { shape }]) => ({ name, shape, dtype: 'float32' }));
  const bytes = weights.map(([, { data }]) => Buffer.from(data.buffer, data.byteOffset, data.byteLength));
  await writeFile(join(folder, 'group1-shard1of1.bin'), Buffer.concat(bytes));
  const path = join(folder, 'model.json');
  const modelTopology = { model_config: { class_name: 'Sequential', config: { layers } } };
  await writeFile(
    path,
    JSON.stringify({
      modelTopology,
      weightsManifest: [{ paths: ['group1-shard1of1.bin'], weights: listed }],
    }),
  );
  return path;
}
