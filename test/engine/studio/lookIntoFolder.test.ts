import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { FolderLook } from '../../../src/contract/studio.ts';
import { bundledModelFolder } from '../../../src/engine/runs/bundledModel.ts';
import { lookIntoFolder } from '../../../src/engine/studio/lookIntoFolder.ts';
import { recogniseFolder } from '../../../src/engine/studio/recogniseFolder.ts';
import { temporaryFolder } from '../../setup/tinyTraining.ts';

let place = '';
let remove: () => Promise<void>;
beforeAll(async () => {
  ({ folder: place, remove } = await temporaryFolder());
});
afterAll(async () => {
  await remove();
});

async function fill(name: string, files: readonly string[]): Promise<string> {
  for (const file of files) {
    const path = join(place, name, file);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, file.endsWith('.json') ? '{}' : '');
  }
  return join(place, name);
}

async function lastOf(events: AsyncIterable<FolderLook>): Promise<FolderLook | undefined> {
  let last: FolderLook | undefined;
  for await (const event of events) last = event;
  return last;
}

it('counts pictures through the folders inside, without links, hidden and systems’ folders', async () => {
  const folder = await fill('mixed', ['a.jpg', 'b.txt', 'in/c.png', 'in/deep/d.webp', '.git/e.png']);
  await fill('mixed', ['__MACOSX/f.png', '$RECYCLE.BIN/g.png']);
  await symlink(join(place, 'mixed', 'in'), join(folder, 'link'));
  expect(await lastOf(lookIntoFolder(folder))).toEqual({
    ...{ kind: null, pictures: 3, folders: 3, state: 'done' },
  });
});

it('counts drawn faces without their masks, and a folder that only has the name of them', async () => {
  const folder = await fill('drawn', ['img_align_celeba/1.jpg', 'truth/masks/1.png']);
  await writeFile(join(folder, 'data.json'), '{"generator":"extrapolation-studio faces"}');
  expect(await lastOf(lookIntoFolder(folder))).toMatchObject({ pictures: 1, folders: 2 });
  expect(await lastOf(lookIntoFolder(join(folder, 'truth')))).toMatchObject({ pictures: 1 });
  const other = await fill('others', ['truth/1.png', 'data.json']);
  expect(await lastOf(lookIntoFolder(other))).toMatchObject({ pictures: 1, folders: 2 });
});

it('tells what it is before it counts, and stops at its limit or when nobody listens', async () => {
  const folder = await fill('many', ['a/1.png', 'b/1.png', 'c/1.png']);
  const limited = lookIntoFolder(folder, undefined, { milliseconds: 10_000, folders: 2 });
  expect(await lastOf(limited)).toMatchObject({ folders: 3, state: 'stopped' });
  const left = new AbortController();
  const events = lookIntoFolder(folder, left.signal);
  expect((await events.next()).value).toMatchObject({ pictures: 0, state: 'counting' });
  left.abort();
  expect(await events.next()).toEqual({ value: undefined, done: true });
});

it.each([
  ['CelebA', ['celeba/img_align_celeba/000001.jpg', 'celeba/list_attr_celeba.txt'], 'celeba'],
  ['CelebA', ['above/CelebA/Img/img_align_celeba/000001.jpg'], 'above'],
  ['CelebA-HQ with masks', ['hq/CelebA-HQ-img/0.jpg'], 'hq'],
  ['FFHQ', ['ffhq/thumbnails128x128/00000/00000.png'], 'ffhq'],
  ['FFHQ', ['ffhq-small/00000.png', 'ffhq-small/00001.png'], 'ffhq-small'],
  [
    'Pictures by folder: Bag, Coat, Shirt and 1 more',
    ['f/Bag/1.png', 'f/Coat/1.png', 'f/Shirt/1.png', 'f/Top/1.png'],
    'f',
  ],
  ['Runs of Extrapolation Studio', ['runs/a/run.json', 'runs/b/run.json'], 'runs'],
  [null, ['plain/1.png', 'plain/2.png'], 'plain'],
  [null, ['half/a/1.png', 'half/b/notes.txt'], 'half'],
])('recognises %s', async (kind, files, folder) => {
  await fill('', files);
  expect(await recogniseFolder(join(place, folder))).toBe(kind);
});

it('recognises runs and sets of this program, and nothing where there is no folder', async () => {
  expect(await recogniseFolder(bundledModelFolder())).toBe('A run of Extrapolation Studio');
  const set = await fill('set', ['train/000001.png']);
  await writeFile(join(set, 'manifest.json'), '{\n  "format": "extrapolation-studio export",\n');
  expect(await recogniseFolder(set)).toBe('A set exported by Extrapolation Studio');
  expect(await recogniseFolder(join(place, 'gone'))).toBeNull();
});
