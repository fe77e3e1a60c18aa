import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Command, CommanderError } from 'commander';
import fc from 'fast-check';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { z } from 'zod';
import { addInput } from '../../src/cli/options.ts';
import { checkCommand, makeCommand, packCommand } from '../../src/commandLine/data.ts';
import type { CommandLine } from '../../src/commandLine/commandLine.ts';
import { reproduceCommand, sdrCommand } from '../../src/commandLine/measuring.ts';
import { applyCommand, exportCommand, modulesCommand, sampleCommand } from '../../src/commandLine/models.ts';
import { resumeCommand, showRunCommand, trainCommand } from '../../src/commandLine/runs.ts';
import { contract } from '../../src/contract/contract.ts';
import { StudioError } from '../../src/contract/errors.ts';
import { checkpointStateSchema, runFileSchema, statusFileSchema } from '../../src/contract/runFiles.ts';
import {
  celebaAttributes,
  formatTable,
  parsePartition,
  parseTable,
} from '../../src/engine/data/celebaLists.ts';
import { decodeCrop, decoderReason, jpegSquare } from '../../src/engine/data/decode.ts';
import { readRecipe, writeRecipe } from '../../src/engine/interventions/readRecipe.ts';
import { decodeSafetensors, encodeSafetensors } from '../../src/engine/models/safetensors.ts';
import { parseLock } from '../../src/engine/files/lockFile.ts';
import { metricsOf } from '../../src/engine/runs/metricsFile.ts';
import { readJson } from '../../src/engine/runs/runFolder.ts';
import { formulaPicture } from '../engine/data/pictures.ts';
import { temporaryFolder, tinyModel } from '../setup/tinyTraining.ts';
import { mutated, mutations } from './files/mutations.ts';

const isSoak = process.env['EXTRAPOLATION_SOAK'] === '1';
/** Fixed, so that a test says the same each time; the soak goes on where the short form ends. */
const seed = 20_261;
const longest = 5000;
const mostGrowth = 2 ** 30;
let tried = 0;
let peakBefore = 0;
/** The most memory that this process has had so far, in bytes. */
const peak = (): number => process.resourceUsage().maxRSS * 1024;

let place: Awaited<ReturnType<typeof temporaryFolder>>;
beforeAll(async () => {
  place = await temporaryFolder();
  peakBefore = peak();
});
afterAll(async () => {
  const grown = Math.round((peak() - peakBefore) / 1e6);
  process.stdout.write(
    `fuzz: ${tried} inputs, none crashed or took over ${longest / 1000} s; memory grew by ${grown} MB at its peak\n`,
  );
  await place.remove();
});

/** Tries inputs; each ends well, or in an error that `isKnown`, and soon. */
async function tryAll<T>(
  inputs: fc.Arbitrary<T>,
  counts: { short: number; soak: number },
  use: (input: T) => unknown,
  isKnown: (error: unknown) => boolean = (error) =>
    error instanceof StudioError && /[.?]$/.test(error.message),
): Promise<void> {
  const numRuns = isSoak ? counts.soak : counts.short;
  const property = fc.asyncProperty(inputs, async (input) => {
    tried += 1;
    const begun = performance.now();
    try {
      await use(input);
    } catch (error) {
      if (!isKnown(error)) throw error;
    }
    expect(performance.now() - begun).toBeLessThan(longest);
    expect(peak() - peakBefore).toBeLessThan(mostGrowth);
  });
  await fc.assert(property, { seed, numRuns, endOnFailure: true });
}

const files = { short: 400, soak: 20_000 };

