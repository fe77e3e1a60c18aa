import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { runFileSchema } from '../../src/contract/runFiles.ts';
import type { ImportedEncoder } from '../../src/contract/importedEncoder.ts';
import { closeModels } from '../../src/engine/session/modelPool.ts';
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
