import { expect, it } from 'vitest';
import { restAfter } from '../../../src/engine/session/signal.ts';

const limits = { least: 700, most: 4000 };

it.each([
  ['a quick look is followed by the next soon', 2, 700],
  ['a slow one has nine times its time', 200, 1800],
  ['one that was held up makes nothing older than the most', 12_000, 4000],
])('%s', (_, took, expected) => {
  expect(restAfter(took, limits)).toBe(expected);
});
