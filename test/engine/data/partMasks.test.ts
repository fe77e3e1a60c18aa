import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readPartMasks } from '../../../src/engine/data/partMasks.ts';
import { temporaryFolder } from '../../setup/tinyTraining.ts';

/** Of CelebA's shape: the square of a β-VAE is its columns 15 to 162 and rows 35 to 182. */
const photograph = { width: 178, height: 218 };
const side = 148;
const size = 37;

let place: Awaited<ReturnType<typeof temporaryFolder>>;
let photographs: { folder: string; files: string[] };

beforeAll(async () => {
  place = await temporaryFolder();
  photographs = { folder: join(place.folder, 'photographs'), files: ['a/1.jpg', '2.jpg', '3.jpg'] };
  for (const file of photographs.files) {
    const path = join(photographs.folder, file);
    await mkdir(dirname(path), { recursive: true });
    await sharp({ create: { ...photograph, channels: 3, background: '#777777' } })
      .jpeg()
      .toFile(path);
  }
});

afterAll(() => place.remove());

let folders = 0;
async function newFolder(): Promise<string> {
  folders += 1;
  const folder = join(place.folder, `masks-${folders}`);
  await mkdir(folder);
  return folder;
}

type Shade = (x: number, y: number) => number;

async function writeMask(path: string, width: number, height: number, shade: Shade): Promise<void> {
  const grey = Uint8Array.from({ length: width * height }, (_, at) =>
    shade(at % width, Math.floor(at / width)),
  );
  await mkdir(dirname(path), { recursive: true });
  await sharp(grey, { raw: { width, height, channels: 1 } })
    .png()
    .toFile(path);
}

const white: Shade = () => 255;
/** Of the square: white on the left half, grey in the eighth after it, black beyond. */
const ofSquare =
  (left: number, width: number): Shade =>
  (x) =>
    x - left < width / 2 ? 255 : x - left < (5 / 8) * width ? 128 : 0;

function read(folder: string, most = 10): ReturnType<typeof readPartMasks> {
  return readPartMasks(folder, photographs, { crop: 'vae', size, most });
}

/** Row by row: columns up to 18.5 of 37 are the part, from 23.125 on the rest; a pixel belongs to what covers half of it. */
const columns = { part: 18, rest: 23 };

describe('masks of a part', () => {
  it.each([
    { what: 'the whole photograph', ...photograph, left: 15, square: side },
    { what: 'its square', width: side, height: side, left: 0, square: side },
    { what: 'the square as the model sees it', width: size, height: size, left: 0, square: size },
  ])('of the size of $what say where the part is, is not, and is unknown', async (mask) => {
    const folder = await newFolder();
    await writeMask(join(folder, '2.png'), mask.width, mask.height, ofSquare(mask.left, mask.square));
    const { places, part, rest, unused } = await read(folder);
    expect({ places: [...places], unused }).toEqual({ places: [1], unused: 0 });
    const row = (values: Uint8Array): number[] => [...values.subarray(5 * size, 6 * size)];
    const [partRow, restRow] = [row(part), row(rest)];
    expect(part).toHaveLength(size * size);
    // A triangle filter spreads an edge over a pixel at most on either side of it.
    expect(partRow.slice(0, columns.part - 1)).toEqual(Array<number>(columns.part - 1).fill(1));
    expect(partRow.slice(columns.part + 1)).toEqual(Array<number>(size - columns.part - 1).fill(0));
    expect(restRow.slice(0, columns.rest - 1)).toEqual(Array<number>(columns.rest - 1).fill(0));
    expect(restRow.slice(columns.rest + 1)).toEqual(Array<number>(size - columns.rest - 1).fill(1));
  });

  it('belong to the photograph of the same path, else of the same name; others are counted', async () => {
    const folder = await newFolder();
    for (const name of ['1', '3', 'b/3', '77'])
      await writeMask(join(folder, `${name}.png`), size, size, white);
    const { places, unused } = await read(folder);
    expect({ places: [...places], unused }).toEqual({ places: [0, 2], unused: 2 });
    expect([...(await read(folder, 1)).places], 'the first of the list').toEqual([0]);
  });

  it('are told from others by their bytes', async () => {
    const folder = await newFolder();
    await writeMask(join(folder, '2.png'), size, size, white);
    const before = (await read(folder)).sha256;
    expect((await read(folder)).sha256).toBe(before);
    await writeMask(join(folder, '2.png'), size, size, ofSquare(0, size));
    expect((await read(folder)).sha256).not.toBe(before);
  });

  it('are unknown where they are transparent', async () => {
    const folder = await newFolder();
    await sharp({ create: { width: size, height: size, channels: 4, background: '#ffffff00' } })
      .png()
      .toFile(join(folder, '1.png'));
    await writeMask(join(folder, '2.png'), size, size, white);
    const { part, rest } = await read(folder);
    expect(
      [part.subarray(0, size * size), rest.subarray(0, size * size)].map((mask) => mask.includes(1)),
    ).toEqual([false, false]);
  });
});

describe('masks that cannot be used are refused in a sentence', () => {
  it('no folder, a file, no masks in it', async () => {
    const folder = await newFolder();
    await expect(read(join(folder, 'none'))).rejects.toThrow(
      `There is no folder of masks at ${join(folder, 'none')}. Check the path.`,
    );
    const file = join(folder, 'notes.txt');
    await writeFile(file, 'white is hair');
    await expect(read(file)).rejects.toThrow(`${file} is a file. Choose the folder that holds the masks.`);
    await expect(read(folder)).rejects.toThrow(
      `There are no masks in ${folder}: they are PNG files, named like the photographs.`,
    );
  });

  it('names that are those of no photograph', async () => {
    const folder = await newFolder();
    await writeMask(join(folder, 'mask-1.png'), size, size, white);
    await expect(read(folder)).rejects.toThrow(
      `None of the 1 masks in ${folder} is named like a photograph; the mask of a/1.jpg, for example, is a/1.png.`,
    );
  });

  it('other sizes', async () => {
    const folder = await newFolder();
    await writeMask(join(folder, '3.png'), 512, 512, white);
    await expect(read(folder)).rejects.toThrow(
      `The mask ${join(folder, '3.png')} has 512 × 512 pixels; its photograph has 178 × 218, and the square of it 148 × 148, reduced to 37 × 37.`,
    );
  });

  it('nothing white: such as classes that are numbered from 0', async () => {
    const folder = await newFolder();
    await writeMask(join(folder, '3.png'), size, size, () => 1);
    await expect(read(folder)).rejects.toThrow(
      `The masks in ${folder} mark nothing; white (255) is the part, black is not, grey is unknown.`,
    );
  });

  it('no picture', async () => {
    const folder = await newFolder();
    await writeFile(join(folder, '3.png'), 'no picture');
    await expect(read(folder)).rejects.toThrow(
      `The mask ${join(folder, '3.png')} cannot be read: it is not a picture in a known format. Save it again as PNG.`,
    );
  });
});
