import { z } from 'zod';
import { spacedName } from './spacedName.ts';

/** What is read of a broken rule, as zod lists it: in this process, or as it came over the wire. */
const issueSchema = z.object({
  path: z.array(z.unknown()),
  message: z.string(),
  code: z.string().optional(),
  expected: z.string().optional().catch(undefined),
  input: z.unknown().optional(),
  origin: z.string().optional(),
  minimum: z.number().optional().catch(undefined),
  maximum: z.number().optional().catch(undefined),
  inclusive: z.boolean().optional(),
  values: z.array(z.unknown()).optional(),
  keys: z.array(z.string()).optional(),
  /** Of a union: what each of its forms found wrong. */
  errors: z.array(z.array(z.unknown())).optional(),
});
type Issue = z.infer<typeof issueSchema>;

/** Names the place of a broken rule as people know it; empty for the whole. */
export type NameOf = (path: readonly PropertyKey[]) => string;

/** Broken rules as one sentence each: "Checkpoint every must be 1 or more. Data is missing." */
export function sentenceOfIssues(issues: readonly unknown[], nameOf: NameOf = placeWords): string {
  return issues.map((issue) => `${complaintOfIssue(issue, nameOf)}.`).join(' ');
}

/**
 * A broken rule as a sentence without its full stop, which begins with the name of what breaks it. This is the one place
 * where the words of the validator become words for people.
 */
export function complaintOfIssue(issue: unknown, nameOf: NameOf = placeWords): string {
  const found = innermost(issueSchema.parse(issue));
  const path = found.path.map((part) => (typeof part === 'number' ? part : String(part)));
  const given =
    typeof found.input === 'number' || typeof found.input === 'string' ? ` (given: ${found.input})` : '';
  const name = nameOf(path);
  // A rule that the contract words itself is a sentence of its own.
  if (found.code === 'custom')
    return `${name === '' ? '' : `${name}: `}${found.message.replace(/\.$/, '')}${given}`;
  const words = `${ruleWords(found)}${given}`;
  return name === '' ? `It ${words}` : `${name} ${words}`;
}

/** "Checkpoint every", "Steps, item 2, factor": the names of the path, with items counted from 1. */
export function placeWords(path: readonly PropertyKey[]): string {
  const words = path
    .map((part) => (typeof part === 'number' ? `item ${part + 1}` : spacedName(String(part))))
    .join(', ');
  return `${words.slice(0, 1).toUpperCase()}${words.slice(1)}`;
}

/** "device.intraOpThreads": as it stands in a file that a program wrote, to be found there. */
export function fileWords(path: readonly PropertyKey[]): string {
  return path.map(String).join('.');
}

/**
 * Of a union the form that was meant: the one whose complaints go deepest, for what is above them is right. Where none was
 * meant, the types that would do are its values.
 */
function innermost(issue: Issue): Issue {
  const forms = (issue.errors ?? []).map((form) => form.map((each) => issueSchema.parse(each)));
  const depth = (form: readonly Issue[]): number => Math.max(...form.map(({ path }) => path.length));
  const best = forms.filter((form) => form.length > 0).sort((a, b) => depth(b) - depth(a))[0]?.[0];
  if (best === undefined) return issue;
  const isOfAnotherType = best.path.length === 0 && best.code === 'invalid_type';
  if (!isOfAnotherType) return innermost({ ...best, path: [...issue.path, ...best.path] });
  const names = forms.flat().flatMap(({ expected = '' }) => typeNames[expected] ?? []);
  return { ...issue, values: [...new Set(names)] };
}

const wordings: Readonly<Record<string, (issue: Issue) => string>> = {
  invalid_type: typeWords,
  too_small: leastWords,
  too_big: mostWords,
  // A pattern says nothing to people: its own words do.
  invalid_format: ({ message }) => (message.startsWith('must ') ? message : unknownForm),
  invalid_value: ({ values = [] }) => `must be ${listed(values)}`,
  invalid_union: ({ values = [] }) => `must be ${listed(values)}`,
  unrecognized_keys: ({ keys = [] }) =>
    `has no ${keys.length === 1 ? 'entry' : 'entries'} named ${keys.join(', ')}`,
};
const unknownForm = 'has a form that this version does not know';

function ruleWords(issue: Issue): string {
  return wordings[issue.code ?? '']?.(issue) ?? unknownForm;
}

const typeNames: Readonly<Record<string, string>> = {
  int: 'a whole number',
  number: 'a number',
  string: 'text',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
  record: 'an object',
  null: 'null',
};

function typeWords({ expected = '', message, input }: Issue): string {
  if (input === undefined && message.endsWith('received undefined')) return 'is missing';
  const name = typeNames[expected];
  return name === undefined ? unknownForm : `must be ${name}`;
}

function leastWords({ origin, minimum = 0, inclusive = true }: Issue): string {
  if (origin === 'string' || origin === 'array' || origin === 'set') {
    return minimum <= 1 ? 'must not be empty' : `must have ${counted(minimum, origin)} or more`;
  }
  return inclusive ? `must be ${numberWords(minimum)} or more` : `must be above ${numberWords(minimum)}`;
}

function mostWords({ origin, maximum = 0, inclusive = true }: Issue): string {
  if (origin === 'string' || origin === 'array' || origin === 'set') {
    return `must have ${counted(maximum, origin)} or fewer`;
  }
  return inclusive ? `must be ${numberWords(maximum)} or less` : `must be below ${numberWords(maximum)}`;
}

function counted(value: number, origin: string): string {
  const one = origin === 'string' ? 'character' : 'entry';
  const many = origin === 'string' ? 'characters' : 'entries';
  return `${numberWords(value)} ${value === 1 ? one : many}`;
}

function listed(values: readonly unknown[]): string {
  const words = values.map(String);
  return words.length < 2
    ? (words[0] ?? 'of another form')
    : `${words.slice(0, -1).join(', ')} or ${words.at(-1)!}`;
}

function numberWords(value: number): string {
  return value.toLocaleString('en-US', { maximumFractionDigits: 10 });
}
