import { describe, expect, it } from 'vitest';
import {
  bytes,
  count,
  counted,
  exact,
  figure,
  fixedTo,
  percent,
  powerOfTen,
} from '../../src/contract/figures.ts';

// Expected texts: written by hand, after what people read: no "e", no digits that nobody can use.
describe('measured values', () => {
  it.each([
    [0, '0'],
    [1, '1.00'],
    [-0.01234, '−0.0123'],
    [12.345, '12.3'],
    [999.96, '1,000'],
    [1234.5, '1,235'],
    [40_000, '40,000'],
    [1_234_567, '1,234,567'],
    [-12_345_678, '−1.23 × 10⁷'],
    [0.00311379, '0.00311'],
    [0.00012345, '0.000123'],
    [0.00001234, '1.23 × 10⁻⁵'],
    [1.66e-10, '1.66 × 10⁻¹⁰'],
    [Number.NaN, '–'],
    [Infinity, '–'],
  ])('%d', (value, text) => {
    expect(figure(value)).toBe(text);
  });

  it('with as many figures as asked for', () => {
    expect([figure(0.0196, 2), figure(2e-16, 1), figure(99.6, 2), figure(123_456, 2)]).toEqual([
      '0.020',
      '2 × 10⁻¹⁶',
      '100',
      '123,456',
    ]);
  });
});

describe('values that somebody set', () => {
  it.each([
    [1, '1'],
    [0.5, '0.5'],
    [40_000, '40,000'],
    [0.0001, '0.0001'],
    [0.00002, '0.00002'],
    [1e-7, '10⁻⁷'],
    [2.5e-8, '2.5 × 10⁻⁸'],
    [0.1 + 0.2, '0.3'],
    [-3, '−3'],
  ])('%d', (value, text) => {
    expect(exact(value)).toBe(text);
  });
});

it('columns, shares, sizes, counts', () => {
  expect([fixedTo(-0.5, 2), fixedTo(-0.0001, 2), percent(0.374), percent(-0.001)]).toEqual([
    '−0.50',
    '0.00',
    '37 %',
    '0 %',
  ]);
  expect([
    bytes(274e6),
    bytes(2_488_320_000),
    count(-31_240),
    counted(1, 'face'),
    counted(2, 'match', 'matches'),
  ]).toEqual(['274 MB', '2.5 GB', '−31,240', '1 face', '2 matches']);
  expect([powerOfTen('1e+7'), powerOfTen('-1e-10')]).toEqual(['10⁷', '−10⁻¹⁰']);
});
