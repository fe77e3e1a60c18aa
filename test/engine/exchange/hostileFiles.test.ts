import { mkdtemp, open, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { StudioError } from '../../../src/contract/errors.ts';
import { ints } from '../../../src/engine/exchange/graphBuilder.ts';
import { networkOfChain } from '../../../src/engine/exchange/networkOfChain.ts';
import type {
  OnnxAttribute,
  OnnxGraph,
  OnnxNode,
  OnnxTensor,
} from '../../../src/engine/exchange/onnxModel.ts';
import { modelProto } from '../../../src/engine/exchange/onnxSchema.ts';
import { orSentence, readModelFile } from '../../../src/engine/exchange/readModelFile.ts';
import { encodeOnnx } from '../../../src/engine/exchange/writeOnnx.ts';

/** Files that ask for much, or make no sense: each gets a sentence before anything large is made. */

const dcgan = join('test', 'oracles', 'imported', 'dcgan.onnx');
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'extrapolation-test-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function outcome(path: string): Promise<string> {
  try {
    const { chain } = await readModelFile(path);
    orSentence('file', () => networkOfChain(chain));
    return 'read';
  } catch (error) {
    if (error instanceof StudioError) return error.message;
    throw error;
  }
}

function node(
  operator: string,
  inputs: readonly string[],
  output: string,
  attributes: Readonly<Record<string, OnnxAttribute>> = {},
): OnnxNode {
  return {
    name: output,
    operator,
    inputs,
    outputs: [output],
    attributes: new Map(Object.entries(attributes)),
  };
}

async function ofGraph(
  name: string,
  nodes: readonly OnnxNode[],
  initialisers: OnnxGraph['initialisers'] = new Map(),
): Promise<string> {
  const path = join(folder, `${name}.onnx`);
  const graph = {
    name,
    inputs: [{ name: 'z', shape: ['batch', 8] }],
    outputs: [{ name: nodes.at(-1)!.outputs[0]!, shape: ['batch', 3, 64, 64] }],
    ...{ nodes, initialisers },
  };
  const bytes = encodeOnnx({
    ...{ irVersion: 8, opset: 17, producer: { name: 'test', version: '0' }, metadata: new Map(), graph },
  });
  await writeFile(path, bytes);
  return path;
}

const integers = (...data: number[]) => ({ type: 'int64' as const, shape: [data.length], data });
const floats = (shape: number[], value = 1) => ({
  type: 'float32' as const,
  shape,
  data: new Float32Array(shape.reduce((product, extent) => product * extent, 1)).fill(value),
});
const asMaps = node('Reshape', ['z', 'shape'], 'maps');
const ofMaps: [string, OnnxTensor] = ['shape', integers(1, 2, 2, 2)];