it.each(['jpeg', 'png', 'webp', 'tiff', 'gif'] as const)(
  'pictures: %s',
  { timeout: 3_600_000 },
  async (format) => {
    const { pixels, width, height } = formulaPicture();
    const picture = sharp(pixels, { raw: { width, height, channels: 3 } });
    const bytes = await picture.resize(48, 40)[format]().toBuffer();
    await tryAll(
      mutations(Math.min(1, 400 / bytes.length)),
      { short: 200, soak: 10_000 },
      async (changes) => {
        const made = mutated(bytes, changes);
        jpegSquare(made, 'vae');
        expect((await decodeCrop(made, 'vae', 64)).pixels).toHaveLength(64 * 64 * 3);
      },
      (error) => !(error instanceof TypeError || error instanceof RangeError) && decoderReason(error) !== '',
    );
  },
);

it('CelebA’s lists', { timeout: 3_600_000 }, async () => {
  const rows = [1, 2, 3, 4].map(
    (number) => [`00000${number}.jpg`, celebaAttributes.map(() => 1 - 2 * (number % 2))] as const,
  );
  const table = Buffer.from(formatTable(celebaAttributes, rows, 2));
  const parts = Buffer.from('000001.jpg 0\n000002.jpg 1\n000003.jpg 2\n');
  await tryAll(mutations(0.01), files, (changes) =>
    parseTable(mutated(table, changes).toString(), 'list.txt'),
  );
  await tryAll(mutations(), files, (changes) =>
    parsePartition(mutated(parts, changes).toString(), 'list.txt'),
  );
  const counts = fc.tuple(fc.bigInt({ min: 0n, max: 10n ** 40n }), fc.constantFrom('\n', ' ', '\r\n'));
  await tryAll(counts, files, ([count, end]) => parseTable(`${count}${end}a b\nx.jpg 1 2\n`, 'list.txt'));
});

it('headers of safetensors', { timeout: 3_600_000 }, async () => {
  const arrays = new Map([
    ['decoder.kernel', { shape: [2, 3], data: Float32Array.from([1, 2, 3, 4, 5, 6]) }],
    ['decoder.bias', { shape: [3], data: Float32Array.from([1, 2, 3]) }],
  ]);
  const bytes = encodeSafetensors(arrays);
  await tryAll(mutations(0.8), { short: 600, soak: 40_000 }, (changes) =>
    decodeSafetensors(mutated(bytes, changes), 'weights.safetensors'),
  );
});

it('recipes', { timeout: 3_600_000 }, async () => {
  const text = Buffer.from(
    writeRecipe({
      version: 1,
      name: 'hair',
      steps: [
        {
          kind: 'fluoHair',
          channels: [1, 2],
          map: { kind: 'target', colour: [1, 0, 1], strength: 1 },
          enabled: true,
        },
        { kind: 'stretch', level: 'fine', axis: 'vertical', factor: 2, enabled: true },
      ],
    }),
  );
  await tryAll(mutations(), files, (changes) => readRecipe(mutated(text, changes).toString(), 'hair.json'));
  await tryAll(fc.json(), files, (json) => readRecipe(json, 'hair.json'));
});

