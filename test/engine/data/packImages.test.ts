import { createHash } from 'node:crypto';
import { statSync } from 'node:fs';
import {
  appendFile,
  chmod,
  mkdir,
  readdir,
  readFile,
  rm,
  stat,
  symlink,
  truncate,
  utimes,
  writeFile,
} from 'node:fs/promises';
import { basename, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { currentDecoding, packedManifestSchema } from '../../../src/contract/dataSet.ts';
import type { Crop, Selection } from '../../../src/contract/dataSet.ts';
import { cacheBase } from '../../../src/engine/data/cacheFolder.ts';
import { openImageSet } from '../../../src/engine/data/imageSet.ts';
import { openPackedImages } from '../../../src/engine/data/packedImages.ts';
import { packImages, packKeys } from '../../../src/engine/data/packImages.ts';
import { readImageFile } from '../../../src/engine/data/decode.ts';
import { writeCelebaFolder, writeDamagedCelebaFolder } from './celebaFolder.ts';
import { temporaryFolder } from './folders.ts';
import { detailedJpeg, webPage } from './pictures.ts';

async function folders(): Promise<{ folder: string; cacheFolder: string }> {
  const base = await temporaryFolder();
  return { folder: join(base, 'celeba'), cacheFolder: join(base, 'cache') };
}

async function flip(file: string, place: (size: number) => number): Promise<void> {
  const bytes = await readFile(file);
  bytes[place(bytes.length)]! ^= 0x10;
  await writeFile(file, bytes);
}

describe('the packed cache', () => {
  test('who gets the right to read a file later finds it in the set', async () => {
    const { folder } = await folders();
    await writeCelebaFolder(folder, 2);
    const file = join(folder, 'img_align_celeba', '000001.jpg');
    const keys = async (selection: Selection): Promise<string | undefined> =>
      (await packKeys(await openImageSet(folder, selection), { crop: 'vae', size: 64 })).get(currentDecoding);
    for (const [selection, different] of [
      ['pictures', 2],
      ['earlier', 1],
    ] as const) {
      await chmod(file, 0o644);
      const before = await keys(selection);
      await chmod(file, 0);
      expect(new Set([before, await keys(selection)]).size).toBe(different);
      // Rights that let everybody read, such as those of a copy, change nothing.
      await chmod(file, 0o664);
      expect(await keys(selection)).toBe(before);
    }
  });

  test('holds each picture’s crop, part and attributes in the order of the names', async () => {
    const { folder, cacheFolder } = await folders();
    await writeCelebaFolder(folder, 9);
    const packed = await packImages(await openImageSet(folder), { cacheFolder, crop: 'dcgan', size: 32 });
    expect(packed).toMatchObject({ count: 9, size: 32 });
    const pixels = packed.read([7, 0, 7]);
    const bytesEach = 32 * 32 * 3;
    for (const [position, index] of [7, 0, 7].entries()) {
      const own = await readImageFile(join(folder, 'img_align_celeba', packed.files[index]!), 'dcgan', 32);
      expect(pixels.subarray(position * bytesEach, (position + 1) * bytesEach)).toEqual(own);
    }
    expect(Array.from(packed.indicesOf('validation'))).toEqual([1, 4, 7]);
    expect(packed.partitionOf(2)).toBe('test');
    const smiling = packed.attributeNames.indexOf('Smiling');
    expect([0, 1, 2, 3].map((index) => packed.attributesOf(index)[smiling])).toEqual([-1, 1, -1, 1]);
    expect(() => packed.read([9])).toThrow(RangeError);
    packed.close();
  });

  test('has squares of an earlier version for a run that began with them, where that version put them', async () => {
    const { folder, cacheFolder } = await folders();
    await writeCelebaFolder(folder, 2);
    const images = join(folder, 'img_align_celeba');
    await writeFile(join(images, '000002.jpg'), await detailedJpeg());
    const set = await openImageSet(folder, 'earlier');
    const [earlier, today] = [
      await packImages(set, { cacheFolder, decoding: 1 }),
      await packImages(await openImageSet(folder), { cacheFolder }),
    ];
    // The key of version 0.1: a hash of its number of the decoding, and of names, sizes and times.
    const line = (path: string): string => {
      const { size, mtimeMs } = statSync(path);
      return `${basename(path)}\0${size}\0${mtimeMs}\n`;
    };
    const hash = createHash('sha256').update(JSON.stringify([1, 'vae', 64, images]));
    for (const path of [...set.lists, ...set.files.map((file) => join(images, file))])
      hash.update(line(path));
    expect(earlier.manifest).toMatchObject({ key: hash.digest('hex'), decoding: 1 });
    expect(today.manifest).toMatchObject({ decoding: currentDecoding });
    expect(today.path).not.toBe(earlier.path);
    for (const [packed, decoding] of [
      [earlier, 1],
      [today, 2],
    ] as const) {
      const alone = await readImageFile(join(images, '000002.jpg'), 'vae', 64, decoding);
      expect(packed.read([1])).toEqual(alone);
    }
    expect(today.read([1])).not.toEqual(earlier.read([1]));
    earlier.close();
    today.close();
  });

  test('names what it left out, and keeps parts and attributes with their pictures', async () => {
    const { folder, cacheFolder } = await folders();
    await writeDamagedCelebaFolder(folder);
    const packed = await packImages(await openImageSet(folder), { cacheFolder });
    packed.close();
    expect(packed.files).toEqual([1, 4, 6, 7, 8, 10, 11, 12].map((n) => `${String(n).padStart(6, '0')}.jpg`));
    expect(packed.manifest.skipped).toEqual([
      { file: '000002.jpg', reason: 'it is cut short' },
      { file: '000003.jpg', reason: 'it is a web page, not a picture' },
      { file: '000005.jpg', reason: 'it is empty (0 bytes)' },
      { file: '000009.jpg', reason: 'it is not a picture in a known format' },
    ]);
    // Parts are (n − 1) mod 3 in that folder.
    expect(Array.from(packed.indicesOf('train'))).toEqual([0, 1, 3, 5]);
    const smiling = packed.attributeNames.indexOf('Smiling');
    // 000011.jpg has no row.
    expect([1, 2, 6].map((index) => packed.attributesOf(index)[smiling])).toEqual([1, 1, 0]);
  });

  test('is made once, and again when a file, a list, the crop or the size changes', async () => {
    const { folder, cacheFolder } = await folders();
    await writeCelebaFolder(folder, 3);
    const pack = async (size = 64, crop: Crop = 'vae'): Promise<{ path: string; decoded: boolean }> => {
      let decoded = false;
      const watch = {
        onProgress: () => {
          decoded = true;
        },
      };
      const packed = await packImages(await openImageSet(folder), { cacheFolder, size, crop }, watch);
      packed.close();
      return { path: packed.path, decoded };
    };
    const first = await pack();
    expect(first.decoded).toBe(true);
    expect(await pack()).toEqual({ path: first.path, decoded: false });
    await utimes(join(folder, 'img_align_celeba', '000002.jpg'), 1000, 1000);
    const second = await pack();
    expect(second).toMatchObject({ decoded: true });
    await appendFile(join(folder, 'list_eval_partition.txt'), '\n');
    const third = await pack();
    const fourth = await pack(32);
    const fifth = await pack(32, 'full');
    expect(new Set([first, second, third, fourth, fifth].map(({ path }) => path)).size).toBe(5);
  });

  test('a damaged pack is made again', async () => {
    const { folder, cacheFolder } = await folders();
    await writeCelebaFolder(folder, 3);
    const set = await openImageSet(folder);
    const packed = await packImages(set, { cacheFolder });
    packed.close();
    await truncate(join(packed.path, 'images.u8'), 1000);
    expect(() => openPackedImages(packed.path)).toThrow(/damaged/);
    const again = await packImages(set, { cacheFolder });
    expect(again.read([2])).toHaveLength(64 * 64 * 3);
    again.close();
    await rm(join(again.path, 'manifest.json'));
    expect(() => openPackedImages(again.path)).toThrow(/no packed image set/);
  });

  describe('damage is found, and cured by packing again', () => {
    const damages: [string, (file: string) => Promise<void>][] = [
      ['empty', (file) => writeFile(file, '')],
      ['half', async (file) => truncate(file, Math.floor((await stat(file)).size / 2))],
      ['a byte flipped at the start', (file) => flip(file, () => 0)],
      ['a byte flipped in the middle', (file) => flip(file, (size) => Math.floor(size / 2))],
      ['a byte flipped at the end', (file) => flip(file, (size) => size - 1)],
      ['a web page', (file) => writeFile(file, webPage)],
      ['missing', (file) => rm(file)],
      ['a folder', async (file) => rm(file).then(() => mkdir(file))],
      ['a link to nothing', async (file) => rm(file).then(() => symlink(`${file}.nowhere`, file))],
    ];
    const names = ['manifest.json', 'images.u8', 'partition.u8', 'attributes.i8', 'checks.u32'];
    test.each(names.flatMap((name) => damages.map(([what, damage]) => [name, what, damage] as const)))(
      '%s: %s',
      async (name, _what, damage) => {
        const { folder, cacheFolder } = await folders();
        await writeCelebaFolder(folder, 3);
        const set = await openImageSet(folder);
        const packed = await packImages(set, { cacheFolder });
        const pixels = Buffer.from(packed.read([0, 1, 2]));
        packed.close();
        await damage(join(packed.path, name));
        const used = (): Buffer => {
          const opened = openPackedImages(packed.path);
          try {
            return Buffer.from(opened.read([0, 1, 2]));
          } finally {
            opened.close();
          }
        };
        expect(used).toThrow(/is damaged|no packed image set/);
        (await packImages(set, { cacheFolder })).close();
        expect(used().equals(pixels)).toBe(true);
      },
    );
  });

  test('a pack of an earlier version, which has no checks, is made again', async () => {
    const { folder, cacheFolder } = await folders();
    await writeCelebaFolder(folder, 3);
    const set = await openImageSet(folder);
    const packed = await packImages(set, { cacheFolder });
    packed.close();
    const file = join(packed.path, 'manifest.json');
    const manifest = packedManifestSchema.parse(JSON.parse(await readFile(file, 'utf8')));
    const earlier = packedManifestSchema.omit({ sha256: true }).strip().parse(manifest);
    await writeFile(file, JSON.stringify(earlier));
    (await packImages(set, { cacheFolder })).close();
    expect(JSON.parse(await readFile(file, 'utf8'))).toHaveProperty('sha256');
  });

  test('stopping leaves nothing behind, and leftovers of a dead process are cleared', async () => {
    const { folder, cacheFolder } = await folders();
    await writeCelebaFolder(folder, 70);
    const set = await openImageSet(folder);
    const stop = new AbortController();
    const watch = {
      signal: stop.signal,
      onProgress: () => {
        stop.abort();
      },
    };
    await expect(packImages(set, { cacheFolder }, watch)).rejects.toMatchObject({ code: 'interrupted' });
    expect(await readdir(cacheFolder)).toEqual([]);
    // Process numbers end below 2^22 on Linux and are smaller elsewhere.
    await mkdir(join(cacheFolder, 'abc.part-99999999-00ff'));
    await mkdir(join(cacheFolder, `abc.part-${process.pid}-00ff`));
    (await packImages(set, { cacheFolder })).close();
    const left = (await readdir(cacheFolder)).filter((name) => name.includes('.part-'));
    expect(left).toEqual([`abc.part-${process.pid}-00ff`]);
  });

  test('a set with nothing left is an error that names the first file', async () => {
    const { folder, cacheFolder } = await folders();
    await mkdir(folder);
    await writeFile(join(folder, 'a.jpg'), webPage);
    await writeFile(join(folder, 'b.jpg'), '');
    const set = await openImageSet(folder);
    await expect(packImages(set, { cacheFolder })).rejects.toMatchObject({ code: 'empty' });
    await expect(packImages(set, { cacheFolder })).rejects.toThrow(
      /None of the 2 files .* a.jpg: it is a web page/,
    );
    expect(await readdir(cacheFolder)).toEqual([]);
  });
});

describe('the cache folder', () => {
  test('follows the system’s custom, and EXTRAPOLATION_CACHE before it', () => {
    expect(cacheBase({}, 'linux', '/home/a')).toBe('/home/a/.cache/extrapolation-studio');
    expect(cacheBase({ XDG_CACHE_HOME: '/x' }, 'linux', '/home/a')).toBe('/x/extrapolation-studio');
    expect(cacheBase({}, 'darwin', '/Users/a')).toBe('/Users/a/Library/Caches/extrapolation-studio');
    expect(cacheBase({ LOCALAPPDATA: '/local' }, 'win32', '/a')).toBe('/local/extrapolation-studio');
    expect(cacheBase({ EXTRAPOLATION_CACHE: '/own', XDG_CACHE_HOME: '/x' }, 'linux', '/home/a')).toBe('/own');
  });
});
