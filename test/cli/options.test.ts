import { Command } from 'commander';
import { describe, expect, it } from 'vitest';
import { addInput } from '../../src/cli/options.ts';
import type { CommandLine } from '../../src/commandLine/commandLine.ts';
import { fig2Command, fig3aCommand, fig3bCommand, propositionCommand } from '../../src/commandLine/theory.ts';
import {
  fig2ParametersSchema,
  fig3aParametersSchema,
  fig3bParametersSchema,
  propositionParametersSchema,
} from '../../src/contract/theory.ts';

interface Made {
  parameters: object;
}

async function parsed(words: CommandLine<Made, unknown>, args: readonly string[]): Promise<unknown> {
  let parameters: unknown;
  const command = new Command().exitOverride().configureOutput({ writeErr: () => undefined });
  addInput(command, words, (input) => {
    parameters = input.parameters;
    return Promise.resolve();
  });
  await command.parseAsync([...args], { from: 'user' });
  return parameters;
}

function shown(words: CommandLine<unknown, unknown>): Command {
  return addInput(new Command(), words, () => Promise.resolve());
}

describe('options made of a schema', () => {
  it.each([
    [fig2Command, fig2ParametersSchema],
    [fig3aCommand, fig3aParametersSchema],
    [fig3bCommand, fig3bParametersSchema],
    [propositionCommand, propositionParametersSchema.omit({ number: true })],
  ] as const)('every parameter is an option with a meaning, and with its default: %#', (words, schema) => {
    const command = shown(words);
    const names = command.options.map((option) => option.attributeName());
    expect(names).toEqual(['out', ...Object.keys(schema.shape)]);
    for (const option of command.options) expect(option.description).toMatch(/^[^(]{3}/);
  });

  it('without options gives the defaults of the contract', async () => {
    expect(await parsed(fig2Command, [])).toEqual(fig2ParametersSchema.parse({}));
    expect(await parsed(fig3aCommand, [])).toEqual(fig3aParametersSchema.parse({}));
  });

  it('reads numbers, names, pairs and lists', async () => {
    expect(await parsed(fig2Command, ['--dimension', '1', '--solution', 'random'])).toMatchObject({
      dimension: 1,
      solution: 'random',
    });
    const args = ['--starts', '3,0.2 0.5,1e-1', '--variants', 'sgd,alternating', '--chain-start', '1,2'];
    expect(await parsed(fig3aCommand, args)).toMatchObject({
      starts: [
        [3, 0.2],
        [0.5, 0.1],
      ],
      variants: ['sgd', 'alternating'],
      chainStart: [1, 2],
    });
  });

  it('shows a default as it would be typed', () => {
    const command = shown(fig3aCommand);
    const words = Object.fromEntries(
      command.options.map((option) => [option.attributeName(), option.description]),
    );
    expect(words['starts']).toContain('(default: "2,0.2 0.2,2 2.5,1.5 0.3,0.1")');
    expect(words['variants']).toContain('(default: sgd,asynchronous,gauss-seidel)');
  });

  it.each([
    [fig2Command, ['--size', '5'], /--size must be 11 or more \(given: 5\)/],
    [fig2Command, ['--dimension', '3'], /"3" is not one of 1, 2/],
    [fig3aCommand, ['--starts', '1,-2'], /--starts must be above 0 \(given: -2\)/],
    [fig3aCommand, ['--starts', '1,b'], /"b" is not a number/],
    [fig3aCommand, ['--steps', '1.5'], /"1.5" is not a whole number/],
    [fig3aCommand, ['--variants', 'sgd,adam'], /"adam" is not one of sgd, /],
  ] as const)('refuses what breaks a rule, naming the option: %#', async (words, args, sentence) => {
    await expect(parsed(words, args)).rejects.toThrow(sentence);
  });
});
