import { InvalidArgumentError } from 'commander';
import type { Command } from 'commander';
import { z } from 'zod';
import { fig2ParametersSchema, fig3aParametersSchema, fig3bParametersSchema, propositionParametersSchema } from '../../contract/theory.ts';
import { openTheory } from '../../engine/engine.ts';
import { wholeNumber } from '../arguments.ts';
import { addSchemaOptions, readSchemaOptions } from '../schemaOptions.ts';
import type { Surroundings } from '../surroundings.ts';
import type { Terminal } from '../terminal.ts';
import { watchLong } from '../watchLong.ts';
import { linesOfAll, linesOfFig2, linesOfFig3a, linesOfFig3b, linesOfProposition } from './theoryLines.ts';

const outSchema = z.object({ out: z.string() });

const examples = `
Examples:
  extrapolate theory all --out theory
  extrapolate theory fig2 --dimension 1 --solution random
  extrapolate theory fig3a --starts "3,0.2 0.5,0.1" --variants sgd
  extrapolate theory fig3b --start equal-norms --spectral both
  extrapolate theory prop 6`;

export function addTheoryCommand(program: Command, surroundings: Surroundings): void {
  const theory = program
    .command('theory')
    .description('the paper’s models, propositions and toy figures, computed; needs no TensorFlow')
    .addHelpText('after', examples);
  addFigures(theory, surroundings);
  addPropositions(theory, surroundings);
}

/** What every part ends with: the lines of its numbers, what they say, and where the files are. */
function show(
  terminal: Terminal,
  lines: readonly string[],
  made: { readonly result: unknown; readonly findings: readonly string[]; readonly files: readonly string[] },
): void {
  const files = made.files.length === 0 ? [] : ['', ...made.files];
  terminal.result([...lines, '', ...made.findings, ...files], made);
}

function addFigures(theory: Command, { terminal }: Surroundings): void {
  const out = [
    '--out <folder>',
    'where the picture (SVG, PNG) and the numbers (CSV, JSON) are written',
  ] as const;

  const fig2 = theory
    .command('fig2')
    .description('two solutions that make one picture, until it is stretched')
    .option(...out, 'theory');
  addSchemaOptions(fig2, fig2ParametersSchema);
  fig2.action(async (raw: Record<string, unknown>) => {
    const parameters = readSchemaOptions(fig2ParametersSchema, raw);
    const made = await (await openTheory()).fig2({ parameters, ...outSchema.parse(raw) });
    show(terminal, linesOfFig2(made.result), made);
  });

  const fig3a = theory
    .command('fig3a')
    .description('where gradient flow, SGD and asynchronous SGD end on ab = c')
    .option(...out, 'theory');
  addSchemaOptions(fig3a, fig3aParametersSchema);
  fig3a.action(async (raw: Record<string, unknown>) => {
    const parameters = readSchemaOptions(fig3aParametersSchema, raw);
    const made = await (await openTheory()).fig3a({ parameters, ...outSchema.parse(raw) });
    show(terminal, linesOfFig3a(made.result), made);
  });

  const fig3b = theory
    .command('fig3b')
    .description('the drift of Fourier coefficients in training, with or without the step of equation (13)')
    .option(...out, 'theory');
  addSchemaOptions(fig3b, fig3bParametersSchema);
  fig3b.action(async (raw: Record<string, unknown>) => {
    const parameters = readSchemaOptions(fig3bParametersSchema, raw);
    const made = await (await openTheory()).fig3b({ parameters, ...outSchema.parse(raw) });
    show(terminal, linesOfFig3b(made.result), made);
  });
}

function propositionNumber(text: string): number {
  if (!/^[1-9]$/.test(text))
    throw new InvalidArgumentError(`The paper has the propositions 1 to 9, not "${text}".`);
  return Number(text);
}

function addPropositions(theory: Command, { terminal, signal }: Surroundings): void {
  const prop = theory
    .command('prop')
    .description('a proposition tested by numbers: what it predicts, what was measured, what it needs')
    .argument('<number>', 'which one, 1 to 9', propositionNumber)
    .option('--out <folder>', 'write a page, the CSV and the JSON there');
  addSchemaOptions(prop, propositionParametersSchema, ['number']);
  prop.action(async (number: number, raw: Record<string, unknown>) => {
    const parameters = readSchemaOptions(propositionParametersSchema, { ...raw, number });
    const made = await (await openTheory()).proposition({ parameters, ...outSchema.partial().parse(raw) });
    show(terminal, linesOfProposition(made.result), made);
  });

  theory
    .command('all')
    .description('every figure and proposition with the default options, and what equation (13) protects')
    .option('--out <folder>', 'where everything is written', 'theory')
    .option('--seed <n>', 'seed of the random numbers', wholeNumber, 1)
    .action(async (raw: unknown) => {
      const input = outSchema.extend({ seed: z.number() }).parse(raw);
      const made = await watchLong(terminal, (await openTheory()).all(input, { signal }));
      const lines = [
        ...linesOfAll(made.propositions),
        '',
        ...made.findings.map((finding) => `- ${finding}`),
        '',
        `${made.files.length} files in ${made.folder}`,
      ];
      terminal.result(lines, made);
    });
}
