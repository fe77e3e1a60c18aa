import { existsSync } from 'node:fs';
import { copyFile, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { runFileSchema } from '../../src/contract/runFiles.ts';
import type { ImportedEncoder } from '../../src/contract/importedEncoder.ts';
import { rangeWords } from '../../src/contract/encoderWords.ts';
import { transposed } from '../../src/engine/exchange/channelsFirst.ts';
import type { OnnxGraph, OnnxNode } from '../../src/engine/exchange/onnxModel.ts';
import { decodeOnnx } from '../../src/engine/exchange/readOnnx.ts';
import { encodeOnnx } from '../../src/engine/exchange/writeOnnx.ts';
import { generateImages } from '../../src/engine/models/layeredGenerator.ts';
import { decodeSafetensors } from '../../src/engine/models/safetensors.ts';
import { closeModels, withModel } from '../../src/engine/session/modelPool.ts';
import { requireEncoder } from '../../src/engine/session/openModel.ts';
import { tf } from '../../src/engine/tensorflow/tf.ts';
import type { Tensor4D } from '../../src/engine/tensorflow/tf.ts';
import { say } from '../setup/say.ts';
import { runCommand } from '../setup/runCommand.ts';

/** Encoders that come in with a generator, and all that an encoder is for. */

let folder: string;
let before: string | undefined;
const at = (...parts: string[]): string => join(folder, ...parts);

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'extrapolation-test-'));
  before = process.env['EXTRAPOLATION_RUNS'];
  process.env['EXTRAPOLATION_RUNS'] = at('runs');
  await succeeds('data', 'make', '--out', at('faces'), '--count', '8');
});
afterEach(() => closeModels());
afterAll(async () => {
  if (before === undefined) delete process.env['EXTRAPOLATION_RUNS'];
  else process.env['EXTRAPOLATION_RUNS'] = before;
  await rm(folder, { recursive: true, force: true });
});

async function succeeds(...words: string[]): Promise<string> {
  const { code, stdout, stderr } = await runCommand(...words);
  expect([code, code === 0 ? '' : stderr]).toEqual([0, '']);
  return stdout;
}

const codesSchema = z.object({
  rows: z.array(z.object({ mean: z.array(z.number()), logVariance: z.array(z.number()).optional() })),
});

async function codesOf(run: string): Promise<z.infer<typeof codesSchema>['rows']> {
  await succeeds('encode', run, '--images', at('faces'), '--out', at(`codes-${run}`));
  return codesSchema.parse(JSON.parse(await readFile(at(`codes-${run}`, 'codes.json'), 'utf8'))).rows;
}

async function encoderOf(run: string): Promise<ImportedEncoder | undefined> {
  const { model } = runFileSchema.parse(JSON.parse(await readFile(at('runs', run, 'run.json'), 'utf8')));
  if (model.kind !== 'imported') throw new Error(`the run is a ${model.kind}`);
  return model.encoder;
}

function largest(
  a: readonly (readonly number[] | undefined)[],
  b: readonly (readonly number[] | undefined)[],
): number {
  return Math.max(...a.flatMap((row, at_) => row!.map((value, place) => Math.abs(value - b[at_]![place]!))));
}

describe('the model that comes along, out as ONNX and in again', () => {
  it('has its encoder, which lies beside it, with the same codes of pictures', async () => {
    await succeeds('model', 'export', 'bundled', '--format', 'onnx', '--out', at('onnx'));
    const said = await succeeds('model', 'import', at('onnx', 'decoder.onnx'), '--run', at('runs', 'again'));
    expect(said).toContain('Its encoder is encoder.onnx, for pictures from −1 to 1.');
    const encoder = await encoderOf('again');
    expect(encoder!.from.difference).toBeLessThan(1e-5);
    expect(encoder!.returns.error).toBeLessThan(encoder!.returns.spread / 4);
    const [ours, theirs] = [await codesOf('bundled'), await codesOf('again')];
    expect(
      largest(
        theirs.map(({ mean }) => mean),
        ours.map(({ mean }) => mean),
      ),
    ).toBeLessThan(2e-5);
    expect(
      largest(
        theirs.map(({ logVariance }) => logVariance),
        ours.map(({ logVariance }) => logVariance),
      ),
    ).toBeLessThan(2e-5);
  });

  it('is used on pictures wherever an encoder is', async () => {
    const recipe = at('recipe.json');
    const map = { kind: 'target', colour: [1, 0.1, 0.75], strength: 1.5 };
    const steps = [{ kind: 'fluoHair', channels: [0, 1], map }];
    await writeFile(recipe, JSON.stringify({ version: 1, name: 'one', steps }));
    await succeeds('apply', 'again', '--recipe', recipe, '--images', at('faces'), '--out', at('applied'));
    expect((await readdir(at('applied'))).length).toBe(9);
    // More than there are pictures are draws, for which the log-variance is needed.
    await succeeds(
      ...[
        'export',
        'again',
        '--recipe',
        recipe,
        '--images',
        at('faces'),
        '--count',
        '12',
        '--out',
        at('set'),
      ],
    );
    await succeeds('analyse', 'sdr', 'again', '--samples', '16', '--out', at('sdr'));
  });

  it('goes out once more with its encoder', async () => {
    await succeeds('model', 'export', 'again', '--format', 'onnx', '--out', at('once-more'));
    expect((await readdir(at('once-more'))).sort()).toEqual(['README.md', 'decoder.onnx', 'encoder.onnx']);
    await succeeds('model', 'import', at('once-more', 'decoder.onnx'), '--run', at('runs', 'third'));
    const [first, third] = [await codesOf('again'), await codesOf('third')];
    expect(
      largest(
        third.map(({ mean }) => mean),
        first.map(({ mean }) => mean),
      ),
    ).toBeLessThan(2e-5);
  });
});

