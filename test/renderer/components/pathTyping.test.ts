import { expect, it } from 'vitest';
import { lookWords } from '../../../src/renderer/components/folderWords.ts';
import {
  cleanPath,
  completionOf,
  matchesOf,
  splitTyped,
} from '../../../src/renderer/components/pathTyping.ts';
import { withFolder } from '../../../src/renderer/components/recentFolders.ts';

it('takes a path as it is pasted, and as it is typed', () => {
  expect(['"/a b/c"', "'/a'", ' /a\n', 'file:///home/me/my%20faces', '/my '].map(cleanPath)).toEqual([
    '/a b/c',
    '/a',
    '/a',
    '/home/me/my faces',
    '/my ',
  ]);
  expect(cleanPath('file:///%zz')).toBe('file:///%zz');
});

it('knows the folder that is typed in, and the name that is begun', () => {
  expect(splitTyped('/data/da', '/')).toEqual({ parent: '/data', begun: 'da' });
  expect(splitTyped('/data/', '/')).toEqual({ parent: '/data', begun: '' });
  expect(splitTyped('/da', '/')).toEqual({ parent: '/', begun: 'da' });
  expect(splitTyped('da', '/')).toEqual({ parent: null, begun: 'da' });
});

it('completes as far as all names go on alike, in their own letters', () => {
  const names = ['CelebA', 'celeb-hq', 'faces'];
  expect(matchesOf('CE', names)).toEqual(['CelebA', 'celeb-hq']);
  expect(completionOf('ce', names)).toBe('Celeb');
  expect(completionOf('Celeb', names)).toBeNull();
  expect(completionOf('f', names)).toBe('faces');
  expect(completionOf('faces', names)).toBeNull();
  expect(completionOf('x', names)).toBeNull();
});

it('says what a folder is, while its pictures are counted and after', () => {
  const look = { kind: 'CelebA', pictures: 202_599, folders: 3, state: 'done' as const };
  expect(lookWords(look)).toBe('CelebA, 202,599 pictures in 3 folders');
  expect(lookWords({ ...look, folders: 1, state: 'counting' })).toBe('CelebA, 202,599 pictures, counting…');
  expect(lookWords({ ...look, kind: null, state: 'stopped' })).toBe('over 202,599 pictures in 3 folders');
  expect(lookWords({ ...look, kind: null, pictures: 0 })).toBe('no pictures here or below');
  expect(lookWords(null)).toBe('Looking…');
});

it('keeps the newest places, each once', () => {
  expect(withFolder(['a', 'b', 'c', 'd', 'e', 'f'], 'c')).toEqual(['c', 'a', 'b', 'd', 'e', 'f']);
  expect(withFolder(['a', 'b', 'c', 'd', 'e', 'f'], 'x')).toEqual(['x', 'a', 'b', 'c', 'd', 'e']);
});
