import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import {
  complaintIn,
  complaintOf,
  entryOf,
  goodNumber,
  numberFrom,
  rangeWords,
  ruleOf,
  textOf,
  withoutUnit,
} from '../../../src/renderer/components/numbers.ts';
import type { NumberEntry, NumberRule } from '../../../src/renderer/components/numbers.ts';

describe('the number in a text', () => {
  it.each([
    ['1e-4', 1e-4],
    ['1E4', 10_000],
    ['.0005', 5e-4],
    ['5.', 5],
    ['10k', 10_000],
    ['10 K', 10_000],
    ['1.005k', 1005],
    ['1.5M', 1_500_000],
    ['1,000', 1000],
    ['-1,234,567.5', -1_234_567.5],
    ['12 000', 12_000],
    ['1_000_000', 1_000_000],
    ['−3', -3],
    ['  7 ', 7],
    ['+2', 2],
    ['999999999', 999_999_999],
  ])('%j is %d', (text, value) => {
    expect(numberFrom(text)).toBe(value);
  });

  it.each([
    '',
    ' ',
    'ten',
    '1e',
    '1-4',
    '0,5',
    '1,00',
    '1,0000',
    '1,000 000',
    '1m',
    '1e3k',
    '0x10',
    '1e999',
    'k',
    '2 3',
  ])('is not there in %j, which stays as it was typed', (text) => {
    expect(numberFrom(text)).toBeUndefined();
    expect(entryOf(text)).toBe(text);
    expect(textOf(text)).toBe(text);
  });

  it('is found in what a slider shows with a unit', () => {
    expect(
      ['× 1.50', '× −1.25', '3 px', '4,000 steps', '1e3'].map((text) => entryOf(withoutUnit(text))),
    ).toEqual([...[1.5, -1.25, 3, 4000, 1000]]);
  });
});

it('a number reads back as itself', () => {
  for (const value of [0, -1, 1e-4, 0.999, 3000, 1_234_567, 1e-7, 1e21, 0.1 + 0.2])
    expect(numberFrom(textOf(value))).toBe(value);
});

describe('what is wrong', () => {
  const whole: NumberRule = { whole: true, min: 1 };
  it.each<[NumberEntry, NumberRule, string | undefined]>([
    [1, whole, undefined],
    [10_000, whole, undefined],
    [0, whole, 'A whole number, 1 or more.'],
    [-1, whole, 'A whole number, 1 or more.'],
    [2.5, whole, 'A whole number, 1 or more.'],
    ['ten', whole, 'A whole number, 1 or more.'],
    ['', whole, 'A whole number, 1 or more.'],
    ['0,5', { above: 0, max: 1 }, 'Write decimals with a point, such as 0.5.'],
    [999_999_999, { ...whole, max: 1_000_000 }, 'A whole number from 1 to 1,000,000.'],
    [2_000_000_000, { ...whole, max: 1e9 }, '1,000,000,000 or less.'],
    [0, { above: 0, max: 0.5 }, 'A number above 0, up to 0.5.'],
    [0.5, { above: 0, max: 0.5 }, undefined],
    [1, { min: 0, below: 1 }, 'A number from 0, below 1.'],
    ['', { ...whole, isOptional: true }, undefined],
    ['x', { ...whole, isOptional: true }, 'A whole number, 1 or more, or nothing.'],
  ])('%j with %j: %s', (entry, rule, sentence) => {
    expect(complaintOf(entry, rule)).toBe(sentence);
    expect(goodNumber(entry, rule)).toBe(
      typeof entry === 'number' && sentence === undefined ? entry : undefined,
    );
  });

  it('is said with the field’s name where it stands elsewhere', () => {
    expect(complaintIn('Seeds', 'A whole number, 1 or more.')).toBe('Seeds: a whole number, 1 or more.');
  });
});

it('the rule of a number is read from the contract, with ends that it may have and ends that it may not', () => {
  expect(ruleOf(z.number().int().min(2).max(256))).toEqual({ whole: true, min: 2, max: 256 });
  expect(ruleOf(z.number().positive().max(1))).toEqual({ whole: false, above: 0, max: 1 });
  expect(ruleOf(z.number().min(0).lt(1))).toEqual({ whole: false, min: 0, below: 1 });
  expect(rangeWords(ruleOf(z.number().int().nonnegative()))).toBe('A whole number, 0 or more');
  expect(rangeWords(ruleOf(z.number()))).toBe('A number');
});

it('a whole number above 0 is 1 or more', () => {
  expect(ruleOf(z.number().int().positive())).toMatchObject({ whole: true, min: 1 });
});
