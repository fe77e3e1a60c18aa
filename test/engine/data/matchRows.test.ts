import { describe, expect, it } from 'vitest';
import { withSigns } from '../../../src/engine/data/attributeValues.ts';
import { partsOfFolders } from '../../../src/engine/data/folderParts.ts';
import { matchRows } from '../../../src/engine/data/matchRows.ts';

function matched(keys: readonly string[], files: readonly string[]): unknown {
  const { rowOf, missing, extra } = matchRows(new Map(keys.map((key) => [key, key])), files);
  return [Object.fromEntries(rowOf), missing, extra];
}

describe('a row of a list', () => {
  it.each([
    ['a name, whatever folder the picture lies in', '1.jpg', 'deep/er/1.jpg'],
    ['the path in the folder', 'test/1.jpg', 'test/1.jpg'],
    ['a path from a folder above', 'img_align_celeba/1.jpg', '1.jpg'],
    ['a path from a folder below', 'test/1.jpg', 'set/test/1.jpg'],
    ['a path as Windows writes it', '.\\test\\1.jpg', 'test/1.jpg'],
    ['a path that begins where the disk does', '/data/set/test/1.jpg', 'test/1.jpg'],
  ])('is found by %s', (_, key, file) => {
    expect(matched([key], [file])).toEqual([{ [file]: key }, [], []]);
  });

  it('is that of the same folder where two pictures have one name', () => {
    const both = ['train/1.jpg', 'test/1.jpg'];
    expect(matched(both, both)).toEqual([
      { 'train/1.jpg': 'train/1.jpg', 'test/1.jpg': 'test/1.jpg' },
      [],
      [],
    ]);
    expect(matched(['1.jpg', 'test/1.jpg'], both)).toEqual([
      { 'train/1.jpg': '1.jpg', 'test/1.jpg': 'test/1.jpg' },
      ...[[], []],
    ]);
  });

  it('is nobody’s where it may be of two, or lies in another folder', () => {
    expect(matched(['train/1.jpg', 'test/1.jpg'], ['1.jpg'])).toEqual([
      {},
      ['1.jpg'],
      ['train/1.jpg', 'test/1.jpg'],
    ]);
    expect(matched(['train/1.jpg'], ['test/1.jpg'])).toEqual([{}, ['test/1.jpg'], ['train/1.jpg']]);
  });
});

describe('folders', () => {
  it('say the parts where all pictures lie in such, and some are kept apart', () => {
    expect(partsOfFolders(['Train/a/1.jpg', 'val/2.jpg', 'test/3.jpg'])).toEqual(Uint8Array.of(0, 1, 2));
    expect(partsOfFolders(['train/1.jpg', 'test/2.jpg'])).toEqual(Uint8Array.of(0, 2));
  });

  it.each([
    [['train/1.jpg', 'train/2.jpg']],
    [['test/1.jpg', 'val/2.jpg']],
    [['train/1.jpg', 'test/2.jpg', '3.jpg']],
    [['train/1.jpg', 'test/2.jpg', 'cats/3.jpg']],
    [['faces/train/1.jpg', 'faces/test/2.jpg']],
  ])('say nothing in %j', (files) => {
    expect(partsOfFolders(files)).toBeUndefined();
  });
});

describe('attributes in a list', () => {
  it.each([
    ['0 and 1: no and yes', [0, 1, 1, 0], [-1, 1, 1, -1]],
    ['−1, 0 and 1: 0 is unknown', [0, 1, -1, 0], [0, 1, -1, 0]],
    ['1 alone', [1, 1], [1, 1]],
    ['other numbers: their signs', [0, 7, -3], [0, 1, -1]],
    ['other numbers without signs: 0 is unknown', [0, 2], [0, 1]],
  ])('of %s', (_, values, expected) => {
    const table = { names: ['a'], rowOf: new Map<string, number>(), values: Int16Array.from(values) };
    expect([...withSigns(table).values]).toEqual(expected);
  });
});
