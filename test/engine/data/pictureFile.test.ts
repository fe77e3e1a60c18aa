import { execFileSync } from 'node:child_process';
import { mkdir, open, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { crc32, deflateSync } from 'node:zlib';
import sharp from 'sharp';
import type { Sharp } from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { decodeCrop, decoderReason } from '../../../src/engine/data/decode.ts';
import { mostPictureBytes, readPictureFile } from '../../../src/engine/data/pictureFile.ts';
import { readSquares } from '../../../src/engine/data/readSquares.ts';
import { temporaryFolder } from '../../setup/tinyTraining.ts';

let folder: string;
let remove: () => Promise<void>;
beforeAll(async () => {
  ({ folder, remove } = await temporaryFolder());
});
afterAll(async () => {
  await remove();
});

const plain = (): Sharp => sharp({ create: { width: 40, height: 40, channels: 3, background: '#204060' } });

/** A PNG whose head says that it has so many pixels; there are none in it. */
function pngHead(width: number, height: number): Buffer {
  const chunk = (type: string, data: Buffer): Buffer => {
    const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
    const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)];
    length.writeUInt32BE(data.length);
    check.writeUInt32BE(crc32(body));
    return Buffer.concat([length, body, check]);
  };
  const head = Buffer.from([0, 0, 0, 0, 0, 0, 0, 0, 8, 2, 0, 0, 0]);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  return Buffer.concat([
    Buffer.from('89504e470d0a1a0a', 'hex'),
    chunk('IHDR', head),
    chunk('IDAT', deflateSync(Buffer.alloc(0))),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

async function allOf<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const item of items) all.push(item);
  return all;
}

const square =
  '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="40"><rect width="40" height="40"/></svg>';

describe('what is decoded as a picture', () => {
  it.each([
    ['JPEG', () => plain().jpeg().toBuffer()],
    ['PNG', () => plain().png().toBuffer()],
    ['WebP', () => plain().webp().toBuffer()],
    ['TIFF', () => plain().tiff().toBuffer()],
    ['big TIFF', () => plain().tiff({ bigtiff: true }).toBuffer()],
    ['GIF', () => plain().gif().toBuffer()],
  ])('is a %s', async (_name, make) => {
    expect((await decodeCrop(await make(), 'full', 32)).pixels).toHaveLength(32 * 32 * 3);
  });

  it.each([
    ['an SVG drawing', () => Buffer.from(square)],
    ['an SVG drawing', () => Buffer.from(`﻿<?xml version="1.0"?>\n<!-- drawn by hand -->\n${square}`)],
    ['an SVG drawing', () => Buffer.from(`  \n<!DOCTYPE svg>${square}`)],
    ['an AVIF picture', () => plain().avif({ effort: 0 }).toBuffer()],
    ['a BMP', () => Buffer.concat([Buffer.from('BM'), Buffer.alloc(60)])],
  ])('is not %s, which is named', async (words, make) => {
    const bytes = await make();
    const reason = await decodeCrop(bytes, 'full', 32).then(() => 'decoded', decoderReason);
    expect(reason).toBe(`it is ${words}, which the Studio cannot read; save it as JPEG or PNG`);
  });

  it('is nothing else, whatever its name', async () => {
    await writeFile(join(folder, 'face.png'), square.replace('<svg', '<x:svg').replace('svg>', 'x:svg>'));
    const [read] = await allOf(readSquares(folder, ['face.png'], { crop: 'full', size: 32, decoding: 2 }));
    expect(read).toEqual({
      file: 'face.png',
      reason: 'it is not a picture in a known format',
    });
  });

  it('has no more pixels than a camera takes', async () => {
    const reason = await decodeCrop(pngHead(12_001, 12_001), 'full', 32).then(() => 'decoded', decoderReason);
    expect(reason).toBe('it has more pixels than are read (144 million)');
  });
});

describe('what is read as a file of a picture', () => {
  it('is not too large, by its size alone', async () => {
    const path = join(folder, 'large.jpg');
    const handle = await open(path, 'w');
    await handle.truncate(mostPictureBytes + 1);
    await handle.close();
    await expect(readPictureFile(path)).rejects.toThrow('it is larger than 256 MB');
  });

  it('is a file', async () => {
    await mkdir(join(folder, 'folder.jpg'));
    await expect(readPictureFile(join(folder, 'folder.jpg'))).rejects.toThrow('it is a folder');
  });

  it.skipIf(process.platform === 'win32')('is no pipe, which nobody may ever write to', async () => {
    execFileSync('mkfifo', [join(folder, 'pipe.jpg')]);
    await expect(readPictureFile(join(folder, 'pipe.jpg'))).rejects.toThrow('it is not an ordinary file');
  });
});
