import { z } from 'zod';
import { number, numbers, oneOf, seedList, seedWords, valueAsTyped, wholeNumber } from './typed.ts';

/** What the contract says of one entry of an input. */
export interface SchemaEntry {
  /** The schema without its default, and without "optional". */
  readonly inner: z.ZodType;
  readonly preset: unknown;
  readonly isOptional: boolean;
  readonly meaning: string | undefined;
}

/** How a value is typed. */
export interface Kind {
  readonly placeholder: string;
  readonly read: (text: string) => unknown;
  readonly write: (value: unknown) => string;
  readonly choices?: readonly string[];
  /** The option takes many words, or none. */
  readonly isMany?: boolean;
  readonly isFlag?: boolean;
}

/**
 * The entry at a path such as `parameters.size`; of a union the first member that has it.
 * Throws TypeError where the schema has no such entry: an option that asks for nothing is a fault of the program.
 */
export function entryAt(schema: z.ZodType, path: string): SchemaEntry {
  let entry = unwrapped(schema);
  let isOptional = false;
  for (const name of path.split('.')) {
    const found = memberOf(entry.inner, name);
    if (found === undefined) throw new TypeError(`the contract has no entry ${path}`);
    const next = unwrapped(found);
    isOptional ||= next.isOptional;
    entry = next;
  }
  return { ...entry, isOptional };
}

function memberOf(schema: z.ZodType, name: string): z.ZodType | undefined {
  if (schema instanceof z.ZodObject) {
    const found: unknown = schema.shape[name];
    return found instanceof z.ZodType ? found : undefined;
  }
  if (!(schema instanceof z.ZodUnion)) return undefined;
  for (const option of schema.options) {
    const found = option instanceof z.ZodType ? memberOf(option, name) : undefined;
    if (found !== undefined) return found;
  }
  return undefined;
}

/** What is inside default, optional and nullable. */
function unwrapped(entry: z.ZodType): SchemaEntry {
  let inner: unknown = entry;
  let preset: unknown;
  let isOptional = false;
  while (
    inner instanceof z.ZodDefault ||
    inner instanceof z.ZodPrefault ||
    inner instanceof z.ZodOptional ||
    inner instanceof z.ZodNullable
  ) {
    if (inner instanceof z.ZodDefault) preset = inner.def.defaultValue;
    if (!(inner instanceof z.ZodNullable)) isOptional = true;
    inner = inner.unwrap();
  }
  if (!(inner instanceof z.ZodType)) throw new TypeError('a schema around something that is none');
  return { inner, preset, isOptional, meaning: entry.description };
}

const text = (value: string): string => value;

/** Throws TypeError for a schema of a kind that is not typed on a command line. */
export function kindOf(inner: z.ZodType): Kind {
  const write = valueAsTyped;
  if (inner instanceof z.ZodLiteral) {
    const values = [...inner.values];
    const choices = values.map(String);
    const read = (typed: string): unknown => values[choices.indexOf(oneOf(choices, typed))];
    return { placeholder: 'n', choices, read, write };
  }
  if (inner instanceof z.ZodEnum) {
    const choices = inner.options.map(String);
    return { placeholder: 'name', choices, read: (typed) => oneOf(choices, typed), write };
  }
  if (inner instanceof z.ZodBoolean) return { placeholder: '', read: text, write, isFlag: true };
  if (inner instanceof z.ZodString) return { placeholder: 'text', read: text, write };
  if (inner instanceof z.ZodNumber)
    return inner.format?.includes('int') === true
      ? { placeholder: 'n', read: wholeNumber, write }
      : { placeholder: 'x', read: number, write };
  if (inner instanceof z.ZodTuple) return { placeholder: 'a,b', read: numbers, write };
  if (inner instanceof z.ZodArray) return kindOfList(inner);
  throw new TypeError('a schema of a kind that no option can be made of');
}

function kindOfList({ element }: z.ZodArray): Kind {
  const write = valueAsTyped;
  if (element instanceof z.ZodTuple) {
    const read = (typed: string): unknown => typed.trim().split(/\s+/).map(numbers);
    return { placeholder: 'a,b a,b …', read, write };
  }
  if (element instanceof z.ZodEnum) {
    const choices = element.options.map(String);
    const read = (typed: string): unknown =>
      typed.trim() === '' ? [] : typed.split(',').map((name) => oneOf(choices, name.trim()));
    return { placeholder: 'name,name …', choices, read, write };
  }
  if (element instanceof z.ZodString) return { placeholder: 'text', read: text, write, isMany: true };
  if (element instanceof z.ZodNumber) {
    const writeSeeds = (value: unknown): string =>
      Array.isArray(value) ? seedWords(value.map(Number)) : write(value);
    return { placeholder: 'list', read: seedList, write: writeSeeds };
  }
  throw new TypeError('a list of a kind that no option can be made of');
}
