import { mkdir, readFile, realpath, rename, symlink, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { checkImageSet } from '../../../src/engine/data/checkImageSet.ts';
import { openImageSet } from '../../../src/engine/data/imageSet.ts';
import { partitionByName } from '../../../src/engine/data/setLists.ts';
import { confineLinks } from '../../../src/engine/files/allowedFolders.ts';
import { writeCelebaFolder, writeDamagedCelebaFolder } from './celebaFolder.ts';
import { temporaryFolder } from './folders.ts';
import { plain, webPage } from './pictures.ts';

describe('CelebA’s layout', () => {
  test('is recognised from the folder, the one above and the one inside', async () => {
    const above = await temporaryFolder();
    const folder = join(above, 'celeba');
    await writeCelebaFolder(folder, 6);
    for (const path of [folder, above, join(folder, 'img_align_celeba')]) {
      const set = await openImageSet(path);
      expect(set).toMatchObject({ layout: 'celeba', root: folder, notes: [] });
      expect(set.files).toEqual([
        '000001.jpg',
        '000002.jpg',
        '000003.jpg',
        '000004.jpg',
        '000005.jpg',
        '000006.jpg',
      ]);
      expect(Array.from(set.partition)).toEqual([0, 1, 2, 0, 1, 2]);
      expect(set.attributes?.names).toHaveLength(40);
      expect(set.attributes?.rowOf.size).toBe(6);
    }
  });

  test('also where the lists lie in Anno and Eval, as in the original distribution', async () => {
    const folder = await temporaryFolder();
    await writeCelebaFolder(folder, 3);
    await mkdir(join(folder, 'Anno'));
    await mkdir(join(folder, 'Eval'));
    await rename(join(folder, 'list_attr_celeba.txt'), join(folder, 'Anno', 'list_attr_celeba.txt'));
    await rename(join(folder, 'list_eval_partition.txt'), join(folder, 'Eval', 'list_eval_partition.txt'));
    const set = await openImageSet(folder);
    expect(set.lists).toHaveLength(2);
    expect(Array.from(set.partition)).toEqual([0, 1, 2]);
  });

  test.each([
    ['CelebA', 'Img', 'img_align_celeba'],
    ['CelebA', 'Img', 'img_align_celeba', 'img_align_celeba'],
    ['celeba', 'img_align_celeba'],
  ])(
    'its official parts count whichever folder of %s/%s/%s is named, as its archives unpack',
    async (...way) => {
      const above = await temporaryFolder();
      const folder = join(above, way[0]);
      const images = join(above, ...way);
      await writeCelebaFolder(join(above, 'made'), 3);
      await mkdir(dirname(images), { recursive: true });
      await rename(join(above, 'made', 'img_align_celeba'), images);
      await mkdir(join(folder, 'Anno'));
      await mkdir(join(folder, 'Eval'));
      await rename(join(above, 'made', 'list_attr_celeba.txt'), join(folder, 'Anno', 'list_attr_celeba.txt'));
      await rename(
        join(above, 'made', 'list_eval_partition.txt'),
        join(folder, 'Eval', 'list_eval_partition.txt'),
      );
      for (let named = images; named !== dirname(above); named = dirname(named)) {
        const set = await openImageSet(named);
        expect(set).toMatchObject({ layout: 'celeba', notes: [] });
        expect(set.files).toHaveLength(3);
        expect(set.lists.map((list) => basename(list))).toEqual([
          'list_attr_celeba.txt',
          'list_eval_partition.txt',
        ]);
        expect(Array.from(set.partition)).toEqual([0, 1, 2]);
      }
    },
  );

  test('lists above a folder of another name than CelebA’s are another set’s', async () => {
    const above = await temporaryFolder();
    await writeCelebaFolder(above, 3);
    await rename(join(above, 'img_align_celeba'), join(above, 'holiday'));
    expect((await openImageSet(join(above, 'holiday'))).lists).toEqual([]);
  });

  test('rows that are missing or too many are named, and do not stop it', async () => {
    const folder = await temporaryFolder();
    await writeDamagedCelebaFolder(folder);
    const { notes } = await openImageSet(folder);
    expect(notes.map(({ kind, files }) => [kind, files])).toEqual([
      ['missing-rows', ['000011.jpg']],
      ['extra-rows', ['999999.jpg']],
    ]);
    expect(notes[0]?.sentence).toContain('no row for 000011.jpg');
  });

  const damage: [string, (text: string) => string, RegExp][] = [
    ['a web page', () => webPage, /line 1: this is a web page/],
    [
      'no names',
      (text) => text.replace(/5_o_Clock.*\n/, ''),
      /line 2: the names of the columns should be here/,
    ],
    [
      'a short row',
      (text) => text.replace(/000003.jpg.*\n/, '000003.jpg 1 -1\n'),
      /line 5: a file name and 40 numbers/,
    ],
    [
      'a word for a number',
      (text) => text.replace('000002.jpg -1', '000002.jpg no'),
      /line 4: “no” is not a whole number/,
    ],
    [
      'a row twice',
      (text) => text.replace('000003.jpg', '000002.jpg'),
      /line 5: 000002.jpg has a row already/,
    ],
    ['nothing', () => '', /the list is empty/],
  ];
  test.each(damage)('an attribute list with %s is left out, with file and line', async (_, change, words) => {
    const folder = await temporaryFolder();
    await writeCelebaFolder(folder, 3);
    const list = join(folder, 'list_attr_celeba.txt');
    await writeFile(list, change(await readFile(list, 'utf8')));
    const set = await openImageSet(folder);
    expect(set.attributes).toBeUndefined();
    expect(set.notes).toHaveLength(1);
    expect(set.notes[0]?.sentence).toMatch(words);
    expect(set.notes[0]?.sentence).toContain('list_attr_celeba.txt');
  });
});

describe('any folder of pictures', () => {
  test('is searched through all its folders; hidden files and others are passed over', async () => {
    const folder = await temporaryFolder();
    await mkdir(join(folder, 'b', 'c'), { recursive: true });
    await mkdir(join(folder, '__MACOSX'));
    const files = ['z.PNG', 'b/y.jpeg', 'b/c/x.webp', 'a.tif', '.hidden.jpg', 'notes.txt', '__MACOSX/z.png'];
    for (const file of files) await writeFile(join(folder, file), '');
    const set = await openImageSet(folder);
    expect(set).toMatchObject({
      layout: 'folder',
      files: ['a.tif', 'b/c/x.webp', 'b/y.jpeg', 'z.PNG'],
      notes: [{ kind: 'system-folders', files: ['__MACOSX'] }],
    });
  });

  test('without a list the parts come from the names: about 90, 5 and 5 in a hundred', () => {
    const counts = [0, 0, 0];
    const names = Array.from({ length: 20_000 }, (_, index) => `photo-${index}.jpg`);
    for (const name of names) counts[partitionByName(name)]!++;
    // Five standard deviations of the binomial distribution: 5 · √(20000 · 0.05 · 0.95) = 154.
    expect(Math.abs(counts[1]! - 1000)).toBeLessThan(154);
    expect(Math.abs(counts[2]! - 1000)).toBeLessThan(154);
    // By Python: int.from_bytes(hashlib.sha256(name).digest()[:4], 'big') / 2**32 is 0.7957, 0.9464, 0.9491, 0.9646, 0.993.
    const some = [2, 13, 48, 32, 87].map((number) => partitionByName(`photo-${number}.jpg`));
    expect(some).toEqual([0, 1, 1, 2, 2]);
  });
});

describe('what is no set says what to do', () => {
  test('no folder', async () => {
    await expect(openImageSet('/nowhere/at/all')).rejects.toMatchObject({ code: 'not-found' });
  });

  test('an empty folder, and one with an archive only', async () => {
    const folder = await temporaryFolder();
    await expect(openImageSet(folder)).rejects.toMatchObject({ code: 'empty' });
    await writeFile(join(folder, 'img_align_celeba.zip'), Buffer.from('504b0304', 'hex'));
    await expect(openImageSet(folder)).rejects.toThrow(/not unpacked yet: img_align_celeba.zip/);
  });

  test('an archive, a web page under its name, a picture', async () => {
    const folder = await temporaryFolder();
    const zip = join(folder, 'img_align_celeba.zip');
    await writeFile(zip, Buffer.from('504b0304', 'hex'));
    await expect(openImageSet(zip)).rejects.toThrow(
      /Unpack it first \(for example: unzip img_align_celeba.zip\)/,
    );
    await writeFile(zip, webPage);
    await expect(openImageSet(zip)).rejects.toThrow(/is a web page: .* Download it again/);
    await plain('#204060').png().toFile(join(folder, 'one.png'));
    await expect(openImageSet(join(folder, 'one.png'))).rejects.toThrow(/is a file. Choose the folder/);
  });
});

describe('links in a set', () => {
  afterEach(() => {
    vi.unstubAllEnvs();
  });

  async function linkedSet(): Promise<{ set: string; outside: string }> {
    const above = await realpath(await temporaryFolder());
    const [set, outside] = [join(above, 'set'), join(above, 'outside')];
    for (const folder of [set, outside]) await mkdir(folder);
    await writeFile(join(set, 'own.png'), await plain('#204060').png().toBuffer());
    await symlink(join(set, 'own.png'), join(set, 'again.png'));
    await writeFile(join(outside, 'private.png'), await plain('#204060').png().toBuffer());
    await symlink(join(outside, 'private.png'), join(set, 'private.png'));
    await writeFile(join(outside, 'notes.txt'), 'mine');
    await symlink(join(outside, 'notes.txt'), join(set, 'faces.zip'));
    await symlink(join(outside, 'notes.txt'), join(set, 'list_attr_celeba.txt'));
    return { set, outside };
  }

  test('are followed where nobody said otherwise', async () => {
    const { set } = await linkedSet();
    expect((await openImageSet(set)).files).toEqual(['again.png', 'own.png', 'private.png']);
  });

  test('lead nowhere but into the allowed folders, and what is left out is said', async () => {
    const { set, outside } = await linkedSet();
    vi.stubEnv('EXTRAPOLATION_LINKS_INTO', '');
    confineLinks([set]);
    const opened = await openImageSet(set);
    expect(opened.files).toEqual(['again.png', 'own.png']);
    expect(opened.lists).toEqual([]);
    expect(opened.notes).toMatchObject([
      { kind: 'outside-links', count: 3, files: ['faces.zip', 'list_attr_celeba.txt', 'private.png'] },
    ]);
    expect(opened.notes[0]?.sentence).toBe(
      '3 files are links that lead out of the folders this Studio was allowed to use; they are left out.',
    );
    expect(JSON.stringify(await checkImageSet(set))).not.toContain('mine');
    confineLinks([set, outside]);
    expect((await openImageSet(set)).files).toEqual(['again.png', 'own.png', 'private.png']);
  });

  test('to folders lead nowhere but into the allowed folders, either', async () => {
    const { set, outside } = await linkedSet();
    await symlink(outside, join(set, 'more'));
    vi.stubEnv('EXTRAPOLATION_LINKS_INTO', '');
    confineLinks([set]);
    const opened = await openImageSet(set);
    expect(opened.files).toEqual(['again.png', 'own.png']);
    expect(opened.notes).toMatchObject([{ kind: 'outside-links', count: 4 }]);
    confineLinks([set, outside]);
    expect((await openImageSet(set)).files).toContain('more/private.png');
  });

  test('do not make another folder of the set', async () => {
    const { set, outside } = await linkedSet();
    await symlink(outside, join(set, 'img_align_celeba'));
    vi.stubEnv('EXTRAPOLATION_LINKS_INTO', '');
    confineLinks([set]);
    await expect(openImageSet(set)).rejects.toThrow('is a link that leads out of the folders');
  });
});
