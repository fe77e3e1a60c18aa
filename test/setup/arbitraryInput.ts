import fc from 'fast-check';
import { z } from 'zod';

/** Any value that a schema takes, within its ranges; what is optional is there or not. */
export function arbitraryOf(schema: unknown): fc.Arbitrary<unknown> {
  if (schema instanceof z.ZodDefault || schema instanceof z.ZodPrefault || schema instanceof z.ZodOptional)
    return fc.option(arbitraryOf(schema.unwrap()), { nil: undefined });
  if (schema instanceof z.ZodNullable) return fc.option(arbitraryOf(schema.unwrap()), { nil: null });
  if (schema instanceof z.ZodObject) return objectOf(schema.shape);
  if (schema instanceof z.ZodUnion) return fc.oneof(...schema.options.map(arbitraryOf));
  if (schema instanceof z.ZodLiteral) return fc.constantFrom(...schema.values);
  if (schema instanceof z.ZodEnum) return fc.constantFrom(...schema.options);
  if (schema instanceof z.ZodBoolean) return fc.boolean();
  // A word of its own that begins with a dash would be an option.
  if (schema instanceof z.ZodString)
    return fc
      .string({ minLength: 1, maxLength: 12, unit: 'grapheme' })
      .filter((text) => !text.startsWith('-'));
  if (schema instanceof z.ZodNumber) return numberOf(schema);
  if (schema instanceof z.ZodTuple) return fc.tuple(...schema.def.items.map(arbitraryOf));
  if (schema instanceof z.ZodArray)
    return fc
      .array(arbitraryOf(schema.element), { maxLength: 6 })
      .filter((list) => schema.safeParse(list).success);
  throw new TypeError('a schema of a kind that no input of a command has');
}

function objectOf(shape: Readonly<Record<string, unknown>>): fc.Arbitrary<Record<string, unknown>> {
  const entries = Object.entries(shape).map(([name, entry]) => [name, arbitraryOf(entry)] as const);
  return fc
    .record(Object.fromEntries(entries))
    .map((made) => Object.fromEntries(Object.entries(made).filter(([, value]) => value !== undefined)));
}

function numberOf(schema: z.ZodNumber): fc.Arbitrary<number> {
  const least = schema.minValue ?? 0;
  const most = schema.maxValue ?? Number.MAX_SAFE_INTEGER;
  const any =
    schema.format?.includes('int') === true
      ? fc.integer({
          min: Math.max(least, Number.MIN_SAFE_INTEGER),
          max: Math.min(most, Number.MAX_SAFE_INTEGER),
        })
      : fc.double({ min: Math.max(least, -1e300), max: Math.min(most, 1e300), noNaN: true });
  const { multipleOf } = schema._zod.bag;
  const stepped = typeof multipleOf === 'number' ? any.map((value) => value - (value % multipleOf)) : any;
  return stepped.filter((value) => schema.safeParse(value).success && !Object.is(value, -0));
}
