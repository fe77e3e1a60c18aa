import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { float, text } from '../../../src/engine/exchange/graphBuilder.ts';
import { networkOfChain } from '../../../src/engine/exchange/networkOfChain.ts';
import type { OnnxGraph, OnnxNode, OnnxTensor } from '../../../src/engine/exchange/onnxModel.ts';
import { decodeOnnx } from '../../../src/engine/exchange/readOnnx.ts';
import { readModelFile } from '../../../src/engine/exchange/readModelFile.ts';
import { encodeOnnx } from '../../../src/engine/exchange/writeOnnx.ts';

/** The same generator as exporters spell it: each spelling comes in as the same network, or is refused in a sentence. */

const imported = join('test', 'oracles', 'imported');
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'extrapolation-test-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function network(name: string, change: (graph: OnnxGraph) => OnnxGraph) {
  const { graph } = decodeOnnx(await readFile(join(imported, `${name}.onnx`)), name);
  const path = join(folder, `${name}.onnx`);
  const bytes = encodeOnnx({
    ...{ irVersion: 8, opset: 17, producer: { name: 'test', version: '0' }, metadata: new Map() },
    graph: change(graph),
  });
  await writeFile(path, bytes);
  return networkOfChain((await readModelFile(path)).chain);
}

const nodes = (change: (node: OnnxNode) => OnnxNode[]) => (graph: OnnxGraph) => ({
  ...graph,
  nodes: graph.nodes.flatMap(change),
});
const unchanged = (graph: OnnxGraph): OnnxGraph => graph;

it('latents whose count is left open are as many as the first layer reads', async () => {
  const open = await network('dcgan', (graph) => ({
    ...graph,
    inputs: graph.inputs.map(({ name }) => ({ name, shape: ['batch', 'latents', 1, 1] })),
  }));
  expect(open).toEqual(await network('dcgan', unchanged));
});

it('a trained slope that all channels share is a leaky ReLU', async () => {
  const slope: OnnxTensor = { type: 'float32', shape: [1, 1, 1], data: new Float32Array([0.25]) };
  const withSlope = nodes((node) =>
    node.operator === 'Relu'
      ? [{ ...node, operator: 'PRelu', inputs: [...node.inputs, 'slope'], attributes: new Map() }]
      : [node],
  );
  const leaky = await network('dcgan', (graph) => {
    const changed = withSlope(graph);
    return { ...changed, initialisers: new Map([...changed.initialisers, ['slope', slope]]) };
  });
  expect(leaky.hyperParameters.layers[0]).toMatchObject({ activation: 'leakyRelu', slope: 0.25 });
  const asLeaky = nodes((node) =>
    node.operator === 'Relu'
      ? [{ ...node, operator: 'LeakyRelu', attributes: new Map([['alpha', float(0.25)]]) }]
      : [node],
  );
  expect(leaky).toEqual(await network('dcgan', asLeaky));
});

it('doubling as opsets before 11 spell it, and from a size that the graph works out', async () => {
  const nearest = (node: OnnxNode, operator: string, inputs: string[]): OnnxNode => ({
    ...{ ...node, operator, inputs },
    attributes: new Map([
      ['mode', text('nearest')],
      ...(inputs.length === 2
        ? []
        : ([
            ['coordinate_transformation_mode', text('asymmetric')],
            ['nearest_mode', text('floor')],
          ] as const)),
    ]),
  });
  const scales: OnnxTensor = { type: 'float32', shape: [4], data: new Float32Array([1, 1, 2, 2]) };
  const more = (graph: OnnxGraph): OnnxGraph => ({
    ...graph,
    initialisers: new Map<string, OnnxTensor>([
      ...graph.initialisers,
      ['scales', scales],
      ['double', { type: 'int64', shape: [4], data: [1, 1, 2, 2] }],
    ]),
  });
  const doubled = (change: (node: OnnxNode) => OnnxNode[]) => (graph: OnnxGraph) =>
    more(nodes((node) => (node.operator === 'Resize' ? change(node) : [node]))(graph));
  const plain = await network(
    'vae',
    doubled((node) => [nearest(node, 'Resize', [node.inputs[0]!, '', 'scales'])]),
  );
  expect(plain.hyperParameters.start.doubled).toBe('nearest');
  const old = await network(
    'vae',
    doubled((node) => [nearest(node, 'Upsample', [node.inputs[0]!, 'scales'])]),
  );
  expect(old).toEqual(plain);
  const worked = await network(
    'vae',
    doubled((node) => {
      const [from, size, to] = [node.inputs[0]!, `${node.name}.size`, `${node.name}.to`];
      const plainNode = { attributes: new Map() };
      return [
        { ...plainNode, name: size, operator: 'Shape', inputs: [from], outputs: [size] },
        { ...plainNode, name: to, operator: 'Mul', inputs: [size, 'double'], outputs: [to] },
        nearest(node, 'Resize', [from, '', '', to]),
      ];
    }),
  );
  expect(worked).toEqual(plain);
});

