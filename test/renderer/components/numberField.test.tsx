import { expect, it } from 'vitest';
import { NumberField } from '../../../src/renderer/components/NumberField.tsx';
import { Slider } from '../../../src/renderer/components/Slider.tsx';
import type { NumberEntry } from '../../../src/renderer/components/numbers.ts';
import { markupOf, wordsOf } from '../markup.tsx';

const fieldOf = (value: NumberEntry): ReturnType<typeof NumberField> => (
  <NumberField
    label="Steps"
    describedBy="help"
    value={value}
    rule={{ whole: true, min: 1, max: 1_000_000 }}
    onChange={() => undefined}
  />
);
const inputOf = (markup: string): string => /<input[^>]*>/.exec(markup)![0];

it('a number that keeps its rule stands with its thousands and without a word', () => {
  expect(wordsOf(fieldOf(3000))).toBe('');
  const input = inputOf(markupOf(fieldOf(3000)));
  expect(input).toContain('value="3,000"');
  expect(input).toContain('aria-invalid="false"');
  expect(input).toContain('aria-describedby="help"');
});

it.each<[NumberEntry, string]>([
  [999_999_999, '999,999,999'],
  [0, '0'],
  [-1, '-1'],
  [2.5, '2.5'],
  ['1e', '1e'],
  ['', ''],
])('%j stays as it is, marked, with a sentence that describes the field', (value, shown) => {
  expect(wordsOf(fieldOf(value))).toBe('A whole number from 1 to 1,000,000.');
  const markup = markupOf(fieldOf(value));
  expect(inputOf(markup)).toContain(`value="${shown}"`);
  expect(inputOf(markup)).toContain('aria-invalid="true"');
  const [, described] = /aria-describedby="([^" ]+) help"/.exec(inputOf(markup))!;
  expect(markup).toContain(`id="${described!}"`);
});

it('a slider shows its value in a field of the same kind', () => {
  const slider = <Slider label="Size" value={3} min={1} max={9} step={1} onChange={() => undefined} />;
  expect(markupOf(slider)).toMatch(/<input[^>]*aria-label="Size, value"[^>]*value="3"/);
});