it('files of a run', { timeout: 3_600_000 }, async () => {
  const sha = 'a'.repeat(64);
  const state = {
    version: 1,
    step: 3,
    optimizerStep: 3,
    seed: 1,
    epoch: 0,
    sha256: { weights: sha, optimizer: sha },
  };
  const run = {
    ...{
      version: 1,
      id: 'a',
      createdAt: '2026-01-01T00:00:00.000Z',
      seed: 1,
      steps: 5,
      checkpointEvery: 2,
      measureEvery: 1,
    },
    model: { kind: 'vae', preset: 'compact', hyperParameters: tinyModel },
    data: { folder: '/faces', crop: 'vae', size: 64, key: 'k', trainingImages: 9 },
    ...{
      tensorboard: false,
      spectral: null,
      versions: { studio: '0', tensorflow: '0', tfjs: '0', node: '0' },
    },
    device: { kind: 'cpu', intraOpThreads: 1, interOpThreads: 1 },
  };
  const status = {
    ...{
      version: 1,
      phase: 'training',
      step: 3,
      steps: 5,
      stepsPerSecond: 1,
      etaSeconds: 2,
      pid: 3,
      host: 'here',
    },
    ...{ heartbeat: '2026-01-01T00:00:00.000Z', memory: 1, error: null },
  };
  const kinds = [
    [run, runFileSchema],
    [status, statusFileSchema],
    [state, checkpointStateSchema],
  ] as const;
  for (const [value, schema] of kinds) {
    schema.parse(value);
    const bytes = Buffer.from(JSON.stringify(value));
    const file = join(place.folder, 'file.json');
    await tryAll(mutations(), { short: 200, soak: 10_000 }, async (changes) => {
      await writeFile(file, mutated(bytes, changes));
      await readJson<unknown>(file, schema);
    });
  }
  const lines = Buffer.from(
    '{"step":1,"seconds":0.1,"values":{"loss":1}}\n{"step":2,"seconds":0.2,"values":{"loss":0.5}}\n',
  );
  await tryAll(mutations(), files, (changes) => metricsOf(mutated(lines, changes).toString()));
  const lock = Buffer.from('{"pid":3,"host":"a","startedAt":"2026-01-01T00:00:00.000Z"}');
  await tryAll(mutations(), files, (changes) => parseLock(mutated(lock, changes).toString()));
});

it('words of commands', { timeout: 3_600_000 }, async () => {
  const commands: CommandLine<unknown, unknown>[] = [
    ...[makeCommand, checkCommand, packCommand, sdrCommand, reproduceCommand, applyCommand, exportCommand],
    ...[modulesCommand, sampleCommand, resumeCommand, showRunCommand, trainCommand],
  ];
  const flags = commands.flatMap(({ options }) =>
    options.map(({ name }) => `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`),
  );
  const value = fc.oneof(
    fc.string({ unit: 'grapheme', maxLength: 20 }),
    fc.double().map(String),
    fc.constantFrom(
      '-1',
      '0',
      '1e400',
      '0x10',
      '1-99999999',
      '1,2,,3',
      'NaN',
      '--',
      '-',
      '',
      '1..3',
      '#ff00zz',
    ),
  );
  const words = fc.array(fc.oneof(fc.constantFrom(...flags), value), { maxLength: 10 });
  await tryAll(
    fc.tuple(fc.constantFrom(...commands), words),
    { short: 500, soak: 20_000 },
    async ([command, asked]) => {
      const parser = new Command()
        .exitOverride()
        .configureOutput({ writeErr: () => undefined, writeOut: () => undefined });
      addInput(parser, command, () => Promise.resolve());
      await parser.parseAsync(asked, { from: 'user' });
    },
    (error) => error instanceof StudioError || error instanceof CommanderError,
  );
});

/** The schemas of every method's input. */
function inputsOf(part: object): z.ZodType[] {
  if ('~orpc' in part) {
    const { inputSchema } = part['~orpc'] as { inputSchema?: z.ZodType };
    return inputSchema === undefined ? [] : [inputSchema];
  }
  return Object.values(part).flatMap(inputsOf);
}

it('inputs of every method', { timeout: 3_600_000 }, async () => {
  const schemas = inputsOf(contract);
  expect(schemas.length).toBeGreaterThan(50);
  const names = schemas.flatMap((schema) => (schema instanceof z.ZodObject ? Object.keys(schema.shape) : []));
  const leaf = fc.oneof(
    fc.jsonValue({ maxDepth: 3 }),
    fc.constantFrom(-1, 1e308, NaN, Infinity, 2 ** 53, -0, '', '__proto__', null, undefined),
    fc.double(),
    fc.bigInt(),
  );
  const input = fc.oneof(leaf, fc.dictionary(fc.constantFrom(...names), leaf, { maxKeys: 12 }));
  await tryAll(
    fc.tuple(fc.constantFrom(...schemas), input),
    { short: 2000, soak: 60_000 },
    ([schema, value]) => schema.safeParse(value).success,
    () => false,
  );
});
