import type { z } from 'zod';
import { sentenceOfIssues } from '../contract/complaints.ts';
import { StudioError } from '../contract/errors.ts';
import { entryAt, kindOf } from './schemaEntries.ts';
import type { Kind } from './schemaEntries.ts';
import { optionName, shellWord } from './typed.ts';

/**
 * How an input of the contract is typed as a command, both ways: what a terminal reads, and what a page shows as the
 * command that does the same. Types, ranges, choices and defaults are the contract's; a command says only what differs.
 */

/** What a command says of one of its options; everything that is left out is read from the contract. */
export interface OptionWords {
  /** Where the value stands in the input, such as `spectral.gamma`; without it under the option's own name. */
  readonly at?: string;
  /** What stands for the value in the help: `<folder>`, `<files...>`, or `[from]` where it may be left out. */
  readonly takes?: string;
  readonly means?: string;
  /** Where the command line has a default of its own. */
  readonly preset?: unknown;
  readonly isNeeded?: boolean;
  /** For what the contract does not have as an entry: a switch, for instance. */
  readonly schema?: z.ZodType;
  readonly read?: (text: string) => unknown;
  /** What an option without its value stands for. */
  readonly bare?: unknown;
  /** True where `means` names choices and default itself. */
  readonly saysAll?: boolean;
}

/** An option, or what stands without one, such as the run. */
export interface TypedEntry {
  /** In camelCase. */
  readonly name: string;
  readonly at: string;
  readonly takes: string;
  readonly means: string;
  readonly kind: Kind;
  readonly preset: unknown;
  readonly isNeeded: boolean;
  readonly bare: unknown;
  readonly saysAll: boolean;
}

export type Tree = Readonly<Record<string, unknown>>;

interface Wording {
  /** After the program's name: `analyse sdr`. */
  readonly words: string;
  readonly argument: TypedEntry | undefined;
  /** In the order of the help. */
  readonly options: readonly TypedEntry[];
  /** Where the input is no plain image of what is typed: what is typed as a tree of paths, and back. */
  readonly toInput: (tree: Tree) => unknown;
  readonly toTree: (input: Tree) => Tree;
}

export interface CommandLine<Out, In> extends Wording {
  readonly schema: z.ZodType<Out, In>;
}

interface Definition {
  readonly words: string;
  readonly argument?: OptionWords & { readonly name: string };
  readonly options?: Readonly<Record<string, OptionWords>>;
  readonly toInput?: (tree: Tree) => unknown;
  readonly toTree?: (input: Tree) => Tree;
}

/** The schema that a method of the contract reads its input with. */
export function inputOf<Out, In>(procedure: {
  readonly '~orpc': { readonly inputSchema?: z.ZodType<Out, In> | undefined };
}): z.ZodType<Out, In> {
  const { inputSchema } = procedure['~orpc'];
  if (inputSchema === undefined) throw new TypeError('a method without an input is no command with options');
  return inputSchema;
}

/** Throws TypeError where an option asks for what the contract does not have. */
export function defineCommand<Out, In>(
  schema: z.ZodType<Out, In>,
  { words, argument, options = {}, toInput = (tree) => tree, toTree = (input) => input }: Definition,
): CommandLine<Out, In> {
  return {
    words,
    schema,
    argument: argument && typedEntry(schema, argument.name, argument),
    options: Object.entries(options).map(([name, option]) => typedEntry(schema, name, option)),
    toInput,
    toTree,
  };
}

function typedEntry(schema: z.ZodType, name: string, option: OptionWords): TypedEntry {
  const at = option.at ?? name;
  const { inner, preset, isOptional, meaning } =
    option.schema === undefined
      ? entryAt(schema, at)
      : { inner: option.schema, preset: undefined, isOptional: true, meaning: undefined };
  const kind = kindOf(inner);
  const known = option.preset ?? preset;
  return {
    name,
    at,
    takes: option.takes ?? (kind.isFlag === true ? '' : `<${kind.placeholder}>`),
    means: option.means ?? meaning ?? '',
    kind: { ...kind, read: option.read ?? kind.read },
    preset: known,
    isNeeded: option.isNeeded ?? (!isOptional && known === undefined),
    bare: option.bare,
    saysAll: option.saysAll ?? false,
  };
}

function entriesOf({ argument, options }: Wording): TypedEntry[] {
  return argument === undefined ? [...options] : [argument, ...options];
}

/**
 * What is asked with values that were typed, by the names of the options; defaults are filled in.
 * Throws `wrong-usage` that names every option that breaks a rule, the rule, and what was given.
 */
