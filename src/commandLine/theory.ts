import type { z } from 'zod';
import {
  fig2ParametersSchema,
  fig3aParametersSchema,
  fig3bParametersSchema,
  propositionParametersSchema,
  theoryContract,
} from '../contract/theory.ts';
import { defineCommand, inputOf } from './commandLine.ts';
import type { OptionWords } from './commandLine.ts';
import { entryAt, kindOf } from './schemaEntries.ts';
import { propositionNumber, valueAsTyped } from './typed.ts';

/** Commands of the toy figures and propositions: every parameter is an option with the contract's meaning. */

function parameterOptions(schema: z.ZodObject, left: readonly string[] = []): Record<string, OptionWords> {
  const names = Object.keys(schema.shape).filter((name) => !left.includes(name));
  return Object.fromEntries(
    names.map((name) => {
      const { inner, preset, meaning = '' } = entryAt(schema, name);
      const { choices } = kindOf(inner);
      const chosen = choices === undefined ? '' : ` (choices: ${choices.join(', ')})`;
      const shown = preset === undefined ? '' : ` (default: ${presetInHelp(preset)})`;
      return [name, { at: `parameters.${name}`, means: `${meaning}${chosen}${shown}`, saysAll: true }];
    }),
  );
}

/** A default as it would be typed, a list of pairs as one word. */
function presetInHelp(preset: unknown): string {
  const typed = valueAsTyped(preset);
  return typed.includes(' ') ? `"${typed}"` : typed;
}

const out: OptionWords = {
  takes: '<folder>',
  means: 'where the picture (SVG, PNG) and the numbers (CSV, JSON) are written',
  preset: 'theory',
};

export const fig2Command = defineCommand(inputOf(theoryContract.fig2), {
  words: 'theory fig2',
  options: { out, ...parameterOptions(fig2ParametersSchema) },
});

export const fig3aCommand = defineCommand(inputOf(theoryContract.fig3a), {
  words: 'theory fig3a',
  options: { out, ...parameterOptions(fig3aParametersSchema) },
});

export const fig3bCommand = defineCommand(inputOf(theoryContract.fig3b), {
  words: 'theory fig3b',
  options: { out, ...parameterOptions(fig3bParametersSchema) },
});

export const propositionCommand = defineCommand(inputOf(theoryContract.proposition), {
  words: 'theory prop',
  argument: {
    name: 'number',
    at: 'parameters.number',
    takes: '<number>',
    means: 'which one, 1 to 9',
    read: propositionNumber,
  },
  options: {
    out: { takes: '<folder>', means: 'write a page, the CSV and the JSON there' },
    ...parameterOptions(propositionParametersSchema, ['number']),
  },
});

export const theoryAllCommand = defineCommand(inputOf(theoryContract.all), {
  words: 'theory all',
  options: {
    out: { takes: '<folder>', means: 'where everything is written', preset: 'theory' },
    seed: {},
  },
});
