import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { wholeReader } from '../../../src/engine/data/readWhole.ts';
import { temporaryFolder } from './folders.ts';

it.each([
  ['at once', Infinity],
  ['beside one another', -1],
])('reads files of any size, %s', async (_, longWait) => {
  const folder = await temporaryFolder();
  // Around the size of the buffer that is used again.
  const sizes = [0, 1, 3000, 2 ** 16 - 1, 2 ** 16, 2 ** 16 + 1, 200_000, 5];
  const contents = sizes.map((size, n) => Buffer.alloc(size, n + 1));
  const paths = sizes.map((size) => join(folder, `${size}.bin`));
  for (const [n, path] of paths.entries()) await writeFile(path, contents[n]!);
  const read = wholeReader(longWait);
  const all = await Promise.all(paths.map(read));
  expect(all.map((bytes, n) => contents[n]!.equals(bytes))).not.toContain(false);
  await expect(read(join(folder, 'absent.bin'))).rejects.toMatchObject({ code: 'ENOENT' });
  await mkdir(join(folder, 'folder'));
  await expect(read(join(folder, 'folder'))).rejects.toMatchObject({
    code: expect.stringMatching(/EISDIR|damaged/) as unknown,
  });
});
