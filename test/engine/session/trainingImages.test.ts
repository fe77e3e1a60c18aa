import { cp, mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import type { Selection } from '../../../src/contract/dataSet.ts';
import type { RunFile } from '../../../src/contract/runFiles.ts';
import { openImageSet } from '../../../src/engine/data/imageSet.ts';
import { contentKey } from '../../../src/engine/data/contentKey.ts';
import { packImages } from '../../../src/engine/data/packImages.ts';
import { openPicturesOf, openTrainingImages } from '../../../src/engine/session/trainingImages.ts';
import { writeCelebaFolder } from '../data/celebaFolder.ts';
import { temporaryFolder, tinyRun } from '../../setup/tinyTraining.ts';

it('opens the squares that a run began with: an earlier version’s, where it names no decoding', async () => {
  const { folder, remove } = await temporaryFolder();
  onTestFinished(async () => {
    delete process.env['EXTRAPOLATION_CACHE'];
    await remove();
  });
  process.env['EXTRAPOLATION_CACHE'] = join(folder, 'cache');
  await writeCelebaFolder(join(folder, 'celeba'), 3);
  const set = await openImageSet(join(folder, 'celeba'));
  const earlier = await openImageSet(join(folder, 'celeba'), 'earlier');
  for (const decoding of [1, 2] as const) {
    const packed = await packImages(decoding === 1 ? earlier : set, { decoding });
    packed.close();
    const { data, ...run } = tinyRun(packed);
    const { decoding: own, selection, ...unnamed } = data;
    expect([own, selection]).toEqual([decoding, 'pictures']);
    const asked: RunFile = { ...run, data: decoding === 1 ? unnamed : data };
    const images = await openTrainingImages(asked, {});
    images.close();
    expect(images.path).toBe(packed.path);
  }
  // Squares of today in the place of those that it has seen would be other data.
  const today = await packImages(set);
  today.close();
  const { data, ...run } = tinyRun(today);
  await expect(openTrainingImages({ ...run, data: { ...data, decoding: 1 } }, {})).rejects.toMatchObject({
    code: 'wrong-usage',
  });
});

/** Pictures, masks of them, and what the disk's server put beside them. */
async function asPeopleHaveThem(): Promise<{ folder: string; pictures: string }> {
  const { folder, remove } = await temporaryFolder();
  onTestFinished(async () => {
    delete process.env['EXTRAPOLATION_CACHE'];
    await remove();
  });
  process.env['EXTRAPOLATION_CACHE'] = join(folder, 'cache');
  const pictures = join(folder, 'pictures');
  await writeCelebaFolder(pictures, 4);
  await rm(join(pictures, 'list_attr_celeba.txt'));
  await rm(join(pictures, 'list_eval_partition.txt'));
  for (const inner of ['masks', '@eaDir'])
    await cp(join(pictures, 'img_align_celeba'), join(pictures, inner), { recursive: true });
  // Any folder of pictures: CelebA's own holds nothing else.
  await cp(join(pictures, 'img_align_celeba'), join(pictures, 'photos'), { recursive: true });
  await rm(join(pictures, 'img_align_celeba'), { recursive: true });
  return { folder, pictures };
}

/** A run that began with what a version took; the first ones said nothing of it. */
async function begun(pictures: string, selection: Selection): Promise<RunFile> {
  const images = await packImages(await openImageSet(pictures, selection), {});
  images.close();
  const { data, ...run } = tinyRun(images);
  const own = { ...data, folder: pictures, content: contentKey(images.manifest) };
  if (selection !== 'earlier') return { ...run, data: { ...own, selection } };
  const { selection: named, ...unnamed } = own;
  expect(named).toBe('pictures');
  return { ...run, data: unnamed };
}

/** A run in the folder of its own pictures, with its samples. */
async function writeRunInside(pictures: string): Promise<void> {
  const run = join(pictures, 'runs', 'mine');
  await mkdir(join(run, 'samples'), { recursive: true });
  await writeFile(join(run, 'run.json'), '{\n  "version": 1,\n  "id": "mine",\n  "createdAt": "2026-01-01"');
  await cp(join(pictures, 'photos', '000001.jpg'), join(run, 'samples', 'step-1.jpg'));
}

it.each([
  ['earlier', 12],
  ['pictures', 4],
  ['all-folders', 8],
] as const)(
  'a run that began with what “%s” takes goes on with it, here and elsewhere',
  async (selection, count) => {
    const { folder, pictures } = await asPeopleHaveThem();
    const run = await begun(pictures, selection);
    const moved = join(folder, 'moved');
    await cp(pictures, moved, { recursive: true });
    for (const given of [undefined, moved]) {
      const { images, data } = await openPicturesOf(run, given, {});
      images.close();
      expect(images.count).toBe(count);
      expect(data.selection).toBe(run.data.selection);
      expect(data.folder).toBe(given ?? pictures);
    }
  },
);

it.each(['pictures', 'all-folders'] as const)(
  'what “%s” takes is not changed by a run inside',
  async (selection) => {
    const { pictures } = await asPeopleHaveThem();
    const run = await begun(pictures, selection);
    await writeRunInside(pictures);
    const { images } = await openPicturesOf(run, undefined, {});
    images.close();
    expect(images.manifest.key).toBe(run.data.key);
  },
);

it('an earlier version’s run whose folder lies in that of its pictures goes on without it', async () => {
  const { pictures } = await asPeopleHaveThem();
  for (const inner of ['masks', '@eaDir']) await rm(join(pictures, inner), { recursive: true });
  const run = await begun(pictures, 'earlier');
  await writeRunInside(pictures);
  const { images, data } = await openPicturesOf(run, undefined, {});
  images.close();
  expect([images.count, data.selection]).toEqual([4, 'pictures']);
  await cp(join(pictures, 'photos', '000001.jpg'), join(pictures, 'photos', '000009.jpg'));
  await expect(openPicturesOf(run, undefined, {})).rejects.toThrow('have changed since this run began');
});