describe('a small file that asks for much is refused at the node that does', () => {
  it('maps that are resized by a thousand million', async () => {
    const path = await ofGraph(
      'resized',
      [asMaps, node('Resize', ['maps', '', 'scales'], 'large')],
      new Map([
        ofMaps,
        ['scales', { type: 'float32', shape: [4], data: new Float32Array([1, 1, 1e9, 1e9]) }],
      ]),
    );
    expect(await outcome(path)).toContain('At the node “large” (Resize) the network becomes larger than');
  });

  it('maps that are doubled again and again, each of which alone would do', async () => {
    const doubled = Array.from({ length: 40 }, (_, at) =>
      node('Resize', [at === 0 ? 'maps' : `d${at - 1}`, '', 'scales'], `d${at}`),
    );
    const scales = { type: 'float32' as const, shape: [4], data: new Float32Array([1, 1, 2, 2]) };
    const path = await ofGraph(
      'doubled',
      [asMaps, ...doubled],
      new Map<string, OnnxTensor>([ofMaps, ['scales', scales]]),
    );
    expect(await outcome(path)).toMatch(/At the node “d1?\d” \(Resize\) the network becomes larger than/);
  });

  it.each([
    ['padding', { pads: ints(1e9, 1e9, 1e9, 1e9) }, 'becomes larger than'],
    ['padding that takes more than there is', { pads: ints(-9, -9, -9, -9) }, 'which is no size'],
    ['a stride of nothing', { strides: ints(0, 0) }, 'which is no size'],
    [
      'a pool over all',
      { kernel_shape: ints(1e9, 1e9), pads: ints(1e9, 1e9, 1e9, 1e9) },
      'becomes larger than',
    ],
  ])('%s', async (_, attributes, sentence) => {
    const operator = 'kernel_shape' in attributes ? 'AveragePool' : 'Conv';
    const inputs = operator === 'Conv' ? ['maps', 'kernel'] : ['maps'];
    const path = await ofGraph(
      'window',
      [asMaps, node(operator, inputs, 'y', attributes)],
      new Map<string, OnnxTensor>([ofMaps, ['kernel', floats([2, 2, 3, 3])]]),
    );
    expect(await outcome(path)).toContain(sentence);
  });

  it('sums that are larger than their parts, and products that take too long', async () => {
    const wide = floats([1, 60_000]);
    const tall = floats([60_000, 1]);
    const sum = await ofGraph(
      'sum',
      [node('Add', ['wide', 'tall'], 'y')],
      new Map([
        ['wide', wide],
        ['tall', tall],
      ]),
    );
    expect(await outcome(sum)).toContain('At the node “y” (Add) the network becomes larger than');
    const products = node('MatMul', ['matrix', 'matrix'], 'p');
    const long = await ofGraph('long', [products], new Map([['matrix', floats([2000, 2000], 0)]]));
    expect(await outcome(long)).toMatch(/At the node “p” \(MatMul\) the network becomes larger than/);
  });

  it.each([
    ['a huge reshape', integers(1, 1e6, 1e6)],
    ['one of less than nothing', integers(-5, -2, 8)],
    ['one whose product is no number any more', integers(1e15, 1e15, 1e15, 1e15, 1e15)],
  ])('%s does not fit what it reads', async (_, shape) => {
    const path = await ofGraph('reshape', [node('Reshape', ['z', 'to'], 'y')], new Map([['to', shape]]));
    expect(await outcome(path)).toContain('The node “y” (Reshape) does not fit what it reads (1 × 8;');
  });

  it('a slice that never gets on, and operators without their inputs', async () => {
    const [zero, one, eight] = [integers(0), integers(1), integers(8)];
    const slice = node('Slice', ['z', 'zero', 'eight', 'one', 'zero'], 'y');
    const constants = new Map([
      ['zero', zero],
      ['one', one],
      ['eight', eight],
    ]);
    expect(await outcome(await ofGraph('slice', [slice], constants))).toContain('does not fit what it reads');
    for (const operator of [
      'Conv',
      'Gemm',
      'BatchNormalization',
      'Resize',
      'Concat',
      'Gather',
      'Transpose',
      'Add',
    ])
      expect(await outcome(await ofGraph('bare', [node(operator, [], 'y')]))).toMatch(
        /does not fit|no size|joins|cycle/,
      );
  });

  it('latents that are many', async () => {
    const message = modelProto.decode(await readFile(dcgan)) as unknown as {
      graph: { input: { type: { tensorType: { shape: { dim: { dimValue: number }[] } } } }[] };
    };
    message.graph.input[0]!.type.tensorType.shape.dim[1]!.dimValue = 2 ** 40;
    const path = join(folder, 'latents.onnx');
    await writeFile(path, modelProto.encode(message).finish());
    expect(await outcome(path)).toContain('and latents are [batch, latent] or [batch, latent, 1, 1]');
  });
});

