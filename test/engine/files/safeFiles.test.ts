import { execFileSync } from 'node:child_process';
import { mkdir, open, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readStrokes } from '../../../src/engine/gates/strokesFiles.ts';
import { loadRecipe } from '../../../src/engine/interventions/recipeFiles.ts';
import {
  isUnfinished,
  readText,
  removeUnfinished,
  unfinishedBeside,
  writeUnsynced,
  writeWhole,
} from '../../../src/engine/files/safeFiles.ts';
import { temporaryFolder } from '../../setup/tinyTraining.ts';

let folder: string;
let remove: () => Promise<void>;
beforeEach(async () => {
  ({ folder, remove } = await temporaryFolder());
});
afterEach(async () => {
  await remove();
});

describe.each([
  ['writeWhole', writeWhole],
  ['writeUnsynced', writeUnsynced],
])('%s', (_name, write) => {
  it('of many writers of one file none fails, and what is read at any time is one writer’s', async () => {
    const file = join(folder, 'recipe.json');
    const contents = Array.from({ length: 24 }, (_, writer) => `${writer} `.repeat(1 + writer * 4000));
    await write(file, contents[0]!);
    const written = new AbortController();
    const reads: string[] = [];
    const reader = (async () => {
      while (!written.signal.aborted) reads.push(await readFile(file, 'utf8'));
    })();
    await Promise.all(contents.map((content) => write(file, content)));
    written.abort();
    await reader;
    for (const read of [...reads, await readFile(file, 'utf8')]) expect(contents).toContain(read);
    expect(await readdir(folder)).toEqual(['recipe.json']);
  });

  it('what cannot be written leaves nothing behind and is said of the file itself', async () => {
    const file = join(folder, 'recipe.json');
    await mkdir(file);
    await expect(write(file, 'text')).rejects.toMatchObject({ path: file });
    await expect(write(join(folder, 'x'.repeat(300)), 'text')).rejects.toMatchObject({
      code: 'ENAMETOOLONG',
    });
    expect(await readdir(folder)).toEqual(['recipe.json']);
  });

  it('takes any name that the disk takes', async () => {
    const name = 'x'.repeat(255);
    await write(join(folder, name), 'text');
    expect(await readdir(folder)).toEqual([name]);
  });
});

describe('what killed writers left', () => {
  it('is known by its name, also that of earlier versions', () => {
    for (const name of ['run.json.part', 'abc.part-12-00ff', '.part-12-00ff'])
      expect(isUnfinished(name)).toBe(true);
    for (const name of ['run.json', 'part', 'lip.partial', '.part-of-mine'])
      expect(isUnfinished(name)).toBe(false);
  });

  it('is cleared away; what a living writer is at stays', async () => {
    const living = unfinishedBeside(join(folder, 'set'));
    for (const path of [living, join(folder, '.part-99999999-00ff'), join(folder, 'mine.txt')])
      await writeFile(path, '');
    await mkdir(join(folder, 'set.part-99999999-00ff'));
    await removeUnfinished(folder);
    expect((await readdir(folder)).map((name) => join(folder, name)).sort()).toEqual([
      living,
      join(folder, 'mine.txt'),
    ]);
    await removeUnfinished(join(folder, 'nowhere'));
  });
});

describe('readText', () => {
  it('reads no more than a file of its kind can have, by its size alone', async () => {
    const path = join(folder, 'large.recipe.json');
    const handle = await open(path, 'w');
    await handle.truncate(300 * 2 ** 20);
    await handle.close();
    await expect(readText(path)).rejects.toThrow(
      `${path} has 300 MB, and at most 256 MB are read. Choose another file.`,
    );
    await expect(loadRecipe(path)).rejects.toThrow('at most 64 MB are read');
    await expect(readStrokes(path)).rejects.toThrow('at most 256 MB are read');
  });

  it.skipIf(process.platform === 'win32')('reads no pipe, which nobody may ever write to', async () => {
    const path = join(folder, 'pipe.recipe.json');
    execFileSync('mkfifo', [path]);
    await expect(loadRecipe(path)).rejects.toThrow(`${path} is not an ordinary file. Choose another one.`);
  });
});
