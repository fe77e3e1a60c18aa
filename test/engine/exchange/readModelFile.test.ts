import { mkdtemp, readFile, rm, truncate, writeFile, copyFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { networkOfChain } from '../../../src/engine/exchange/networkOfChain.ts';
import type { OnnxGraph, OnnxNode, OnnxTensor } from '../../../src/engine/exchange/onnxModel.ts';
import { decodeOnnx } from '../../../src/engine/exchange/readOnnx.ts';
import { readModelFile } from '../../../src/engine/exchange/readModelFile.ts';
import { encodeOnnx } from '../../../src/engine/exchange/writeOnnx.ts';
import { encodeSafetensors } from '../../../src/engine/models/safetensors.ts';
import type { NamedArray } from '../../../src/engine/models/safetensors.ts';

const imported = join('test', 'oracles', 'imported');
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'extrapolation-test-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** The sentence that a file is refused with, from reading it to its network. */
async function refusal(path: string): Promise<string> {
  try {
    networkOfChain((await readModelFile(path)).chain);
  } catch (error) {
    return (error as Error).message;
  }
  throw new Error(`${path} was not refused`);
}

async function written(name: string, content: string | Uint8Array): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, content);
  return path;
}

/** PyTorch's DCGAN as ONNX, with its graph changed. */
async function changed(name: string, change: (graph: OnnxGraph) => OnnxGraph): Promise<string> {
  const { graph } = decodeOnnx(await readFile(join(imported, 'dcgan.onnx')), 'dcgan.onnx');
  const bytes = encodeOnnx({
    ...{ irVersion: 8, opset: 17, producer: { name: 'test', version: '0' }, metadata: new Map() },
    graph: change(graph),
  });
  return written(name, bytes);
}

const nodesChanged = (change: (node: OnnxNode, at: number) => OnnxNode) => (graph: OnnxGraph) => ({
  ...graph,
  nodes: graph.nodes.map(change),
});

