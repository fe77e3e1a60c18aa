import { Command } from 'commander';
import { describe, expect, it } from 'vitest';
import { addSchemaOptions, readSchemaOptions } from '../../src/cli/schemaOptions.ts';
import { fig2ParametersSchema, fig3aParametersSchema, fig3bParametersSchema, propositionParametersSchema } from '../../src/contract/theory.ts';

function parsed(schema: typeof fig2ParametersSchema | typeof fig3aParametersSchema, args: string[]): unknown {
  const command = new Command().exitOverride().configureOutput({ writeErr: () => undefined });
  addSchemaOptions(command, schema);
  command.parse(args, { from: 'user' });
  return readSchemaOptions(schema, command.opts());
}

describe('options made of a schema', () => {
  it.each([fig2ParametersSchema, fig3aParametersSchema, fig3bParametersSchema, propositionParametersSchema])(
    'every parameter is an option with a meaning, and with its default',
    (schema) => {
      const command = new Command();
      addSchemaOptions(command, schema);
      expect(command.options.map((option) => option.attributeName())).toEqual(Object.keys(schema.shape));
      for (const option of command.options) expect(option.description).toMatch(/^[^(]{3}/);
    },
  );

  it('without options gives the defaults of the contract', () => {
    expect(parsed(fig2ParametersSchema, [])).toEqual(fig2ParametersSchema.parse({}));
    expect(parsed(fig3aParametersSchema, [])).toEqual(fig3aParametersSchema.parse({}));
  });

  it('reads numbers, names, pairs and lists', () => {
    expect(parsed(fig2ParametersSchema, ['--dimension', '1', '--solution', 'random'])).toMatchObject({
      dimension: 1,
      solution: 'random',
    });
    const args = ['--starts', '3,0.2 0.5,1e-1', '--variants', 'sgd,alternating', '--chain-start', '1,2'];
    expect(parsed(fig3aParametersSchema, args)).toMatchObject({
      starts: [
        [3, 0.2],
        [0.5, 0.1],
      ],
      variants: ['sgd', 'alternating'],
      chainStart: [1, 2],
    });
  });

  it('shows a default as it would be typed', () => {
    const command = new Command();
    addSchemaOptions(command, fig3aParametersSchema);
    const words = Object.fromEntries(
      command.options.map((option) => [option.attributeName(), option.description]),
    );
    expect(words['starts']).toContain('(default: "2,0.2 0.2,2 2.5,1.5 0.3,0.1")');
    expect(words['variants']).toContain('(default: sgd,asynchronous,gauss-seidel)');
  });

  it.each([
    [fig2ParametersSchema, ['--size', '5'], /--size: .*>=11 \(given: 5\)/],
    [fig2ParametersSchema, ['--dimension', '3'], /"3" is not one of 1, 2/],
    [fig3aParametersSchema, ['--starts', '1,-2'], /--starts: .*>0 \(given: -2\)/],
    [fig3aParametersSchema, ['--starts', '1,b'], /"b" is not a number/],
    [fig3aParametersSchema, ['--steps', '1.5'], /"1.5" is not a whole number/],
    [fig3aParametersSchema, ['--variants', 'sgd,adam'], /"adam" is not one of sgd, /],
  ] as const)('refuses what breaks a rule, naming the option: %#', (schema, args, sentence) => {
    expect(() => parsed(schema, [...args])).toThrow(sentence);
  });
});
