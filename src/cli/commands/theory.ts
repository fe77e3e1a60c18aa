import type { Command } from 'commander';
import {
  fig2Command,
  fig3aCommand,
  fig3bCommand,
  propositionCommand,
  theoryAllCommand,
} from '../../commandLine/theory.ts';
import { openTheory } from '../../engine/engine.ts';
import { addInput } from '../options.ts';
import type { Surroundings } from '../surroundings.ts';
import type { Terminal } from '../terminal.ts';
import { watchLong } from '../watchLong.ts';
import { linesOfAll, linesOfFig2, linesOfFig3a, linesOfFig3b, linesOfProposition } from './theoryLines.ts';

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
    .description('compute the paper’s models, propositions and toy figures; needs no TensorFlow')
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
  const fig2 = theory
    .command('fig2')
    .description('two solutions that make one picture, until it is stretched');
  addInput(fig2, fig2Command, async (input) => {
    const made = await (await openTheory()).fig2(input);
    show(terminal, linesOfFig2(made.result), made);
  });

  const fig3a = theory
    .command('fig3a')
    .description('where gradient flow, SGD and asynchronous SGD end on ab = c');
  addInput(fig3a, fig3aCommand, async (input) => {
    const made = await (await openTheory()).fig3a(input);
    show(terminal, linesOfFig3a(made.result), made);
  });

  const fig3b = theory
    .command('fig3b')
    .description('the drift of Fourier coefficients in training, with or without the step of equation (13)');
  addInput(fig3b, fig3bCommand, async (input) => {
    const made = await (await openTheory()).fig3b(input);
    show(terminal, linesOfFig3b(made.result), made);
  });
}

function addPropositions(theory: Command, { terminal, signal }: Surroundings): void {
  const proposition = theory
    .command('prop')
    .description('a proposition tested by numbers: what it predicts, what was measured, what it needs');
  addInput(proposition, propositionCommand, async (input) => {
    const made = await (await openTheory()).proposition(input);
    show(terminal, linesOfProposition(made.result), made);
  });

  const all = theory
    .command('all')
    .description('every figure and proposition with the default options, and what equation (13) protects');
  addInput(all, theoryAllCommand, async (input) => {
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
