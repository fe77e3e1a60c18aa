import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { checkImageSet } from '../../../src/engine/data/checkImageSet.ts';
import { openImageSet, rowOfFile } from '../../../src/engine/data/imageSet.ts';
import type { ImageSet } from '../../../src/engine/data/imageSet.ts';
import { packImages } from '../../../src/engine/data/packImages.ts';
import { exportSet } from '../../../src/engine/export/exportSet.ts';
import { labelsOf } from '../../../src/engine/export/exportPictures.ts';
import type { SourceLabels } from '../../../src/engine/export/labels.ts';
import { seedSources } from '../../../src/engine/export/sources.ts';
import type { ExportSource } from '../../../src/engine/export/sources.ts';
import { partitionByName } from '../../../src/engine/data/setLists.ts';
import { smallGenerator } from '../interventions/smallGenerator.ts';
import { writeCelebaFolder } from './celebaFolder.ts';
import { temporaryFolder } from './folders.ts';

const labels: SourceLabels = {
  names: ['Smiling', 'Black_Hair'],
  of: (image) => ({ 'a.png': [1, -1], 'b.png': [-1, 1] })[image],
};

/** Three pictures, of which one has no labels, and two seeds, as they are and with their hair recoloured; a part for testing. */
async function makeExport(out: string): Promise<void> {
  const generator = smallGenerator();
  const images = ['a.png', 'b.png', 'c.png'].map((image): ExportSource => ({
    ...{ kind: 'image', image, draw: 0, code: new Float32Array(5) },
  }));
  try {
    await exportSet({
      ...{ generator, out, labels, seed: 1, format: 'png', quality: 95, testShare: 0.4 },
      origin: { studio: '0.1.0', run: 'small', step: 7, weightsSha256: 'a'.repeat(64) },
      recipes: [
        { version: 1, name: 'plain', steps: [] },
        {
          ...{ version: 1, name: 'painted' },
          steps: [{ kind: 'fluoHair', channels: [1], map: { kind: 'negate' }, enabled: true }],
        },
      ],
      sources: [...images, ...seedSources(1, 2)],
    });
  } finally {
    generator.dispose();
  }
}

function labelled(set: ImageSet): (number[] | undefined)[] {
  return set.files.map((file) => {
    const row = rowOfFile(set.attributes!, file);
    return row < 0 ? undefined : [...set.attributes!.values.subarray(2 * row, 2 * row + 2)];
  });
}

it('an export is trained on by its own parts and labels, with nothing to be noted', async () => {
  const root = await temporaryFolder();
  const folder = join(root, 'set');
  await makeExport(folder);
  const set = await openImageSet(folder);
  expect(set.files).toHaveLength(10);
  expect([...set.partition]).toEqual(set.files.map((file) => (file.startsWith('test/') ? 2 : 0)));
  // 0.4 of five sources, each with two recipes.
  expect([...set.partition].filter((part) => part === 2)).toHaveLength(4);
  expect(set.notes).toEqual([]);
  const byNumber = set.files
    .map((file, index) => ({ number: Number(/(\d+)\.png$/.exec(file)![1]), row: labelled(set)[index] }))
    .sort((a, b) => a.number - b.number);
  const unknown = [0, 0];
  expect(byNumber.map(({ row }) => row)).toEqual([
    ...[
      [1, -1],
      [1, 0],
      [-1, 1],
      [-1, 0],
    ],
    ...Array.from({ length: 6 }, () => unknown),
  ]);

  const check = await checkImageSet(folder);
  expect(check.findings).toEqual([]);
  expect(check.partitions).toEqual({ train: 6, validation: 0, test: 4 });
  expect(check.attributes).toEqual([
    { name: 'Smiling', yes: 2, no: 2, unknown: 6 },
    { name: 'Black_Hair', yes: 1, no: 1, unknown: 8 },
  ]);

  const packed = await packImages(set, { cacheFolder: join(root, 'packed') });
  try {
    expect(set.files.map((_, index) => [...packed.attributesOf(index)])).toEqual(labelled(set));
    expect(packed.indicesOf('test')).toHaveLength(4);
  } finally {
    packed.close();
  }
});

