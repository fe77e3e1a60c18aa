import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import { cropBox } from '../../../src/engine/data/crop.ts';
import { fromHex, luminance, tint } from '../../../src/engine/data/faces/colour.ts';
import { drawFace } from '../../../src/engine/data/faces/drawFace.ts';
import { makeFaces } from '../../../src/engine/data/faces/makeFaces.ts';
import { faceParameters } from '../../../src/engine/data/faces/parameters.ts';
import { partitionOfNumber, truthOf } from '../../../src/engine/data/faces/truth.ts';
import { openImageSet } from '../../../src/engine/data/imageSet.ts';
import { packImages } from '../../../src/engine/data/packImages.ts';
import { readTruth } from '../../../src/engine/data/readTruth.ts';
import { temporaryFolder } from './folders.ts';

/** Every file under a folder with its bytes. */
async function contents(folder: string): Promise<Record<string, string>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const pairs = files.map(async (file) => [
    file.slice(folder.length),
    (await readFile(file)).toString('base64'),
  ]);
  return Object.fromEntries(await Promise.all(pairs)) as Record<string, string>;
}

describe('the parameters of faces', () => {
  const faces = Array.from({ length: 2000 }, (_, index) => faceParameters(1, index + 1, false));
  const rows = faces.map(truthOf);

  test('eyes lie 9.5 to 14.5 pixels apart in the 64 × 64 crop', () => {
    const { side } = cropBox('vae', 178, 218);
    const distances = rows.map(({ eyeDistance }) => (eyeDistance * 64) / side);
    expect(Math.min(...distances)).toBeGreaterThan(9.5);
    expect(Math.max(...distances)).toBeLessThan(14.5);
    // The truth's two centres are as far apart as it says, in any pose.
    for (const { leftEye, rightEye, eyeDistance } of rows) {
      expect(Math.hypot(rightEye[0] - leftEye[0], rightEye[1] - leftEye[1])).toBeCloseTo(eyeDistance, 2);
    }
  });

  test('backgrounds and clothes are light by default, and reach the dark when hard', () => {
    const inside = (values: number[], low: number, high: number): boolean =>
      values.every((v) => v >= low && v <= high);
    expect(
      inside(
        rows.map(({ backgroundLuminance }) => backgroundLuminance),
        135,
        225,
      ),
    ).toBe(true);
    expect(
      inside(
        rows.map(({ clothesLuminance }) => clothesLuminance),
        100,
        225,
      ),
    ).toBe(true);
    const hard = Array.from({ length: 300 }, (_, index) => truthOf(faceParameters(1, index + 1, true)));
    expect(Math.min(...hard.map(({ backgroundLuminance }) => backgroundLuminance))).toBeLessThan(80);
  });

  test('hair of every style and tone meets skin of every tone', () => {
    const kinds = new Set(rows.map(({ hairTone, skinTone }) => `${hairTone} hair, ${skinTone} skin`));
    expect(kinds.size).toBe(6);
    const styles = new Set(rows.map(({ hairStyle }) => hairStyle));
    expect([...styles].sort()).toEqual(['bald', 'bob', 'curly', 'long', 'short', 'tied']);
    // Enough of each for results to be split by it.
    expect(rows.filter(({ skinTone }) => skinTone === 'dark').length).toBeGreaterThan(500);
  });

  test('a face depends on seed and number alone', () => {
    expect(faceParameters(1, 77, false)).toEqual(faces[76]);
    expect(faceParameters(2, 77, false)).not.toEqual(faces[76]);
    expect(drawFace(faces[5]!)).toEqual(drawFace(faceParameters(1, 6, false)));
  });

  test('of twenty numbers in a row eighteen train', () => {
    const parts = Array.from({ length: 20 }, (_, index) => partitionOfNumber(index + 41));
    expect([0, 1, 2].map((part) => parts.filter((value) => value === part).length)).toEqual([18, 1, 1]);
  });

  test('a tint keeps its luminance', () => {
    for (let hue = 0; hue < 1; hue += 0.07) expect(luminance(tint(170, hue, 1))).toBeCloseTo(170, 6);
    expect(luminance(fromHex('#ffffff'))).toBeCloseTo(255, 6);
  });
});

