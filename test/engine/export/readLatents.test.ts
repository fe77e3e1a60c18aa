import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { decodeNpy, encodeNpy } from '../../../src/engine/export/npy.ts';
import { readLatents } from '../../../src/engine/export/readLatents.ts';
import { sample } from '../../../src/engine/export/writePictures.ts';
import { bundledModelFolder } from '../../../src/engine/runs/bundledModel.ts';
import { closeModels } from '../../../src/engine/session/modelPool.ts';
// Made by NumPy itself: test/oracles/npy.py.
import oracle from '../../oracles/npy.json' with { type: 'json' };
import { temporaryFolder } from '../../setup/tinyTraining.ts';

afterEach(closeModels);

let folder: string;
let remove: () => Promise<void>;

beforeAll(async () => {
  ({ folder, remove } = await temporaryFolder());
});

afterAll(async () => {
  await remove();
});

async function written(name: string, content: string | Uint8Array): Promise<string> {
  const file = join(folder, name);
  await writeFile(file, content);
  return file;
}

function bytesOf(base64: string): Buffer {
  return Buffer.from(base64, 'base64');
}

describe('a .npy file', () => {
  it.each(Object.entries(oracle.files))('of %s is read as NumPy wrote it', (name, base64) => {
    const { shape, values } = decodeNpy(bytesOf(base64), 'z.npy');
    const rows = (name.startsWith('float32') ? oracle.singles : oracle.numbers).slice(0, shape[0]);
    expect(shape).toEqual(name.endsWith('one axis') ? [1, 3] : [2, 3]);
    expect([...values]).toEqual(rows.flat());
  });

  it('is written byte for byte as NumPy writes it', () => {
    expect(encodeNpy(Float32Array.from(oracle.singles.flat()), 2, 3)).toEqual(bytesOf(oracle.files.float32));
  });

  it.each([
    ['integers', "holds numbers of type '<i8', and float32 or float64 are read"],
    ['float16', "holds numbers of type '<f2'"],
    ['named columns', 'holds numbers of type [('],
    ['three axes', 'holds an array of shape (1, 2, 3), and [pictures, latents] is read'],
    ['no axis', 'holds an array of shape (), and [pictures, latents] is read'],
  ] as const)('of another kind is refused in a sentence: %s', (name, sentence) => {
    expect(() => decodeNpy(bytesOf(oracle.refused[name]), 'z.npy')).toThrow(sentence);
  });

  it('that is cut anywhere is said to be damaged', () => {
    const whole = bytesOf(oracle.files.float64);
    for (let length = 0; length < whole.length; length++) {
      expect(() => decodeNpy(whole.subarray(0, length), 'z.npy')).toThrow(
        /^z\.npy (is not a NumPy \.npy file|is cut short|should hold 2 × 3 numbers of 8 bytes)/,
      );
    }
  });
});

describe('latents of a person', () => {
  it('are read from lists, from a row alone, and from codes.json', async () => {
    const rows = [
      [0.5, -1],
      [2, 3],
    ];
    const lists = await written('lists.json', JSON.stringify(rows));
    expect([...(await readLatents(lists, 2))]).toEqual(rows.flat());
    expect([...(await readLatents(await written('one.json', '[4, 5]'), 2))]).toEqual([4, 5]);
    const codes = {
      run: 'a',
      step: 3,
      rows: rows.map((mean, at) => ({ file: `${at}.png`, mean, logVariance: [0, 0] })),
    };
    expect([...(await readLatents(await written('codes.json', JSON.stringify(codes)), 2))]).toEqual(
      rows.flat(),
    );
  });

  it.each([
    [
      'wrong.json',
      '[[1, 2, 3], [4, 5, 6], [7, 8, 9]]',
      'holds 3 × 3 numbers, and this model takes 2 for each picture: [pictures, 2].',
    ],
    ['turned.json', '[[1, 2, 3], [4, 5, 6]]', 'Its axes look exchanged: the first counts pictures.'],
    ['uneven.json', '[[1, 2], [3]]', 'has 1 numbers in row 1 (counted from 0) and 2 in the first'],
    ['nan.json', '[[1, NaN]]', 'is not JSON. NaN and Infinity are not JSON either.'],
    [
      'large.json',
      '[[1, 2], [3, 1e300]]',
      'has 1e+300 in row 1, column 1 (counted from 0), which is not a finite number',
    ],
    ['words.json', '[["a", "b"]]', 'is neither a list of lists of numbers'],
    ['none.json', '[]', 'is neither a list of lists of numbers'],
    ['text.npy', 'latents', 'is not a NumPy .npy file'],
    [
      'many.json',
      JSON.stringify(Array.from({ length: 10_001 }, () => [0, 0])),
      'holds latents of 10001 pictures; 1 to 10000 can be drawn at once',
    ],
  ])('are refused in a sentence: %s', async (name, content, sentence) => {
    const file = await written(name, content);
    await expect(readLatents(file, 2)).rejects.toThrow(`${file} ${sentence}`.replace(`${file} Its`, 'Its'));
  });

  it('are refused where a number is none, and where nothing is there', async () => {
    const file = await written('nan.npy', encodeNpy(Float32Array.of(1, 2, 3, NaN), 2, 2));
    await expect(readLatents(file, 2)).rejects.toThrow('has NaN in row 1, column 1 (counted from 0)');
    await expect(readLatents(join(folder, 'nowhere.npy'), 2)).rejects.toThrow('There is no file at');
    await mkdir(join(folder, 'folder.npy'));
    await expect(readLatents(join(folder, 'folder.npy'), 2)).rejects.toThrow(
      'is not a file. Name a .npy or .json file',
    );
  });
});

describe('sample', () => {
  const run = bundledModelFolder();
  const common = { run, columns: 2 };
  const standard = Array.from({ length: 36 }, (_, index) => index + 1);

  it('draws from latents that it wrote the very pictures of their seeds', async () => {
    const [seeds, own, saved] = ['seeds.png', 'own.png', 'deep/er/z.npy'].map((name) => join(folder, name));
    const drawn = await sample({ ...common, seeds: [7, 9, 8], out: seeds!, saveLatents: saved }, {});
    expect(drawn).toMatchObject({ count: 3, seeds: [7, 9, 8], savedLatents: saved });
    const again = await sample({ ...common, seeds: standard, latents: saved, out: own! }, {});
    expect(again).toMatchObject({ count: 3, seeds: [], savedLatents: null });
    const [first, second] = await Promise.all([seeds!, own!].map((file) => sharp(file).raw().toBuffer()));
    expect(second!.equals(first!)).toBe(true);
  });

  it('takes either seeds or latents, and writes latents as .npy alone', async () => {
    const out = join(folder, 'none.png');
    await expect(sample({ ...common, seeds: [1], latents: 'z.npy', out }, {})).rejects.toThrow(
      'Give either --seeds LIST or --latents FILE.',
    );
    await expect(sample({ ...common, seeds: [1], saveLatents: 'z.csv', out }, {})).rejects.toThrow(
      'Latents are written as .npy, and z.csv has another ending.',
    );
  });
});