/** Two VAEs that PyTorch trained, with its codes of a picture: test/oracles/importedVaes.py. */
describe.each([
  ['unit', join('unit', 'decoder.onnx'), '0..1', true],
  ['signed', 'signed.safetensors', '-1..1', false],
] as const)('a VAE of PyTorch, %s', (name, file, range, isChecked) => {
  const vaes = join('test', 'oracles', 'imported', 'vaes');

  it('comes in with its encoder, which takes pictures in its range', async () => {
    const said = await succeeds('model', 'import', join(vaes, file), '--run', at('runs', name));
    expect(said).toContain(`for pictures from ${rangeWords[range]}.`);
    const encoder = await encoderOf(name);
    expect(encoder!.pictures.range).toBe(range);
    expect(encoder!.logVariance).not.toBeNull();
    if (isChecked) expect(encoder!.from.difference).toBeLessThan(1e-5);
    else expect(encoder!.from.difference).toBeNull();
    expect(encoder!.returns.error).toBeLessThan(encoder!.returns.spread / 2);
  });

  it('has the codes of pictures that PyTorch has, and draws the same of them', async () => {
    const expected = decodeSafetensors(await readFile(join(vaes, `${name}.expected.safetensors`)), name);
    const images = expected.get('images')!;
    const pixels = transposed(images.data, images.shape, [0, 2, 3, 1]);
    const codes = await withModel({ run: name }, ({ model }) => {
      const encoding = requireEncoder(model);
      const made = tf.tidy(() => {
        const taken = tf.tensor4d(pixels.data, [1, 64, 64, 3]).mul<Tensor4D>(2).sub<Tensor4D>(1);
        const { mean, logVariance } = encoding.encode(taken);
        const drawn = generateImages(encoding, mean).add(1).div<Tensor4D>(2).transpose([0, 3, 1, 2]);
        return [mean, logVariance!, drawn].map((tensor) => [...tensor.dataSync<'float32'>()]);
      });
      return Promise.resolve(made);
    });
    const differences = ['mean', 'log_variance', 'reconstructions'].map((each, place) =>
      largest([codes[place]!], [[...expected.get(each)!.data]]),
    );
    say(`${name}: mean ${differences[0]}, log-variance ${differences[1]}, pictures ${differences[2]}`);
    expect(Math.max(...differences)).toBeLessThan(2e-5);
  });
});

