import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readRayToken } from '../../../../src/engine/sweeps/ray/rayToken.ts';
import { temporaryFolder } from '../../../setup/tinyTraining.ts';

let place: Awaited<ReturnType<typeof temporaryFolder>>;
let home: string;

beforeAll(async () => {
  place = await temporaryFolder();
  home = join(place.folder, 'home');
  await mkdir(join(home, '.ray'), { recursive: true });
  await writeFile(join(home, '.ray', 'auth_token'), 'of-home\n');
  await writeFile(join(place.folder, 'named'), ' of-file \n');
  await writeFile(join(place.folder, 'empty'), '\n');
});

afterAll(() => place.remove());

describe('the token of a cluster', () => {
  it('is looked for where Ray looks, in its order', async () => {
    const named = join(place.folder, 'named');
    expect([
      await readRayToken({ RAY_AUTH_TOKEN: 'given', RAY_AUTH_TOKEN_PATH: named }, home),
      await readRayToken({ RAY_AUTH_TOKEN: ' ', RAY_AUTH_TOKEN_PATH: named }, home),
      await readRayToken({}, home),
      await readRayToken({}, place.folder),
    ]).toEqual(['given', 'of-file', 'of-home', undefined]);
  });

  it('says which file of RAY_AUTH_TOKEN_PATH is not there', async () => {
    const path = join(place.folder, 'nowhere');
    await expect(readRayToken({ RAY_AUTH_TOKEN_PATH: path }, home)).rejects.toThrow(
      `RAY_AUTH_TOKEN_PATH names ${path}, and there is no such file. Write the cluster's token into it, or set RAY_AUTH_TOKEN.`,
    );
  });

  it('repeats nothing of a token that cannot be sent', async () => {
    for (const wrong of ['two words', 'line\nbreak', 'schlüssel']) {
      await expect(readRayToken({ RAY_AUTH_TOKEN: wrong }, home)).rejects.toThrow(
        /^RAY_AUTH_TOKEN holds no token of Ray's: it must be one word of letters, digits and signs\. Copy it again from the head\.$/,
      );
    }
    await expect(readRayToken({ RAY_AUTH_TOKEN_PATH: join(place.folder, 'empty') }, home)).rejects.toThrow(
      /empty, which RAY_AUTH_TOKEN_PATH names, holds no token/,
    );
  });
});
