import { InvalidArgumentError, Option } from 'commander';
import type { Command } from 'commander';
import { z } from 'zod';
import { StudioError } from '../contract/errors.ts';
import { number, optionName, wholeNumber } from './arguments.ts';

/** How the text of an option becomes a value, and how the value is shown. */
interface Kind {
  readonly placeholder: string;
  readonly read: (text: string) => unknown;
  readonly choices?: readonly string[];
}

/** Each entry of the schema becomes an option with the schema's meaning and default. */
export function addSchemaOptions(command: Command, schema: z.ZodObject, left: readonly string[] = []): void {
  for (const [name, entry] of Object.entries(schema.shape)) {
    if (left.includes(name) || !(entry instanceof z.ZodType)) continue;
    const { inner, preset } = unwrapped(entry);
    const { placeholder, read, choices } = kindOf(inner);
    const shown = preset === undefined ? '' : ` (default: ${valueAsTyped(preset)})`;
    const option = new Option(
      `--${optionName(name)} <${placeholder}>`,
      `${entry.description ?? ''}${choices ? ` (choices: ${choices.join(', ')})` : ''}${shown}`,
    );
    command.addOption(option.argParser(read));
  }
}

/**
 * The options of `addSchemaOptions` as the schema reads them, defaults filled in.
 * Throws `wrong-usage` that names every option that breaks a rule, the rule, and what was given.
 */
export function readSchemaOptions<Schema extends z.ZodObject>(
  schema: Schema,
  raw: Readonly<Record<string, unknown>>,
): z.output<Schema> {
  const names = Object.keys(schema.shape).filter((name) => raw[name] !== undefined);
  const given = Object.fromEntries(names.map((name) => [name, raw[name]]));
  const parsed = schema.safeParse(given, { reportInput: true });
  if (parsed.success) return parsed.data;
  const complaints = parsed.error.issues.map(({ path, message, input }) => {
    const shown = typeof input === 'number' || typeof input === 'string' ? ` (given: ${input})` : '';
    return `--${optionName(String(path[0]))}: ${message}${shown}`;
  });
  throw new StudioError('wrong-usage', `${complaints.join('. ')}. "--help" shows what can be given.`);
}

/** What is inside default and optional, and the default. */
function unwrapped(entry: z.ZodType): { inner: unknown; preset: unknown } {
  let inner: unknown = entry;
  let preset: unknown;
  while (inner instanceof z.ZodDefault || inner instanceof z.ZodOptional) {
    if (inner instanceof z.ZodDefault) preset = inner.def.defaultValue;
    inner = inner.unwrap();
  }
  return { inner, preset };
}

function kindOf(inner: unknown): Kind {
  if (inner instanceof z.ZodLiteral) {
    const values = [...inner.values];
    const choices = values.map(String);
    return { placeholder: 'n', choices, read: (text) => values[choices.indexOf(oneOf(choices, text))] };
  }
  if (inner instanceof z.ZodEnum) {
    const choices = inner.options.map(String);
    return { placeholder: 'name', choices, read: (text) => oneOf(choices, text) };
  }
  if (inner instanceof z.ZodNumberFormat) return { placeholder: 'n', read: wholeNumber };
  if (inner instanceof z.ZodNumber) return { placeholder: 'x', read: number };
  if (inner instanceof z.ZodTuple) return { placeholder: 'a,b', read: numbers };
  if (inner instanceof z.ZodArray && inner.element instanceof z.ZodTuple)
    return { placeholder: 'a,b a,b …', read: (text) => text.trim().split(/\s+/).map(numbers) };
  if (inner instanceof z.ZodArray && inner.element instanceof z.ZodEnum) {
    const choices = inner.element.options.map(String);
    const read = (text: string): string[] => text.split(',').map((name) => oneOf(choices, name.trim()));
    return { placeholder: 'name,name …', choices, read };
  }
  throw new TypeError('addSchemaOptions: a schema of a kind that no option can be made of');
}

function oneOf(choices: readonly string[], text: string): string {
  if (!choices.includes(text))
    throw new InvalidArgumentError(`"${text}" is not one of ${choices.join(', ')}.`);
  return text;
}

/** "2,0.5" */
function numbers(text: string): number[] {
  return text.split(',').map(number);
}

/** A default as it would be typed. */
function valueAsTyped(value: unknown): string {
  if (!Array.isArray(value)) return String(value);
  const list: unknown[] = value;
  return list.some(Array.isArray) ? `"${list.map(valueAsTyped).join(' ')}"` : list.map(String).join(',');
}
