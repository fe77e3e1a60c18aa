import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { buffer } from 'node:stream/consumers';
import sharp from 'sharp';
import type { Sharp } from 'sharp';
import { StudioError } from '../../contract/errors.ts';
import { sniff } from './sniff.ts';
import type { Sniffed } from './sniff.ts';

/** No camera's file is larger; the whole of a file is in memory while it is decoded. */
export const mostPictureBytes = 256 * 2 ** 20;
/** 12,000 × 12,000 pixels, more than any camera's; a small file may say that it has more. */
const mostPicturePixels = 144_000_000;
/** Such a picture takes some seconds; damage made on purpose can take for ever. */
const longestSeconds = 60;

// Pictures are read once each: libvips' cache would only hold memory.
sharp.cache(false);

/**
 * The bytes of a file that may be a picture by its size and kind, which are looked at first.
 * @throws StudioError `damaged`, or the system's error
 */
export async function readPictureFile(path: string): Promise<Uint8Array<ArrayBuffer>> {
  const facts = await stat(path);
  if (facts.isDirectory()) throw new StudioError('damaged', 'it is a folder');
  if (!facts.isFile()) throw new StudioError('damaged', 'it is not an ordinary file');
  if (facts.size > mostPictureBytes) throw tooLarge();
  // A file may grow while it is read.
  const bytes = await buffer(createReadStream(path, { end: mostPictureBytes }));
  if (bytes.length > mostPictureBytes) throw tooLarge();
  return bytes;
}

/**
 * A picture for sharp, once its first bytes have said that it is one that is read here; pixels and time are limited.
 * @param failOn what of the decoder's complaints fails; warnings fail that cost nothing, too
 * @throws StudioError `damaged`
 */
export function openPicture(bytes: Uint8Array, failOn: 'error' | 'warning' = 'error'): Sharp {
  if (bytes.length === 0) throw new StudioError('damaged', 'it is empty (0 bytes)');
  const start = sniff(bytes);
  if (start.kind !== 'image') throw new StudioError('damaged', notRead(start));
  return sharp(bytes, { failOn, limitInputPixels: mostPicturePixels }).timeout({
    seconds: longestSeconds,
  });
}

function notRead({ kind, words }: Exclude<Sniffed, { kind: 'image' }>): string {
  switch (kind) {
    case 'unknown':
      return 'it is not a picture in a known format';
    case 'other-picture':
      return `it is ${words}, which the Studio cannot read; save it as JPEG or PNG`;
    case 'web-page':
    case 'archive':
      return `it is ${words}, not a picture`;
  }
}

function tooLarge(): StudioError {
  return new StudioError('damaged', `it is larger than ${mostPictureBytes / 2 ** 20} MB`);
}