describe('an encoder that is of no use gets a sentence', () => {
  const unit = (file: string): string => join('test', 'oracles', 'imported', 'vaes', 'unit', file);

  /** PyTorch's encoder with its graph changed. */
  async function changed(name: string, change: (graph: OnnxGraph) => OnnxGraph): Promise<string> {
    const { graph } = decodeOnnx(await readFile(unit('encoder.onnx')), 'encoder.onnx');
    const bytes = encodeOnnx({
      ...{ irVersion: 8, opset: 17, producer: { name: 'test', version: '0' }, metadata: new Map() },
      graph: change(graph),
    });
    await writeFile(at(name), bytes);
    return at(name);
  }

  async function refusal(encoder: string, ...more: string[]): Promise<string> {
    const words = ['model', 'import', unit('decoder.onnx'), '--encoder', encoder, '--run', at('runs', 'no')];
    const { code, stderr } = await runCommand(...words, ...more);
    expect(code).not.toBe(0);
    expect(existsSync(at('runs', 'no'))).toBe(false);
    return stderr;
  }

  it('of another latent size, or for pictures of another size', async () => {
    expect(await refusal(at('onnx', 'encoder.onnx'))).toContain(
      'of the encoder puts out 64 numbers, and the generator draws pictures from 16 latents',
    );
    const larger = await changed('larger.onnx', (graph) => ({
      ...graph,
      inputs: [{ ...graph.inputs[0]!, shape: ['batch', 3, 128, 128] }],
    }));
    expect(await refusal(larger)).toContain(
      'takes in pictures of 128 × 128 pixels, and the generator draws 64 × 64',
    );
    expect(await refusal(unit('decoder.onnx'))).toMatch(
      /The input “z” of decoder.onnx is .+ Is it an encoder\?/,
    );
  });

  it('with skip connections, unknown nodes, a random draw, a deviation, or a part that is cut off', async () => {
    const skip = await changed('skip.onnx', (graph) => {
      const at_ = graph.nodes.findIndex(({ operator }) => operator === 'Flatten');
      const flat = graph.nodes[at_]!;
      const sum: OnnxNode = {
        ...{ name: 'skip', operator: 'Add', attributes: new Map(), outputs: ['sum'] },
        inputs: [flat.outputs[0]!, flat.outputs[0]!],
      };
      const nodes = graph.nodes.map((node) =>
        node.operator === 'Gemm' ? { ...node, inputs: ['sum', ...node.inputs.slice(1)] } : node,
      );
      return { ...graph, nodes: [...nodes.slice(0, at_ + 1), sum, ...nodes.slice(at_ + 1)] };
    });
    expect(await refusal(skip)).toContain('The node “skip” (Add) joins two paths of the network');
    const odd = await changed('odd.onnx', (graph) => ({
      ...graph,
      nodes: graph.nodes.map((node) =>
        node.operator === 'LeakyRelu' ? { ...node, operator: 'Gelu' } : node,
      ),
    }));
    expect(await refusal(odd)).toMatch(/The node “.+” is of the operator Gelu, which is not understood here/);
    const drawn = await changed('drawn.onnx', (graph) => ({
      ...graph,
      nodes: [
        ...graph.nodes,
        ...[
          { operator: 'RandomNormalLike', inputs: ['mu'], outputs: ['noise'] },
          { operator: 'Add', inputs: ['mu', 'noise'], outputs: ['z'] },
        ].map((node) => ({ ...node, name: node.operator, attributes: new Map() })),
      ],
      outputs: [{ name: 'z', shape: ['batch', 16] }],
    }));
    expect(await refusal(drawn)).toContain('drawn.onnx puts out latents that are drawn at random');
    const deviation = await changed('deviation.onnx', (graph) => ({
      ...graph,
      nodes: graph.nodes.map((node) => ({
        ...node,
        outputs: node.outputs.map((name) => (name === 'logvar' ? 'sigma' : name)),
      })),
      outputs: [graph.outputs[0]!, { ...graph.outputs[1]!, name: 'sigma' }],
    }));
    expect(await refusal(deviation)).toContain('puts out “sigma” (Slice), by its name a deviation');
    await writeFile(at('cut.onnx'), (await readFile(unit('encoder.onnx'))).subarray(0, 50_000));
    expect(await refusal(at('cut.onnx'))).toContain('cut.onnx is not a whole ONNX file');
    expect(await refusal(at('encoder.pth'))).toContain('encoder.pth looks like a Python pickle');
  });

  it('where it only lies there, the generator comes in without it, and that is said', async () => {
    await mkdir(at('beside'));
    await copyFile(unit('decoder.onnx'), at('beside', 'decoder.onnx'));
    await copyFile(at('onnx', 'encoder.onnx'), at('beside', 'encoder.onnx'));
    const said = await succeeds(
      'model',
      'import',
      at('beside', 'decoder.onnx'),
      '--run',
      at('runs', 'alone'),
    );
    expect(said).toContain('The encoder in encoder.onnx is not used: The layer “mean');
    expect(await encoderOf('alone')).toBeUndefined();
    const { stderr } = await runCommand('encode', 'alone', '--images', at('faces'), '--out', at('none'));
    expect(stderr).toContain('has no encoder');
  });

  it('one for pictures in another range is told by the generator’s pictures, and one of another model, too', async () => {
    const asked = ['--encoder-range', '0..255', '--run', at('runs', 'bytes')];
    const said = await succeeds('model', 'import', unit('decoder.onnx'), ...asked);
    expect(said).toContain('The generator’s own pictures do not come back');
  });

  it('one with a mean alone encodes, and cannot draw a picture twice', async () => {
    const mean = await changed('mean.onnx', (graph) => ({ ...graph, outputs: [graph.outputs[0]!] }));
    const said = await succeeds(
      ...['model', 'import', unit('decoder.onnx'), '--encoder', mean, '--run', at('runs', 'mean')],
    );
    expect(said).toContain('which puts out means alone');
    const rows = await codesOf('mean');
    expect(rows.every(({ logVariance }) => logVariance === undefined)).toBe(true);
    const set = ['--images', at('faces'), '--out', at('mean-set')];
    const more = await runCommand('export', 'mean', '--recipe', at('recipe.json'), ...set, '--count', '12');
    expect(more.stderr).toContain('puts out the mean of a picture’s code and no log-variance');
    await succeeds('export', 'mean', '--recipe', at('recipe.json'), ...set, '--count', '8');
  });
});