describe('a set of faces', () => {
  test('is a CelebA folder with the same bytes each time', async () => {
    const base = await temporaryFolder();
    const [a, b] = [join(base, 'a'), join(base, 'b')];
    await makeFaces({ out: a, count: 24, seed: 7 });
    await makeFaces({ out: b, count: 24, seed: 7 });
    expect(await contents(b)).toEqual(await contents(a));
    const set = await openImageSet(a);
    expect(set).toMatchObject({ layout: 'synthetic', notes: [] });
    expect(set.files).toHaveLength(24);
    expect(set.landmarks?.names).toHaveLength(10);
    const { width, height, format } = await sharp(join(a, 'img_align_celeba', '000024.jpg')).metadata();
    expect({ width, height, format }).toEqual({ width: 178, height: 218, format: 'jpeg' });
  });

  test('has one maker: others are told, and the set is whole', async () => {
    const base = await temporaryFolder();
    const [alone, shared] = [join(base, 'alone'), join(base, 'shared')];
    await makeFaces({ out: alone, count: 20, seed: 3 });
    const outcomes = await Promise.allSettled(
      [1, 2, 3].map(() => makeFaces({ out: shared, count: 20, seed: 3 })),
    );
    const refused = outcomes.filter((outcome) => outcome.status === 'rejected');
    expect(refused).toHaveLength(2);
    for (const { reason } of refused)
      expect(String(reason)).toContain(`The set of faces in ${shared} is being made`);
    expect(await contents(shared)).toEqual(await contents(alone));
  });

  test('an interrupted one is continued, a smaller one is extended, to the same bytes', async () => {
    const base = await temporaryFolder();
    const [whole, parts] = [join(base, 'whole'), join(base, 'parts')];
    await makeFaces({ out: whole, count: 60, seed: 3 });
    const stop = new AbortController();
    const watch = {
      signal: stop.signal,
      onProgress: () => {
        stop.abort();
      },
    };
    await expect(makeFaces({ out: parts, count: 40, seed: 3 }, watch)).rejects.toMatchObject({
      code: 'interrupted',
    });
    const half = await openImageSet(parts);
    expect(half.files.length).toBeLessThan(40);
    expect(half.notes.map(({ kind }) => kind)).toContain('unfinished-set');
    // A file that a power cut left without content is drawn again.
    await writeFile(join(parts, 'img_align_celeba', '000002.jpg'), '');
    await makeFaces({ out: parts, count: 40, seed: 3 });
    await makeFaces({ out: parts, count: 60, seed: 3 });
    expect(await contents(parts)).toEqual(await contents(whole));
  });

  test('what is in the folder is never overwritten', async () => {
    const out = join(await temporaryFolder(), 'faces');
    await makeFaces({ out, count: 3, seed: 3 });
    await expect(makeFaces({ out, count: 3, seed: 4 })).rejects.toThrow(
      /other synthetic faces \(seed 3, not 4\)/,
    );
    await expect(makeFaces({ out, count: 2, seed: 3 })).rejects.toThrow(
      /holds 3 faces of this kind, more than the 2/,
    );
    await rm(join(out, 'data.json'));
    await expect(makeFaces({ out, count: 3, seed: 3 })).rejects.toThrow(
      /not empty and holds no synthetic faces/,
    );
    await expect(makeFaces({ out, count: 0, seed: 3 })).rejects.toMatchObject({ code: 'wrong-usage' });
    await expect(makeFaces({ out, count: 5, seed: -1 })).rejects.toMatchObject({ code: 'wrong-usage' });
  });
});

describe('the ground truth in the crop', () => {
  test('eyes are dark dips where it says, masks cover the picture once, hair has its colour', async () => {
    const base = await temporaryFolder();
    const out = join(base, 'faces');
    const count = 120;
    await makeFaces({ out, count, seed: 11 });
    const packed = await packImages(await openImageSet(out), { cacheFolder: join(base, 'cache') });
    const truth = await readTruth(packed);
    const { size } = truth;
    const dips: number[] = [];
    for (let index = 0; index < count; index++) {
      const pixels = packed.read([index]);
      const row = truth.rowOf(index);
      expect(row.file).toBe(packed.files[index]);
      const light = (x: number, y: number): number => {
        const start = (Math.round(y) * size + Math.round(x)) * 3;
        return luminance([pixels[start]!, pixels[start + 1]!, pixels[start + 2]!]);
      };
      const eyes = truth.eyesOf(index);
      // How much darker the eye is than the cheek 6 pixels below it, as a share of the cheek.
      const depth = ([x, y]: readonly [number, number]): number => 1 - light(x, y) / light(x, y + 6);
      if (!row.glasses) dips.push(depth(eyes.left), depth(eyes.right));

      const { hair, face, background } = await truth.masksOf(index);
      let hairArea = 0;
      let worst = 0;
      const mean = [0, 0, 0];
      for (let pixel = 0; pixel < size * size; pixel++) {
        const sum = hair[pixel]! + face[pixel]! + background[pixel]!;
        worst = Math.max(worst, sum);
        if (hair[pixel]! < 0.98) continue;
        hairArea++;
        for (let channel = 0; channel < 3; channel++) mean[channel]! += pixels[pixel * 3 + channel]!;
      }
      // Each share is rounded to a 255th, twice.
      expect(worst).toBeLessThan(1 + 6 / 255);
      expect(
        face[Math.round(eyes.left[1]) * size + Math.round((eyes.left[0] + eyes.right[0]) / 2)],
      ).toBeGreaterThan(row.glasses ? 0 : 0.98);
      expect(background[0]).toBeGreaterThan(0.98);
      if (row.hairStyle === 'bald') {
        expect(hairArea).toBe(0);
      } else {
        expect(hairArea).toBeGreaterThan(80);
        const seen = luminance([mean[0]! / hairArea, mean[1]! / hairArea, mean[2]! / hairArea]);
        // Light, shadow and strands change hair by less than a fifth of the scale.
        expect(Math.abs(seen - row.hairLuminance)).toBeLessThan(51);
      }
    }
    packed.close();
    expect(dips.length).toBeGreaterThan(150);
    expect(Math.min(...dips)).toBeGreaterThan(0.3);
    dips.sort((a, b) => a - b);
    expect(dips[Math.floor(dips.length / 2)]).toBeGreaterThan(0.7);
  });

  test('is not found for other pictures', async () => {
    const folder = await temporaryFolder();
    await sharp({ create: { width: 64, height: 64, channels: 3, background: '#888888' } })
      .png()
      .toFile(join(folder, 'a.png'));
    await expect(readTruth(await openImageSet(folder))).rejects.toMatchObject({ code: 'not-found' });
  });
});