describe('what a file claims is checked before it is made', () => {
  it('a million empty nodes', async () => {
    // Field 7 is the graph, and field 1 in it a node, here of no bytes.
    const nodes = Buffer.alloc(2_000_000);
    for (let at = 0; at < nodes.length; at += 2) nodes[at] = 0x0a;
    const length = Buffer.from([
      0x80 | (nodes.length & 127),
      0x80 | ((nodes.length >> 7) & 127),
      nodes.length >> 14,
    ]);
    const path = join(folder, 'nodes.onnx');
    await writeFile(path, Buffer.concat([Buffer.from([0x3a]), length, nodes]));
    expect(await outcome(path)).toContain('nodes.onnx has more than 500 thousand parts');
  });

  it('weights of a size that is not there, or that is negative, or beside it at another place', async () => {
    type Tensor = Record<string, unknown> & { dims: number[] };
    const changed = async (name: string, change: (tensor: Tensor) => void): Promise<string> => {
      const message = modelProto.decode(await readFile(dcgan)) as unknown as {
        graph: { initializer: Tensor[] };
      };
      change(message.graph.initializer[0]!);
      const path = join(folder, `${name}.onnx`);
      await writeFile(path, modelProto.encode(message).finish());
      return path;
    };
    const claim = await changed('claim', (tensor) => (tensor.dims = [250_000_000, 1]));
    expect(await outcome(claim)).toContain('claim.onnx has 250 million weights');
    const negative = await changed('negative', (tensor) => (tensor.dims = [-32, -64, 4, 4]));
    expect(await outcome(negative)).toContain('negative.onnx is not a whole ONNX file');
    await writeFile(join(folder, 'beside.bin'), Buffer.alloc(64));
    const beside = (entries: Record<string, string>) => (tensor: Tensor) => {
      tensor['dataLocation'] = 1;
      tensor['externalData'] = Object.entries(entries).map(([key, value]) => ({ key, value }));
      delete tensor['rawData'];
    };
    for (const entries of [
      { location: 'beside.bin', offset: '1000', length: '64' },
      { location: 'beside.bin', offset: '-8', length: '64' },
      { location: 'beside.bin', offset: '1e300' },
      { location: 'beside.bin', offset: 'zero' },
    ])
      expect(await outcome(await changed('offset', beside(entries)))).toContain(
        'is shorter than offset.onnx says',
      );
    for (const location of ['../beside.bin', '/etc/passwd', '..', 'a/../../beside.bin', ''])
      expect(await outcome(await changed('path', beside({ location })))).toContain(
        'not a file of its own folder',
      );
  });

  it('half a gigabyte of zeros, and a byte more', async () => {
    const path = join(folder, 'zeros.onnx');
    const file = await open(path, 'w');
    // Sparse: it takes no room on the disk.
    await file.truncate(2 ** 29);
    expect(await outcome(path)).toContain('zeros.onnx has more than 500 thousand parts');
    await file.truncate(2 ** 29 + 1);
    await file.close();
    expect(await outcome(path)).toContain('zeros.onnx has 512 MiB');
    await rm(path);
  });
});

it('whatever bytes of a file are changed, cut or put in, it is read or gets a sentence', async () => {
  const whole = await readFile(dcgan);
  const path = join(folder, 'fuzzed.onnx');
  // Its graph is at the beginning and at the end, and weights are what lies between.
  const place = fc.oneof(
    fc.nat(whole.length - 1),
    fc.nat(3000),
    fc.nat(1500).map((from) => whole.length - 1 - from),
  );
  const change = fc.oneof(
    fc.record({ kind: fc.constant('flip'), place, bits: fc.integer({ min: 1, max: 255 }) }),
    fc.record({ kind: fc.constant('cut'), place, bits: fc.nat(40) }),
    fc.record({ kind: fc.constant('insert'), place, bits: fc.nat(255) }),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 3 }), async (changes) => {
      let bytes = Buffer.from(whole);
      for (const { kind, place: at, bits } of changes) {
        if (kind === 'flip' && at < bytes.length) bytes[at]! ^= bits;
        if (kind === 'cut') bytes = Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + 1 + bits)]);
        if (kind === 'insert')
          bytes = Buffer.concat([bytes.subarray(0, at), Buffer.from([bits]), bytes.subarray(at)]);
      }
      await writeFile(path, bytes);
      const said = await outcome(path);
      expect(said).toMatch(/^read$|[.?]$/);
    }),
    { numRuns: Number(process.env['FUZZ'] ?? 60), seed: 20_160 },
  );
}, 120_000);
