import { spawnSync } from 'node:child_process';
import { Command } from 'commander';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { addInput } from '../../src/cli/options.ts';
import {
  commandOf,
  commandOfDraft,
  defineCommand,
  readOptions,
  wordsOf,
} from '../../src/commandLine/commandLine.ts';
import type { CommandLine } from '../../src/commandLine/commandLine.ts';
import { checkCommand, makeCommand, packCommand } from '../../src/commandLine/data.ts';
import { demoCommand } from '../../src/commandLine/demo.ts';
import { reproduceCommand, sdrCommand, stretchingCommand } from '../../src/commandLine/measuring.ts';
import {
  applyCommand,
  encodeCommand,
  exportCommand,
  modulesCommand,
  sampleCommand,
} from '../../src/commandLine/models.ts';
import { listRunsCommand, resumeCommand, showRunCommand, trainCommand } from '../../src/commandLine/runs.ts';
import {
  fig2Command,
  fig3aCommand,
  fig3bCommand,
  propositionCommand,
  theoryAllCommand,
} from '../../src/commandLine/theory.ts';
import { seedList, seedWords, shellWord } from '../../src/commandLine/typed.ts';
import {
  dcganHyperParametersSchema,
  defaultCrops,
  vaeHyperParametersSchema,
} from '../../src/contract/hyperParameters.ts';
import { trainRequestSchema } from '../../src/contract/runs.ts';
import { arbitraryOf } from '../setup/arbitraryInput.ts';

/** The input that the parser of the real command line makes of these words. */
async function typed(command: CommandLine<unknown, unknown>, words: readonly string[]): Promise<unknown> {
  let input: unknown;
  const parser = new Command().exitOverride().configureOutput({ writeErr: () => undefined });
  addInput(parser, command, (asked) => {
    input = asked;
    return Promise.resolve();
  });
  await parser.parseAsync(words.slice(command.words.split(' ').length), { from: 'user' });
  return input;
}

const commands = [
  ...[makeCommand, checkCommand, packCommand, demoCommand, sdrCommand, stretchingCommand],
  ...[reproduceCommand, sampleCommand, encodeCommand, applyCommand, modulesCommand],
  ...[resumeCommand, showRunCommand, listRunsCommand, propositionCommand, theoryAllCommand],
] as const;

async function comesBack(
  command: CommandLine<unknown, unknown>,
  inputs: fc.Arbitrary<object>,
): Promise<void> {
  await fc.assert(
    // A name of spaces alone is none, once they are taken off.
    fc.asyncProperty(
      inputs.filter((one) => command.schema.safeParse(one).success),
      async (input) => {
        expect(await typed(command, wordsOf(command, input))).toEqual(command.schema.parse(input));
      },
    ),
    { numRuns: 60 },
  );
}

function objects(schema: unknown): fc.Arbitrary<object> {
  return arbitraryOf(schema).map((made) => {
    if (typeof made !== 'object' || made === null) throw new TypeError('the input of a command is an object');
    return made;
  });
}

describe('a command is the input written out', () => {
  it.each(commands.map((command) => [command.words, command] as const))(
    '%s: what was written is read as the same input',
    async (_, command) => {
      await comesBack(command, objects(command.schema));
    },
  );

  it('export, where a switch that is off is no word', async () => {
    const inputs = objects(exportCommand.schema).map((input) =>
      Object.fromEntries(Object.entries(input).filter((entry) => String(entry) !== 'heldOut,false')),
    );
    await comesBack(exportCommand, inputs);
  });

  it.each([fig2Command, fig3aCommand, fig3bCommand])(
    'a figure of the theory, which the command line writes into a folder of its own choice: %#',
    async (command) => {
      const inputs = objects(command.schema).map((input) => ({ out: 'theory', ...input }));
      await comesBack(command, inputs);
    },
  );

  it('train: settings of either model, and the crop of its base code by leaving it out', async () => {
    const models = { vae: vaeHyperParametersSchema, dcgan: dcganHyperParametersSchema };
    for (const model of ['vae', 'dcgan'] as const) {
      const schema = trainRequestSchema.extend({
        model: z.literal(model),
        crop: trainRequestSchema.shape.crop.unwrap().exclude([defaultCrops[model]]).optional(),
        hyperParameters: models[model].partial(),
      });
      await comesBack(trainCommand, objects(schema));
    }
    const request = { data: 'faces', steps: 9, model: 'dcgan', crop: 'dcgan' } as const;
    expect(commandOf(trainCommand, request)).toBe('extrapolate train --data faces --steps 9 --model dcgan');
  });

  it('a shell gives each word back as it was', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.string({ unit: 'grapheme' }).filter((text) => !text.includes('\0')),
          { minLength: 1, maxLength: 40 },
        ),
        (words) => {
          const { stdout } = spawnSync('sh', ['-c', `printf '%s\\0' ${words.map(shellWord).join(' ')}`]);
          expect(stdout.toString().split('\0').slice(0, -1)).toEqual(words);
        },
      ),
      { numRuns: 10 },
    );
  });

  it('reads seeds as the list that wrote them', () => {
    fc.assert(
      fc.property(fc.array(fc.nat({ max: 40 }), { minLength: 1 }), (seeds) => {
        expect(seedList(seedWords(seeds))).toEqual(seeds);
      }),
    );
    expect(seedWords([1, 2, 3, 9, 5, 6])).toBe('1-3,9,5-6');
    const many = Array.from({ length: 10_001 }, (_, index) => index);
    expect(seedList(seedWords(many))).toEqual(many);
  });
});

