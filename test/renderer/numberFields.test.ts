import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { describe, expect, it } from 'vitest';

/** Ways around the one number field: other inputs of numbers, and typed text that is read or clipped by hand. */
const detours: readonly { what: string; pattern: RegExp; allowed: readonly string[] }[] = [
  { what: 'the library’s number input', pattern: /\bNumberInput\b/, allowed: [] },
  { what: 'the browser’s number input', pattern: /type=(?:"number"|\{['"]number['"]\})/, allowed: [] },
  { what: 'a keyboard of digits', pattern: /\binputMode\b/, allowed: ['components/NumberField.tsx'] },
  {
    what: 'digits picked out of a text',
    pattern: /\.replace(?:All)?\(\s*\/(?:\\D|\[\^\\d)/,
    allowed: ['components/numbers.ts'],
  },
  {
    what: 'a text read as a number',
    pattern: /\b(?:parseFloat|parseInt)\(/,
    allowed: ['pages/intervene/colours.ts'],
  },
  {
    what: 'an input’s text as a number',
    pattern: /\bNumber\(\s*(?:event\.(?:currentTarget|target)\.value|typed)\b/,
    // The place of a range.
    allowed: ['components/Slider.tsx'],
  },
];

const root = join(import.meta.dirname, '../../src/renderer');
const sources = readdirSync(root, { recursive: true, encoding: 'utf8' })
  .filter((file) => /\.tsx?$/.test(file))
  .map((file) => ({ file: file.split(sep).join('/'), text: readFileSync(join(root, file), 'utf8') }));

function found(text: string): string[] {
  return detours.filter(({ pattern }) => pattern.test(text)).map(({ what }) => what);
}

describe('numbers are typed', () => {
  it.each(detours)('in the one field alone: no $what elsewhere', ({ pattern, allowed }) => {
    expect(sources.length).toBeGreaterThan(100);
    const users = sources.filter(({ text }) => pattern.test(text)).map(({ file }) => file);
    expect(users.filter((file) => !allowed.includes(file))).toEqual([]);
  });

  it('and all fields of pages know a rule', () => {
    const users = sources.filter(({ text }) => text.includes('<NumberField'));
    expect(users.map(({ file }) => file).filter((file) => file.startsWith('pages/')).length).toBeGreaterThan(
      6,
    );
    const ruleless = users.flatMap(({ file, text }) =>
      [...text.matchAll(/<NumberField\b[\s\S]*?\/>/g)]
        .filter(([use]) => !/\brule=\{/.test(use))
        .map(() => file),
    );
    expect(ruleless.map((file) => relative('.', file))).toEqual([]);
  });
});

it('the walk sees each detour', () => {
  expect(
    [
      "import { NumberInput } from '@mantine/core'",
      '<input type="number" />',
      '<input inputMode="numeric" />',
      "text.replaceAll(/\\D/g, '')",
      "text.replace(/[^\\d.]/g, '')",
      'parseFloat(text)',
      'onChange(Number(event.currentTarget.value))',
    ].map(found),
  ).toEqual([0, 1, 2, 3, 3, 4, 5].map((index) => [detours[index]!.what]));
});
