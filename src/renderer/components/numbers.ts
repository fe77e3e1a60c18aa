import { z } from 'zod';

/** What stands in a number field: the number that it means, or the text as it was typed where it means none. */
export type NumberEntry = number | string;
export const numberEntrySchema = z.union([z.number(), z.string()]);

/** What a number field takes. Ends are inside, but for those named `above` and `below`. */
export interface NumberRule {
  whole?: boolean;
  min?: number;
  above?: number;
  max?: number;
  below?: number;
  /** Nothing typed is an answer, too. */
  isOptional?: boolean;
}

/** Ends that only the computer has: no person is told of them before passing one. */
const unspoken = 1e9;

const plain = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i;
const grouped = /^[+-]?\d{1,3}(?:([, '_\u00a0\u2009\u202f])\d{3})(?:\1\d{3})*(?:\.\d+)?$/;
const decimalComma = /^[+-]?\d*,\d+$/;

/** The number that was typed: `1e-4`, `.0005`, `10k`, `1.5M`, `1,000`, `1 000`; undefined where it is none. */
export function numberFrom(text: string): number | undefined {
  const typed = text.trim().replace('−', '-');
  const [, mantissa, suffix] = /^(.*?)\s*([kM])$/i.exec(typed) ?? [undefined, typed, undefined];
  if (suffix === 'm') return undefined;
  const digits = grouped.test(mantissa) ? mantissa.replaceAll(/[^\d.+-]/g, '') : mantissa;
  if (!plain.test(digits) || (suffix !== undefined && /e/i.test(digits))) return undefined;
  // The exponent is written out, for 1.005 × 1000 is not 1005 in floating point.
  const exponent = suffix === undefined ? '' : suffix === 'M' ? 'e6' : 'e3';
  const value = Number(`${digits}${exponent}`);
  return Number.isFinite(value) ? value : undefined;
}

/** A text that was shown with a unit, such as "× 1.50", "3 px" or "4,000 steps", without it. */
export function withoutUnit(text: string): string {
  return text
    .trim()
    .replace(/^×\s*/, '')
    .replace(/\s*(?:px|steps?)$/, '');
}

/** What a text stands for in a field. */
export function entryOf(text: string): NumberEntry {
  return numberFrom(text) ?? text;
}

/** An entry as a field shows it before anything is typed: a comma in thousands of whole numbers. */
export function textOf(entry: NumberEntry): string {
  if (typeof entry === 'string') return entry;
  return Number.isInteger(entry) && Math.abs(entry) < 1e15 ? entry.toLocaleString('en-US') : String(entry);
}

/** What is wrong with an entry, as a sentence; undefined where nothing is. */
export function complaintOf(entry: NumberEntry, rule: NumberRule): string | undefined {
  if (typeof entry === 'string') {
    if (entry.trim() === '' && rule.isOptional === true) return undefined;
    return decimalComma.test(entry.trim())
      ? 'Write decimals with a point, such as 0.5.'
      : `${rangeWords(rule)}.`;
  }
  const { whole = false, min = -Infinity, above = -Infinity, max = Infinity, below = Infinity } = rule;
  if (max >= unspoken && entry > max) return `${words(max)} or less.`;
  const isInside = entry >= min && entry > above && entry <= max && entry < below;
  return isInside && (!whole || Number.isInteger(entry)) ? undefined : `${rangeWords(rule)}.`;
}

/** The number of an entry that keeps its rule; undefined for any other. */
export function goodNumber(entry: NumberEntry, rule: NumberRule): number | undefined {
  return typeof entry === 'number' && complaintOf(entry, rule) === undefined ? entry : undefined;
}

/** "A whole number, 1 or more", "A number above 0, up to 1", "A whole number from 1 to 20, or nothing". */
export function rangeWords({
  whole = false,
  min,
  above,
  max,
  below,
  isOptional = false,
}: NumberRule): string {
  const what = whole ? 'A whole number' : 'A number';
  const end = isOptional ? ', or nothing' : '';
  const last = max !== undefined && max < unspoken ? max : undefined;
  if (above !== undefined) {
    const top =
      last !== undefined ? `, up to ${words(last)}` : below !== undefined ? ` and below ${words(below)}` : '';
    return `${what} above ${words(above)}${top}${end}`;
  }
  if (min !== undefined && min > -unspoken) {
    if (last !== undefined) return `${what} from ${words(min)} to ${words(last)}${end}`;
    if (below !== undefined) return `${what} from ${words(min)}, below ${words(below)}${end}`;
    return `${what}, ${words(min)} or more${end}`;
  }
  if (last !== undefined) return `${what}, ${words(last)} or less${end}`;
  return `${what}${below === undefined ? '' : ` below ${words(below)}`}${end}`;
}

/** The rule of a number of the contract. An end that the number itself may not have is read off by trying it. */
export function ruleOf(schema: z.ZodNumber): NumberRule {
  const { minValue: low, maxValue: high } = schema;
  return {
    whole: schema.format === 'safeint',
    ...(low !== null && Number.isFinite(low) && lowerEnd(schema, low)),
    ...(high !== null &&
      Number.isFinite(high) &&
      (schema.safeParse(high).success ? { max: high } : { below: high })),
  };
}

/** Above 0, a whole number is 1 or more. */
function lowerEnd(schema: z.ZodNumber, low: number): NumberRule {
  if (schema.safeParse(low).success) return { min: low };
  return schema.format === 'safeint' ? { min: low + 1 } : { above: low };
}

function words(value: number): string {
  return value.toLocaleString('en-US', { maximumFractionDigits: 10 }).replace('-', '−');
}

/** A complaint about a field that does not stand beside it: "Seed: a whole number, 0 or more." */
export function complaintIn(name: string, complaint: string): string {
  return `${name}: ${complaint.slice(0, 1).toLowerCase()}${complaint.slice(1)}`;
}
