import { expect, it } from 'vitest';
import { differenceWords } from '../../../../src/renderer/pages/train/differenceWords.ts';
import type { DifferenceWords } from '../../../../src/renderer/pages/train/differenceWords.ts';

const read = (words: DifferenceWords | null): string =>
  words === null ? 'nothing' : `${words.name}: ${words.before} → ${words.after}${words.more}`;
const data = (before: string, after: string) => ({ name: 'data', before, after });
const more = ['seed', 'steps', 'batch'].map((name) => ({ name, before: '1', after: '2' }));

it('what differs reads as a sentence would: the first of it, and how much more', () => {
  expect(read(differenceWords([]))).toBe('nothing');
  expect(read(differenceWords([data('/home/me/docs', '/data/faces'), ...more]))).toBe(
    'data: docs → faces, and 3 more',
  );
  expect(read(differenceWords([data('/a/faces', '/b/faces')]))).toBe('data: /a/faces → /b/faces');
});

it('a model without its pictures names no folder, and no side of the arrow stays empty', () => {
  expect(read(differenceWords([data('/home/me/docs', ''), ...more]))).toBe(
    'data: docs → not on this computer, and 3 more',
  );
  expect(differenceWords([data('', '/data/faces'), ...more])?.whole).toBe(
    'data: not on this computer → /data/faces\nseed: 1 → 2\nsteps: 1 → 2\nbatch: 1 → 2',
  );
});