it('a generator exported as it is in training is refused', async () => {
  const inTraining = nodes((node) =>
    node.operator === 'BatchNormalization'
      ? [{ ...node, attributes: new Map([...node.attributes, ['training_mode', { kind: 'int', value: 1 }]]) }]
      : [node],
  );
  await expect(network('dcgan', inTraining)).rejects.toThrow(
    /The batch norm “.+” was exported as it is in training.+generator\.eval\(\)/,
  );
});

it('Keras’s export: batch norms as products and sums, maps with the channels last, a grey picture turned by a reshape', async () => {
  const asKeras = (graph: OnnxGraph): OnnxGraph => {
    const initialisers = new Map(graph.initialisers);
    const vector = (name: string, shape: number[], data: number[]): string => {
      initialisers.set(name, { type: 'float32', shape, data: Float32Array.from(data) });
      return name;
    };
    const changed = graph.nodes.flatMap((node): OnnxNode[] => {
      if (node.operator !== 'BatchNormalization') return [node];
      const [gamma, beta, mean, variance] = node.inputs
        .slice(1)
        .map((name) => [...initialisers.get(name)!.data]);
      const factors = gamma!.map((value, at) => value / Math.sqrt(variance![at]! + 1e-5));
      const offsets = factors.map((factor, at) => beta![at]! - mean![at]! * factor);
      const shape = [1, factors.length, 1, 1];
      const product = { ...node, operator: 'Mul', attributes: new Map(), outputs: [`${node.name}.product`] };
      return [
        { ...product, inputs: [node.inputs[0]!, vector(`${node.name}.factors`, shape, factors)] },
        {
          ...{ ...node, name: `${node.name}.sum`, operator: 'Add', attributes: new Map() },
          inputs: [product.outputs[0]!, vector(`${node.name}.offsets`, shape, offsets)],
        },
      ];
    });
    initialisers.set('grey', { type: 'int64', shape: [4], data: [-1, 28, 28, 1] });
    const [picture] = graph.outputs;
    const turned: OnnxNode = {
      ...{ name: 'turned', operator: 'Reshape', attributes: new Map() },
      ...{ inputs: [picture!.name, 'grey'], outputs: ['pictures'] },
    };
    return {
      ...graph,
      ...{ initialisers, nodes: [...changed, turned] },
      outputs: [{ name: 'pictures', shape: ['batch', 28, 28, 1] }],
    };
  };
  const [keras, plain] = [await network('grey28', asKeras), await network('grey28', unchanged)];
  expect(keras.hyperParameters).toEqual(plain.hyperParameters);
  for (const [name, { data }] of plain.arrays) {
    const other = keras.arrays.get(name)!.data;
    expect(Math.max(...data.map((value, at) => Math.abs(value - other[at]!)))).toBeLessThan(1e-6);
  }
  // A number a column of the maps is not one a channel, though there are as many.
  const columns = (graph: OnnxGraph): OnnxGraph => ({
    ...graph,
    initialisers: new Map<string, OnnxTensor>([
      ...graph.initialisers,
      ['columns', { type: 'float32', shape: [1, 1, 1, 8], data: new Float32Array(8) }],
    ]),
    nodes: graph.nodes.flatMap((node) =>
      node === graph.nodes.filter(({ operator }) => operator === 'Relu')[1]
        ? [
            {
              ...{ ...node, name: 'scaled', operator: 'Mul', attributes: new Map() },
              ...{ inputs: [node.inputs[0]!, 'columns'], outputs: ['scaled'] },
            },
            { ...node, inputs: ['scaled'] },
          ]
        : [node],
    ),
  });
  await expect(network('dcgan32', columns)).rejects.toThrow('“scaled” is of the operator Mul');
});
