import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { readImageFile } from '../../../src/engine/data/decode.ts';
import { makeFaces } from '../../../src/engine/data/faces/makeFaces.ts';
import { faceParameters } from '../../../src/engine/data/faces/parameters.ts';
import { renderFace } from '../../../src/engine/data/faces/renderFace.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'render-face-'));
});
afterAll(async () => {
  await rm(folder, { recursive: true });
});

it('draws the face that a set has on its disk, to the byte', async () => {
  const out = join(folder, 'faces');
  await makeFaces({ out, count: 2, seed: 5, firstNumber: 7 });
  for (const number of [7, 8]) {
    const kept = await readImageFile(join(out, 'img_align_celeba', `00000${number}.jpg`));
    expect(await renderFace(faceParameters(5, number, false))).toEqual(kept);
  }
});

it('changes the eyes, and nothing above the head', async () => {
  const face = faceParameters(0, 20, false);
  const wide = await renderFace({ ...face, eyes: { ...face.eyes, distance: face.eyes.distance * 1.3 } });
  const same = await renderFace(face);
  expect(wide.length).toBe(64 * 64 * 3);
  expect(wide).not.toEqual(same);
  // Nothing but the face changes: the first rows are background and hair.
  expect(wide.subarray(0, 64 * 3 * 3)).toEqual(same.subarray(0, 64 * 3 * 3));
});
