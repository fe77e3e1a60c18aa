import { utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { Browser } from '../../../src/engine/data/browse.ts';
import type { BrowseRequest } from '../../../src/engine/data/browse.ts';
import { writeCelebaFolder } from './celebaFolder.ts';
import { temporaryFolder } from './folders.ts';

const count = 12;
const fileOf = (number: number): string => `${String(number).padStart(6, '0')}.jpg`;
const numbersOf = (files: readonly string[]): number[] => files.map((file) => Number.parseInt(file, 10));
let folder = '';
const browser = new Browser();
const ask = async (
  request: Partial<BrowseRequest> = {},
): Promise<{ files: number[]; labels: string[][]; total: number }> => {
  const { files, labels, total } = await browser.browse({
    ...{ folder, offset: 0, count, crop: 'vae', has: true, order: 'name', seed: 0 },
    ...request,
  });
  return { files: numbersOf(files), labels, total };
};
const all = Array.from({ length: count }, (_, at) => at + 1);
const even = all.filter((number) => number % 2 === 0);

describe('looking through a set', () => {
  beforeEach(async () => {
    folder = await temporaryFolder();
    await writeCelebaFolder(folder, count);
    // The later the number, the older the file.
    for (const number of all) {
      await utimes(join(folder, 'img_align_celeba', fileOf(number)), 1_000_000 - number, 1_000_000 - number);
    }
  });

  test('goes on where the page before ended', async () => {
    expect(await ask({ offset: 5, count: 4 })).toMatchObject({ files: [6, 7, 8, 9], total: count });
    expect(await ask({ offset: 11, count: 4 })).toMatchObject({ files: [12], total: count });
  });

  test('takes those that have an attribute, or those that do not; no list’s attribute has none', async () => {
    // Picture n smiles where n is even.
    expect(await ask({ attribute: 'Smiling' })).toMatchObject({ files: even, total: even.length });
    expect(await ask({ attribute: 'Smiling', has: false })).toMatchObject({
      files: all.filter((number) => number % 2 === 1),
    });
    expect(await ask({ attribute: 'Winged' })).toMatchObject({ files: [], total: 0 });
  });

  test('gives each picture its attributes', async () => {
    expect((await ask({ count: 2 })).labels).toEqual([[], ['Smiling']]);
  });

  test('is in an order of chance that stays, page by page, for a seed', async () => {
    const [whole, other] = [await ask({ order: 'random', seed: 3 }), await ask({ order: 'random', seed: 4 })];
    expect([...whole.files].sort((a, b) => a - b)).toEqual(all);
    expect(whole.files).not.toEqual(all);
    expect(other.files).not.toEqual(whole.files);
    expect((await ask({ order: 'random', seed: 3, offset: 4, count: 3 })).files).toEqual(
      whole.files.slice(4, 7),
    );
    expect((await ask({ order: 'random', seed: 3, attribute: 'Smiling' })).files).toHaveLength(even.length);
  });

  test('begins with the newest files', async () => {
    expect((await ask({ order: 'newest' })).files).toEqual(all);
    await utimes(join(folder, 'img_align_celeba', fileOf(7)), 2_000_000, 2_000_000);
    expect(
      (
        await new Browser().browse({
          folder,
          offset: 0,
          count: 2,
          crop: 'vae',
          has: true,
          order: 'newest',
          seed: 0,
        })
      ).files,
    ).toEqual([fileOf(7), fileOf(1)]);
  });

  test('leaves out what cannot be decoded, with its labels', async () => {
    const damaged = await temporaryFolder();
    await writeCelebaFolder(damaged, 4);
    await writeFile(join(damaged, 'img_align_celeba', fileOf(2)), 'no picture');
    expect(await ask({ folder: damaged })).toMatchObject({ files: [1, 3, 4], labels: [[], [], ['Smiling']] });
  });
});