it('labels of exports of earlier versions, whose list has 0 for unknown, are read as they were meant', async () => {
  const folder = join(await temporaryFolder(), 'set');
  await makeExport(folder);
  for (const split of ['train', 'test']) {
    const file = join(folder, split, 'metadata.jsonl');
    const text = await readFile(file, 'utf8');
    const words = { '"yes"': '1', '"no"': '-1', '"unknown"': 'null' };
    await writeFile(
      file,
      text.replace(/"(yes|no|unknown)"/g, (word) => words[word as keyof typeof words]),
    );
  }
  const { attributes } = await checkImageSet(folder);
  expect(attributes[1]).toEqual({ name: 'Black_Hair', yes: 1, no: 1, unknown: 8 });
});

it('an export that is being made, or has lost its tables, is pictures in parts without labels', async () => {
  const folder = join(await temporaryFolder(), 'set');
  await makeExport(folder);
  for (const split of ['train', 'test']) await rm(join(folder, split, 'metadata.jsonl'));
  const set = await openImageSet(folder);
  expect([set.attributes, set.lists, set.notes]).toEqual([undefined, [], []]);
  expect([...set.partition].filter((part) => part === 2)).toHaveLength(4);
});

it('a list of 0 and 1 counts the same in the doctor, in training, and in an export of the pictures', async () => {
  const root = await temporaryFolder();
  const folder = join(root, 'celeba');
  await writeCelebaFolder(folder, 4);
  const list = join(folder, 'list_attr_celeba.txt');
  await writeFile(
    list,
    (await readFile(list, 'utf8')).replaceAll('-1', ' 0').replace('000004.jpg', '000009.jpg'),
  );
  const { attributes } = await checkImageSet(folder);
  expect(attributes.find(({ name }) => name === 'Smiling')).toEqual({
    ...{ name: 'Smiling', yes: 1, no: 2, unknown: 1 },
  });
  const set = await openImageSet(folder);
  const column = set.attributes!.names.indexOf('Smiling');
  const packed = await packImages(set, { cacheFolder: join(root, 'packed') });
  const inTraining = set.files.map((_, index) => packed.attributesOf(index)[column]);
  packed.close();
  expect(inTraining).toEqual([-1, 1, -1, 0]);
  expect(set.files.map((file) => labelsOf(set)!.of(file)?.[column])).toEqual([-1, 1, -1, undefined]);
});

it('lists whose rows have paths, as those of exports do, name the pictures and their parts', async () => {
  const folder = join(await temporaryFolder(), 'celeba');
  await writeCelebaFolder(folder, 6);
  for (const name of ['list_attr_celeba.txt', 'list_eval_partition.txt']) {
    const file = join(folder, name);
    await writeFile(file, (await readFile(file, 'utf8')).replace(/^0/gm, 'img_align_celeba/0'));
  }
  const set = await openImageSet(folder);
  expect(set.notes).toEqual([]);
  expect([...set.partition]).toEqual([0, 1, 2, 0, 1, 2]);
  const { findings, attributes } = await checkImageSet(folder);
  expect(findings).toEqual([]);
  expect(attributes.find(({ name }) => name === 'Smiling')).toMatchObject({ yes: 3, no: 3, unknown: 0 });
});

it('a run of an earlier version goes on with the parts and labels that it had', async () => {
  const root = await temporaryFolder();
  const folder = join(root, 'set');
  await makeExport(folder);
  const set = await openImageSet(folder, 'earlier');
  expect([...set.partition]).toEqual(set.files.map((file) => partitionByName(file)));
  // The list alone was read: Smiling of the two pictures that have labels, twice each.
  expect(set.attributes?.names).toEqual(['Smiling']);
  const known = set.files.map((file) => rowOfFile(set.attributes!, file)).filter((row) => row >= 0);
  expect(known).toHaveLength(4);
  expect(set.notes.map(({ kind }) => kind)).toEqual(['missing-rows', 'extra-rows']);

  const celeba = join(root, 'celeba');
  await writeCelebaFolder(celeba, 2);
  const list = join(celeba, 'list_attr_celeba.txt');
  await writeFile(list, (await readFile(list, 'utf8')).replaceAll('-1', ' 0'));
  const { attributes } = await openImageSet(celeba, 'earlier');
  expect(new Set(attributes!.values)).toEqual(new Set([0, 1]));
});
