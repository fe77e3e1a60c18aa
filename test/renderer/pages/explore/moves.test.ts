import { expect, it } from 'vitest';
import {
  kindsOf,
  movedLatents,
  movesFrom,
  movesText,
  openedFrom,
  withOpened,
} from '../../../../src/renderer/pages/explore/moves.ts';

it('moves are written into the address and read back, without those that are back in the middle', () => {
  const moves = new Map([
    ['latent-12', -0.4],
    ['pictures-1', 1.5],
  ]);
  expect(movesText(moves)).toBe('latent-12:-0.4,pictures-1:1.5');
  expect(movesFrom(movesText(moves))).toEqual(moves);
  expect(movesText(new Map([['fine-2', 0]]))).toBeUndefined();
  expect(movesText(new Map([['fine-2', -0.001]]))).toBeUndefined();
});

it('any other text moves nothing, and nothing goes farther than a slider', () => {
  expect(movesFrom('latent-3:x,:2,nose-1:1,fine-1;5,fine-1:0')).toEqual(new Map());
  expect(movesFrom(undefined)).toEqual(new Map());
  expect(movesFrom('fine-1:900')).toEqual(new Map([['fine-1', 4]]));
});

it('latents are moved along all directions at once, and wait for those that are not found yet', () => {
  const moves = movesFrom('latent-1:-1,pictures-2:2,latent-9:1');
  const directions = [{ id: 'pictures-2', vector: [0.6, 0, 0.8] }];
  expect(movedLatents([1, 1, 1], moves, directions)).toEqual([2.2, 0, 2.6]);
  expect(movedLatents([1, 1, 1], moves, [])).toBeNull();
  expect(movedLatents([1, 1, 1], new Map(), [])).toEqual([1, 1, 1]);
  expect(kindsOf(moves)).toEqual(new Set(['pictures']));
});

it('latents of a picture that was opened are moves to them, until the same latent is moved', () => {
  const opened = openedFrom('1:1.5,2:-0.5,x:1,7:3');
  expect(withOpened(new Map(), opened, [0, 1, 1])).toEqual(
    new Map([
      ['latent-1', 0.5],
      ['latent-2', -1.5],
    ]),
  );
  expect(withOpened(new Map([['latent-1', 2]]), opened, [0, 1, 1]).get('latent-1')).toBe(2);
  expect(withOpened(new Map(), opened, null)).toEqual(new Map());
});