describe('a file that is of no use gets a sentence', () => {
  it('a pickle is never opened, and the lines that turn it into safetensors are said', async () => {
    for (const name of ['netG.pth', 'model.pt', 'network.PKL', 'last.ckpt']) {
      // It is not even there: nothing of it was read.
      const sentence = await refusal(join(folder, name));
      expect(sentence).toContain(`${name} looks like a Python pickle`);
      expect(sentence).toContain('save_file(');
    }
  });

  it('one that is not there, or of another kind', async () => {
    expect(await refusal(join(folder, 'no.onnx'))).toContain('no.onnx');
    expect(await refusal(await written('notes.txt', 'x'))).toContain(
      'notes.txt is not a kind of file that models are read from',
    );
  });

  it('one that is cut off, empty, or no ONNX at all', async () => {
    const cut = join(folder, 'cut.onnx');
    await copyFile(join(imported, 'dcgan.onnx'), cut);
    await truncate(cut, 200_000);
    expect(await refusal(cut)).toContain('cut.onnx is not a whole ONNX file');
    expect(await refusal(await written('empty.onnx', ''))).toContain('empty.onnx is not a whole ONNX file');
    expect(await refusal(await written('text.onnx', 'this is a text, and a long one'))).toContain(
      'not a whole ONNX file',
    );
  });

  it('weights in a file that is missing, or that leads out of the folder', async () => {
    const json = JSON.parse(tfjsModel()) as { weightsManifest: { paths: string[] }[] };
    json.weightsManifest[0]!.paths = ['../weights.bin'];
    expect(await refusal(await written('model.json', JSON.stringify(json)))).toContain(
      'not a file of its own folder',
    );
    json.weightsManifest[0]!.paths = ['gone.bin'];
    expect(await refusal(await written('model.json', JSON.stringify(json)))).toContain(
      'keeps its weights in “gone.bin”, which is not beside it',
    );
  });

  it('an operator that is not understood is named', async () => {
    const path = await changed(
      'odd.onnx',
      nodesChanged((node, at) => (at === 3 ? { ...node, operator: 'Einsum' } : node)),
    );
    expect(await refusal(path)).toMatch(
      /The node “.+” is of the operator Einsum, which is not understood here/,
    );
  });

  it('a graph with a cycle, or with a value that nothing puts out', async () => {
    const path = await changed(
      'cycle.onnx',
      nodesChanged((node, at) => (at === 1 ? { ...node, inputs: [...node.outputs] } : node)),
    );
    expect(await refusal(path)).toMatch(/nothing before it puts out|cycle/);
  });

  it('skip connections are told from chains', async () => {
    const path = await changed('skip.onnx', (graph) => {
      const [first, second, ...rest] = graph.nodes;
      const sum: OnnxNode = {
        ...{ name: 'skip', operator: 'Add', attributes: new Map() },
        inputs: [first!.outputs[0]!, second!.outputs[0]!],
        outputs: ['sum'],
      };
      const [third, ...others] = rest;
      return {
        ...graph,
        nodes: [first!, second!, sum, { ...third!, inputs: ['sum', ...third!.inputs.slice(1)] }, ...others],
      };
    });
    expect(await refusal(path)).toContain('The node “skip” (Add) joins two paths of the network');
  });

  it('a kernel, a stride or a last layer that does not fit is named with its numbers', async () => {
    const wide = await changed(
      'stride.onnx',
      nodesChanged((node) =>
        node.operator === 'ConvTranspose' && node.attributes.get('strides')?.kind === 'ints'
          ? {
              ...node,
              attributes: new Map([
                ...node.attributes,
                ['strides', { kind: 'ints', value: [3, 3] } as const],
              ]),
            }
          : node,
      ),
    );
    expect(await refusal(wide)).toMatch(/has a kernel of 4 × 4, stride 3 and padding 1/);
    const bare = await changed('bare.onnx', (graph) => {
      const last = graph.nodes.at(-1)!;
      return {
        ...graph,
        nodes: graph.nodes.slice(0, -1),
        outputs: [{ ...graph.outputs[0]!, name: last.inputs[0]! }],
      };
    });
    expect(await refusal(bare)).toContain('a tanh (pictures from −1 to 1) or a sigmoid (0 to 1) is needed');
  });

  it('a network of too few convolutions, or with two inputs', async () => {
    const few = await changed('few.onnx', (graph) => {
      const outputs = [{ ...graph.outputs[0]!, name: 'small' }];
      const kernel: OnnxTensor = { type: 'float32', shape: [64, 3, 4, 4], data: new Float32Array(64 * 48) };
      const attributes = graph.nodes.filter(({ operator }) => operator === 'ConvTranspose')[1]!.attributes;
      const first = graph.nodes.slice(
        0,
        graph.nodes.findIndex(({ operator }, at) => operator === 'ConvTranspose' && at > 0),
      );
      const convolution: OnnxNode = {
        name: 'only',
        operator: 'ConvTranspose',
        inputs: [first.at(-1)!.outputs[0]!, 'k'],
        outputs: ['logits'],
        attributes,
      };
      const tanh: OnnxNode = {
        name: 'end',
        operator: 'Tanh',
        inputs: ['logits'],
        outputs: ['small'],
        attributes: new Map(),
      };
      return {
        ...graph,
        nodes: [...first, convolution, tanh],
        initialisers: new Map([...graph.initialisers, ['k', kernel]]),
        outputs,
      };
    });
    expect(await refusal(few)).toContain(
      'The generator has one convolution after its first maps, and at least two are needed',
    );
    const two = await changed('two.onnx', (graph) => ({
      ...graph,
      inputs: [...graph.inputs, { name: 'label', shape: ['batch', 10] }],
    }));
    expect(await refusal(two)).toContain('two.onnx has 2 inputs (z, label)');
  });

  it('weights alone whose shapes are of no DCGAN that is known', async () => {
    const array = (...shape: number[]): NamedArray => ({
      shape,
      data: new Float32Array(shape.reduce((a, b) => a * b, 1)),
    });
    const bytes = encodeSafetensors(
      new Map([
        ['conv1.weight', array(8, 3, 3, 3)],
        ['conv2.weight', array(7, 5, 3, 3)],
      ]),
    );
    expect(await refusal(await written('resnet.safetensors', bytes))).toContain(
      'their shapes are of no DCGAN that is known',
    );
    const whole = await readFile(join(imported, 'dcgan.safetensors'));
    expect(await refusal(await written('cut.safetensors', whole.subarray(0, 50_000)))).toContain('cut off');
    // A header that claims ten gigabytes is refused before anything of that size is made.
    const claim = Buffer.from(
      JSON.stringify({ x: { dtype: 'F32', shape: [2_500_000_000], data_offsets: [0, 10_000_000_000] } }),
    );
    const length = Buffer.alloc(8);
    length.writeBigUInt64LE(BigInt(claim.length));
    expect(await refusal(await written('huge.safetensors', Buffer.concat([length, claim])))).toContain(
      'cut off',
    );
    length.writeBigUInt64LE(10_000_000_000n);
    expect(await refusal(await written('header.safetensors', Buffer.concat([length, claim])))).toContain(
      'its header is cut off',
    );
  });
});

function tfjsModel(): string {
  return JSON.stringify({
    modelTopology: { model_config: { class_name: 'Sequential', config: [] } },
    weightsManifest: [{ paths: ['weights.bin'], weights: [] }],
  });
}
