import { execFileSync } from 'node:child_process';
import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { downloadedSet } from '../../../src/engine/export/downloadedSet.ts';
import { zipOf, zipOfFolder } from '../../../src/engine/files/zipFolder.ts';
import type { Zip } from '../../../src/engine/files/zipFolder.ts';
import { temporaryFolder } from '../../setup/tinyTraining.ts';

let place = '';
let remove: () => Promise<void>;
beforeAll(async () => {
  ({ folder: place, remove } = await temporaryFolder());
});
afterAll(async () => {
  await remove();
});

async function wholeOf(zip: Zip): Promise<Buffer> {
  const pieces: Buffer[] = [];
  for await (const piece of zip.pieces()) pieces.push(piece);
  return Buffer.concat(pieces);
}

/** Names and contents as Python's own module reads them, after it has checked every file. */
function readByPython(archive: string): unknown {
  const script = [
    'import json, sys, zipfile',
    'z = zipfile.ZipFile(sys.argv[1])',
    'assert z.testzip() is None',
    'names = z.namelist()',
    'print(json.dumps([len(names), {n: z.read(n).decode() for n in names[:2] + names[-2:]}]))',
  ];
  return JSON.parse(execFileSync('python3', ['-c', script.join('\n'), archive], { encoding: 'utf8' }));
}

it('packs a folder so that another program reads it, without links and files under way', async () => {
  const folder = join(place, 'großes set');
  await mkdir(join(folder, 'train'), { recursive: true });
  await writeFile(join(folder, 'a.txt'), 'first');
  await writeFile(join(folder, 'train', 'ü.txt'), '粉');
  await writeFile(join(folder, '.export.lock'), 'no');
  await writeFile(join(place, 'secret'), 'no');
  await symlink(join(place, 'secret'), join(folder, 'link.txt'));
  const zip = await zipOfFolder(folder);
  const whole = await wholeOf(zip);
  expect(whole.length).toBe(zip.bytes);
  await writeFile(join(place, 'set.zip'), whole);
  expect(readByPython(join(place, 'set.zip'))).toEqual([
    2,
    { 'großes set/a.txt': 'first', 'großes set/train/ü.txt': '粉' },
  ]);
});

it('packs more files than the first form of the format can count', async () => {
  const files = Array.from({ length: 70_000 }, (_, at) => ({
    ...{ name: `s/${at}`, size: String(at).length, modified: new Date(2026, 0, 1) },
    read: () => Promise.resolve(Buffer.from(String(at))),
  }));
  const zip = zipOf(files);
  const whole = await wholeOf(zip);
  expect(whole.length).toBe(zip.bytes);
  await writeFile(join(place, 'many.zip'), whole);
  expect(readByPython(join(place, 'many.zip'))).toEqual([
    70_000,
    { 's/0': '0', 's/1': '1', 's/69998': '69998', 's/69999': '69999' },
  ]);
});

it('ends with a sentence where a file changes meanwhile', async () => {
  const read = (): Promise<Buffer> => Promise.resolve(Buffer.from('longer'));
  const zip = zipOf([{ name: 'a', size: 3, modified: new Date(), read }]);
  await expect(wholeOf(zip)).rejects.toThrow(/^a changed while it was downloaded/);
});

it('sends exported sets alone', async () => {
  await expect(downloadedSet(place)).rejects.toThrow(/is not a set that the Studio exported/);
});
