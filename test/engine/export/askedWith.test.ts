import { expect, it } from 'vitest';
import { askedWith } from '../../../src/engine/export/atHand.ts';

const asked = {
  run: 'faces',
  step: 3,
  out: '/sets/hair',
  count: 40,
  seed: 1,
  format: 'png',
  testShare: 0.25,
};

it('a stopped export goes on with what it was asked with', () => {
  const now = { ...asked, recipes: ['/recipes/hair.json'] };
  expect(askedWith(JSON.stringify(now))).toEqual(now);
});

it('what version 0.1.0 wrote is read by the name that recipes have now', () => {
  const then = { ...asked, recipe: ['/recipes/hair.json'] };
  expect(askedWith(JSON.stringify(then))).toEqual({ ...asked, recipes: ['/recipes/hair.json'] });
});

it.each([undefined, '', '{', '[]', '{"run":"faces"}', JSON.stringify({ ...asked, recipe: [], more: 1 })])(
  'nothing is gone on with where %j was written',
  (text) => {
    expect(askedWith(text)).toBeNull();
  },
);
