import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { complaintOfIssue, placeWords, sentenceOfIssues } from '../../src/contract/complaints.ts';
import { recipeSchema } from '../../src/contract/recipe.ts';
import { trainRequestSchema } from '../../src/contract/runs.ts';

const complaintsOf = (schema: z.ZodType, value: unknown): string[] => {
  const { error } = schema.safeParse(value);
  return (error?.issues ?? []).map((issue) => complaintOfIssue(issue));
};

describe('a broken rule', () => {
  it.each<[z.ZodType, unknown, string]>([
    [
      z.object({ checkpointEvery: z.number().positive() }),
      { checkpointEvery: 0 },
      'Checkpoint every must be above 0',
    ],
    [z.object({ steps: z.number().int().min(1) }), { steps: 0 }, 'Steps must be 1 or more'],
    [z.object({ steps: z.number().max(1_000_000) }), { steps: 2e6 }, 'Steps must be 1,000,000 or less'],
    [z.object({ share: z.number().lt(1) }), { share: 1 }, 'Share must be below 1'],
    [z.object({ steps: z.number().int() }), { steps: 2.5 }, 'Steps must be a whole number'],
    [z.object({ steps: z.number() }), { steps: 'x' }, 'Steps must be a number'],
    [z.object({ steps: z.number() }), {}, 'Steps is missing'],
    [z.object({ version: z.literal(1) }), { version: 7 }, 'Version must be 1'],
    [z.object({ kind: z.enum(['a', 'b', 'c']) }), { kind: 'd' }, 'Kind must be a, b or c'],
    [z.object({ name: z.string().min(1) }), { name: '' }, 'Name must not be empty'],
    [z.object({ name: z.string().max(3) }), { name: 'long' }, 'Name must have 3 characters or fewer'],
    [z.object({ seeds: z.array(z.number()).min(2) }), { seeds: [] }, 'Seeds must have 2 entries or more'],
    [z.object({ seeds: z.array(z.number()) }), { seeds: [1, 'x'] }, 'Seeds, item 2 must be a number'],
    [z.strictObject({}), { hue: 1 }, 'It has no entry named hue'],
    [z.object({ on: z.boolean() }), { on: 1 }, 'On must be true or false'],
    [z.number(), 'x', 'It must be a number'],
    [z.object({ crop: z.union([z.string(), z.number()]) }), { crop: [] }, 'Crop must be text or a number'],
    [z.object({ a: z.number().refine((value) => value > 1, 'take more.') }), { a: 0 }, 'A: take more'],
    [
      z.object({ gate: z.union([z.object({ low: z.number() }), z.object({ high: z.number().max(1) })]) }),
      { gate: { high: 2 } },
      'Gate, high must be 1 or less',
    ],
  ])('%#', (schema, value, sentence) => {
    expect(complaintsOf(schema, value)).toEqual([sentence]);
  });

  it('says what was given where that is known', () => {
    const parsed = z.object({ steps: z.number().min(1) }).safeParse({ steps: -3 }, { reportInput: true });
    expect(sentenceOfIssues(parsed.error!.issues)).toBe('Steps must be 1 or more (given: -3).');
  });

  it('reads the same after its way over the wire', () => {
    const { error } = trainRequestSchema.safeParse({ data: '', steps: 0, checkpointEvery: 0 });
    const wired: unknown = JSON.parse(JSON.stringify(error!.issues));
    expect(sentenceOfIssues(z.array(z.unknown()).parse(wired))).toBe(
      'Data must not be empty. Steps must be above 0. Checkpoint every must be above 0.',
    );
  });

  it('of a recipe names the version, or the entry of the step', () => {
    expect(complaintsOf(recipeSchema, { version: 'one', name: 'a', steps: [] })).toEqual([
      'Version must be 1',
    ]);
    const step = { kind: 'scale', level: 'fine', channels: [0], factor: 'twice' };
    expect(complaintsOf(recipeSchema, { version: 1, name: 'a', steps: [step] })).toEqual([
      'Steps, item 1, factor must be a number',
    ]);
  });
});

it('no word of the validator is left, whatever is wrong with whatever is asked', () => {
  const values = [undefined, null, true, -1, 0, 0.5, 1e12, NaN, '', 'x', [], [1], {}, { x: 1 }];
  const words = Object.keys(trainRequestSchema.shape).flatMap((name) =>
    values.flatMap((value) => complaintsOf(trainRequestSchema, { data: 'f', steps: 1, [name]: value })),
  );
  expect(words.length).toBeGreaterThan(60);
  expect(
    words.filter((text) => /expected|received|Invalid|Too (?:small|big)|undefined|[<>]=?/.test(text)),
  ).toEqual([]);
  expect(words.filter((text) => text.includes('does not know'))).toEqual([]);
});

it('places are named as people count', () => {
  expect([placeWords([]), placeWords(['hyperParameters', 'klWeight']), placeWords(['seeds', 0])]).toEqual([
    ...['', 'Hyper parameters, KL weight', 'Seeds, item 1'],
  ]);
});