describe('what pages show', () => {
  it('leaves defaults out, but for what is to be spelled, in the order of the input', () => {
    expect([
      commandOf(listRunsCommand, {}),
      commandOf(sampleCommand, { run: 'runs/my faces', step: 40, seeds: [7, 8, 9] }, ['out']),
      commandOf(modulesCommand, { run: 'bundled', step: 9, level: 'fine' }, ['level', 'pairs', 'out']),
      commandOf(stretchingCommand, { runs: ['a', 'b c'], axis: 'vertical', factor: 1.5 }),
      commandOf(modulesCommand, { run: 'a', hairGate: 'painting' }),
      commandOf(makeCommand, { out: 'faces', count: 8000, hard: true }),
      commandOf(fig3aCommand, {
        parameters: {
          starts: [
            [1, 0.2],
            [3, 4],
          ],
          noise: 0.5,
        },
      }),
    ]).toEqual([
      'extrapolate runs ls',
      "extrapolate sample 'runs/my faces' --step 40 --seeds 7-9 --out samples.png",
      'extrapolate modules bundled --step 9 --level fine --pairs 64 --out modules',
      "extrapolate analyse stretching a 'b c' --axis vertical",
      'extrapolate modules a --hair-gate painting',
      'extrapolate data make --out faces --hard',
      "extrapolate theory fig3a --starts '1,0.2 3,4'",
    ]);
  });

  it('says what is still to be given', () => {
    expect(commandOf(exportCommand, { run: 'a', recipes: ['x', 'y z'] })).toBe(
      "extrapolate export a --recipe x 'y z' --count N --out FOLDER",
    );
    expect(
      commandOfDraft(trainCommand, { data: '', steps: '', seed: '', hyperParameters: { width: '' } }),
    ).toBe('extrapolate train --data FOLDER --steps N');
  });
});

describe('options that break a rule', () => {
  it.each([
    [sdrCommand, { runs: ['a'], samples: 5 }, /^--samples must be 16 or more \(given: 5\)\. "--help" lists/],
    [exportCommand, { run: 'a', count: 0, out: 'o' }, /^--count must be 1 or more \(given: 0\)/],
    [exportCommand, { run: 'a', count: 1, out: 'o', test: 0.9 }, /^--test must be 0\.5 or less/],
    [showRunCommand, { run: '' }, /^<run> must not be empty/],
    [fig3aCommand, { starts: [[1, -2]] }, /^--starts must be above 0 \(given: -2\)/],
    [
      trainCommand,
      { data: 'f', steps: 5, spectral: true, spectralCap: 2 },
      /^--spectral-cap must be 0\.5 or less/,
    ],
    [trainCommand, { data: 'f', steps: 5, run: '' }, /^--run must not be empty/],
    [trainCommand, { data: 'f', steps: 5, model: 'dcgan', klWeight: 1 }, /^--kl-weight: a dcgan has no such/],
    [trainCommand, { data: 'f', steps: 5, width: 1 }, /^--width must be 2 or more/],
    [applyCommand, { run: 'a', recipe: 'r' }, /^Give either --seeds LIST or --images PATH\.$/],
    [applyCommand, { run: 'a', recipe: 'r', seeds: [1], images: 'p' }, /^Give either --seeds/],
  ] as const)('are named in a sentence: %#', (command: CommandLine<unknown, unknown>, given, sentence) => {
    expect(() => readOptions(command, given)).toThrow(sentence);
    expect(() => readOptions(command, given)).toThrow(expect.objectContaining({ code: 'wrong-usage' }));
  });

  it('an option that asks for nothing in the contract is a fault of the program', () => {
    const schema = z.strictObject({ out: z.string() });
    expect(() => defineCommand(schema, { words: 'x', options: { ouz: {} } })).toThrow(TypeError);
    const command = defineCommand(z.object({ out: z.string(), more: z.string().optional() }), {
      words: 'x',
      options: { out: {} },
    });
    expect(() => commandOf(command, { out: 'a', more: 'b' })).toThrow('"x" has no option for more');
  });
});
