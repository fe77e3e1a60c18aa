import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { runFileSchema } from '../../src/contract/runFiles.ts';
import { modelProto } from '../../src/engine/exchange/onnxSchema.ts';
import { closeModels } from '../../src/engine/session/modelPool.ts';
import { runCommand } from '../setup/runCommand.ts';

/**
 * Generators of PyTorch (test/oracles/importedModels.py) as runs, and all that is done with a run. Small ones lack the first levels:
 * `first` and `second` are the ones that a recipe works at in place of coarse and intermediate.
 */

const generators = [
  {
    ...{ name: 'dcgan', size: 64, first: 'coarse', second: 'intermediate' },
    levels: ['coarse', 'intermediate', 'fine', 'image'],
  },
  {
    ...{ name: 'vae', size: 64, first: 'coarse', second: 'intermediate' },
    levels: ['coarse', 'intermediate', 'fine', 'image'],
  },
  {
    ...{ name: 'dcgan32', size: 32, first: 'intermediate', second: 'intermediate' },
    levels: ['intermediate', 'fine', 'image'],
  },
  { name: 'grey28', size: 28, first: 'fine', second: 'fine', levels: ['fine', 'image'] },
];

const imported = join('test', 'oracles', 'imported');
let folder: string;
let before: string | undefined;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'extrapolation-test-'));
  before = process.env['EXTRAPOLATION_RUNS'];
  process.env['EXTRAPOLATION_RUNS'] = join(folder, 'runs');
});
afterEach(() => closeModels());
afterAll(async () => {
  if (before === undefined) delete process.env['EXTRAPOLATION_RUNS'];
  else process.env['EXTRAPOLATION_RUNS'] = before;
  await rm(folder, { recursive: true, force: true });
});

async function json(path: string): Promise<unknown> {
  return JSON.parse(await readFile(path, 'utf8'));
}

describe.each(generators)('$name of PyTorch', ({ name, size, first, second, levels }) => {
  const run = (): string => join(folder, 'runs', name);

  it('becomes a run, with how far its pictures are from the file’s own', async () => {
    const { code, stdout, stderr } = await runCommand('model', 'import', join(imported, `${name}.onnx`));
    expect(stderr.includes('Traceback') ? stderr : '').toBe('');
    expect(code).toBe(0);
    expect(stdout).toContain(`A generator of ${size} × ${size} pixels from 32 latents is the run in`);
    const { model, data } = runFileSchema.parse(await json(join(run(), 'run.json')));
    if (model.kind !== 'imported') throw new Error(`the run is a ${model.kind}`);
    expect(model.from).toMatchObject({ format: 'onnx', file: `${name}.onnx` });
    expect(model.from.difference).toBeLessThan(1e-5);
    expect(data).toMatchObject({ size, trainingImages: 0 });
    expect((await runCommand('runs', 'ls')).stdout).toContain(name);
  });

  it('is sampled, recoloured and stretched', async () => {
    const recipe = join(folder, 'recipe.json');
    const map = { kind: 'target', colour: [1, 0.1, 0.75], strength: 1.5 };
    const steps = [
      { kind: 'fluoHair', channels: [0, 1], map },
      { kind: 'stretch', level: second, axis: 'horizontal', factor: 1.5 },
      { kind: 'hybridise', level: first, channels: [0], seed: 5 },
    ];
    await writeFile(recipe, JSON.stringify({ version: 1, name: 'all', steps }));
    expect(
      (await runCommand('sample', name, '--seeds', '1-4', '--out', join(folder, `${name}.png`))).code,
    ).toBe(0);
    const out = join(folder, `${name}-applied`);
    expect((await runCommand('apply', name, '--recipe', recipe, '--seeds', '1-2', '--out', out)).code).toBe(
      0,
    );
    expect(existsSync(join(out, 'before-after.png'))).toBe(true);
    const set = join(folder, `${name}-set`);
    const exported = await runCommand('export', name, '--recipe', recipe, '--count', '3', '--out', set);
    expect([exported.code, exported.stderr.includes('cannot')]).toEqual([0, false]);
  });

  it('has spectra with baselines, stretching errors and modules', async () => {
    const out = join(folder, `${name}-sdr`);
    const { code, stdout } = await runCommand('analyse', 'sdr', name, '--samples', '64', '--out', out);
    expect(code).toBe(0);
    expect(stdout).toContain('No encoder came with this generator.');
    const measured = [...stdout.matchAll(/generator (coarse|intermediate|fine|image) /g)];
    expect(measured.map(([, level]) => level)).toEqual(levels);
    expect(
      (await runCommand('analyse', 'stretching', name, '--samples', '16', '--out', `${out}-s`)).code,
    ).toBe(0);
    expect(
      (await runCommand('modules', name, '--pairs', '8', '--out', join(folder, `${name}-modules`))).code,
    ).toBe(0);
  });

  it('is written as ONNX again, with a recipe, and read back', async () => {
    const out = join(folder, `${name}-onnx`);
    const recipe = ['--recipe', join(folder, 'recipe.json')];
    const { code, stderr } = await runCommand(
      'model',
      'export',
      name,
      '--format',
      'onnx',
      ...recipe,
      '--out',
      out,
    );
    expect([code, stderr]).toEqual([0, expect.not.stringContaining('cannot')]);
    expect(await readFile(join(out, 'README.md'), 'utf8')).toContain(`imported from ${name}.onnx`);
    // Written without a recipe, it is a generator that is read here, and draws the same.
    await runCommand('model', 'export', name, '--format', 'onnx', '--out', `${out}-plain`);
    const again = join(folder, 'runs', `${name}-again`);
    expect(
      (await runCommand('model', 'import', join(`${out}-plain`, 'decoder.onnx'), '--run', again)).code,
    ).toBe(0);
    const { model } = runFileSchema.parse(await json(join(again, 'run.json')));
    expect(model.kind === 'imported' && model.from.difference! < 1e-5).toBe(true);
  });

  it('is not trained and not written over, and goes out for PyTorch', async () => {
    const again = await runCommand('model', 'import', join(imported, `${name}.onnx`));
    expect([again.code, again.stderr]).toEqual([2, expect.stringContaining('already holds a run')]);
    const trained = await runCommand('train', '--resume', name);
    expect(trained.stderr).toContain(`“${name}” is a generator that was imported from ${name}.onnx`);
    const out = await runCommand(
      'model',
      'export',
      name,
      '--format',
      'torch',
      '--out',
      join(folder, 'out', name),
    );
    expect([out.code, out.stderr]).toEqual([0, expect.not.stringContaining('cannot')]);
    expect((await readdir(join(folder, 'out', name))).sort()).toEqual([
      ...['README.md', 'config.json', 'model.py', 'weights.safetensors'],
    ]);
  });
});