export function readOptions<Out, In>(command: CommandLine<Out, In>, typed: Tree): Out {
  const tree: Record<string, unknown> = {};
  for (const { name, at, preset } of entriesOf(command)) {
    const value = typed[name] ?? preset;
    if (value !== undefined) putAt(tree, at.split('.'), value);
  }
  const parsed = command.schema.safeParse(command.toInput(tree), { reportInput: true });
  if (parsed.success) return parsed.data;
  const sentences = sentenceOfIssues(parsed.error.issues, (path) => nameAt(command, path));
  throw new StudioError('wrong-usage', `${sentences} "--help" lists the options.`);
}

function putAt(tree: Record<string, unknown>, path: readonly string[], value: unknown): void {
  const [name, ...rest] = path;
  if (name === undefined) return;
  if (rest.length === 0) {
    tree[name] = value;
    return;
  }
  const before = tree[name];
  const branch = isTree(before) ? { ...before } : {};
  putAt(branch, rest, value);
  tree[name] = branch;
}

/** The option, or the argument, that a place in the input is typed with. */
function nameAt(command: Wording, path: readonly PropertyKey[]): string {
  const place = `${path.map(String).join('.')}.`;
  const entry = entriesOf(command).find(({ at }) => place.startsWith(`${at}.`));
  if (entry === undefined) return `--${optionName(String(path[0] ?? ''))}`;
  return entry === command.argument ? entry.takes : flagOf(entry);
}

export function flagOf({ name }: TypedEntry): string {
  return `--${optionName(name)}`;
}

/** A form half filled in: entries by their names in the contract, whose values may be anything so far. */
export type Draft<In> = In extends unknown ? { readonly [Name in keyof In]?: unknown } : never;

/** An input whose other entries are the command's defaults. */
export type Asked<In> = In extends unknown ? Partial<In> : never;

/**
 * The command that asks for this, as a shell takes it: `--steps N` stands where what is needed is not there. Options
 * stand in the order of the input's entries and are left out where they are the default, but for those `spelled` out.
 */
export function commandOf<In extends object>(
  command: CommandLine<unknown, In>,
  input: Asked<In>,
  spelled: readonly string[] = [],
): string {
  return shellLine(wordsOf(command, input, spelled));
}

/** The same of a form half filled in. */
export function commandOfDraft<In extends object>(
  command: CommandLine<unknown, In>,
  draft: Draft<In>,
  spelled: readonly string[] = [],
): string {
  return shellLine(wordsOf(command, draft, spelled));
}

function shellLine(words: readonly string[]): string {
  return ['extrapolate', ...words.map(shellWord)].join(' ');
}

/** The words after the program's name, unquoted: what a process is started with. */
export function wordsOf(command: Wording, input: object, spelled: readonly string[] = []): string[] {
  const tree = command.toTree({ ...input });
  const values = valuesIn(command, tree);
  const isSpelled = ({ name }: TypedEntry): boolean => spelled.includes(name);
  const missing = entriesOf(command).filter((entry) => !values.has(entry));
  for (const entry of missing) if (isSpelled(entry)) values.set(entry, entry.preset);
  for (const entry of missing) if (entry.isNeeded) values.set(entry, undefined);
  const typed = (entry: TypedEntry): string[] =>
    typedWords(entry, values.get(entry), entry === command.argument, isSpelled(entry));
  const ordered = [...values.keys()].filter((entry) => entry !== command.argument);
  return [
    ...command.words.split(' '),
    ...(command.argument === undefined ? [] : typed(command.argument)),
    ...ordered.flatMap(typed),
  ];
}

/** Throws TypeError for a value that no option asks for: the command would ask for something else. */
function valuesIn(command: Wording, tree: Tree, within = ''): Map<TypedEntry, unknown> {
  const found = new Map<TypedEntry, unknown>();
  for (const [name, value] of Object.entries(tree)) {
    const at = `${within}${name}`;
    const entry = entriesOf(command).find((each) => each.at === at);
    if (entry !== undefined) found.set(entry, value);
    else if (isTree(value))
      for (const [inner, part] of valuesIn(command, value, `${at}.`)) found.set(inner, part);
    else if (value !== undefined) throw new TypeError(`"${command.words}" has no option for ${at}`);
  }
  return found;
}

function typedWords(entry: TypedEntry, value: unknown, isArgument: boolean, isSpelled: boolean): string[] {
  const { kind, takes, preset, isNeeded } = entry;
  const flag = isArgument ? [] : [flagOf(entry)];
  if (value === undefined || value === '')
    return isNeeded ? [...flag, takes.replace(/[<>[\].]/g, '').toUpperCase()] : [];
  if (kind.isFlag === true) return value === true ? flag : [];
  if (!isSpelled && preset !== undefined && kind.write(value) === kind.write(preset)) return [];
  if (kind.isMany !== true) return [...flag, kind.write(value)];
  const many: readonly unknown[] = Array.isArray(value) ? value : [value];
  return many.length === 0 ? [] : [...flag, ...many.map(String)];
}

export function isTree(value: unknown): value is Tree {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