it('a level that a small generator lacks is refused in a sentence, in a recipe and by name', async () => {
  const recipe = join(folder, 'wide.json');
  const stretch = { kind: 'stretch', level: 'coarse', axis: 'horizontal', factor: 1.5 };
  await writeFile(recipe, JSON.stringify({ version: 1, name: 'wide', steps: [stretch] }));
  const out = join(folder, 'refused');
  const applied = await runCommand('apply', 'dcgan32', '--recipe', recipe, '--seeds', '1', '--out', out);
  expect([applied.code, applied.stderr]).toEqual([
    2,
    expect.stringContaining(
      'Step 1 of the recipe "wide" works at the level coarse, which this model lacks: it has the levels intermediate, fine and image.',
    ),
  ]);
  const found = await runCommand('modules', 'grey28', '--level', 'coarse', '--out', out);
  expect([found.code, found.stderr]).toEqual([
    2,
    expect.stringContaining('This model has no level coarse: it has the levels fine and image.'),
  ]);
  expect(existsSync(out)).toBe(false);
  // A sheet of stretches without a recipe takes the nearest level that there is.
  const axes = ['--rows', 'factor:1,1.5', '--columns', 'seed:1,2', '--out', join(folder, 'sheet.png')];
  expect((await runCommand('sheet', 'grey28', ...axes)).code).toBe(0);
});

it('weights that an ONNX file keeps beside it are read, as PyTorch writes them unless told otherwise', async () => {
  const apart = join(folder, 'apart');
  await mkdir(apart);
  const message = modelProto.decode(await readFile(join(imported, 'dcgan.onnx'))) as unknown as {
    graph: { initializer: Record<string, unknown>[] };
  };
  const pieces: Buffer[] = [];
  let offset = 0;
  for (const tensor of message.graph.initializer) {
    const bytes = Buffer.from(tensor['rawData'] as Uint8Array);
    const entries = { location: 'dcgan.onnx.data', offset: String(offset), length: String(bytes.length) };
    tensor['externalData'] = Object.entries(entries).map(([key, value]) => ({ key, value }));
    tensor['dataLocation'] = 1;
    delete tensor['rawData'];
    pieces.push(bytes);
    offset += bytes.length;
  }
  const path = join(apart, 'dcgan.onnx');
  await writeFile(path, modelProto.encode(message).finish());
  const missing = await runCommand('model', 'import', path, '--run', join(folder, 'runs', 'apart'));
  expect(missing.stderr).toContain('keeps its weights in “dcgan.onnx.data”, which is not beside it');
  await writeFile(join(apart, 'dcgan.onnx.data'), Buffer.concat(pieces));
  expect((await runCommand('model', 'import', path, '--run', join(folder, 'runs', 'apart'))).code).toBe(0);
  const [one, other] = await Promise.all(
    ['apart', 'dcgan'].map((run) => readFile(join(folder, 'runs', run, 'samples', 'step-00000001.png'))),
  );
  expect(one!.equals(other!)).toBe(true);
});
