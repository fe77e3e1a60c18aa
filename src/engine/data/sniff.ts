import { open } from 'node:fs/promises';
import { looksLikeWebPage } from './celebaLists.ts';

/** What the first bytes of a file say it is; `words` goes into sentences. */
export type Sniffed =
  | { kind: 'image'; format: 'jpeg' | 'png' | 'webp' | 'tiff' | 'gif'; words: string }
  | { kind: 'other-picture' | 'web-page' | 'archive' | 'unknown'; words: string };

/** So many bytes tell what a file is. */
export const startLength = 512;

const imageStarts = [
  { format: 'jpeg', words: 'a JPEG', hex: 'ffd8ff' },
  { format: 'png', words: 'a PNG', hex: '89504e470d0a1a0a' },
  { format: 'gif', words: 'a GIF', hex: '47494638' },
  { format: 'tiff', words: 'a TIFF', hex: '49492a00' },
  { format: 'tiff', words: 'a TIFF', hex: '4d4d002a' },
  { format: 'tiff', words: 'a TIFF', hex: '49492b00' },
  { format: 'tiff', words: 'a TIFF', hex: '4d4d002b' },
] as const;

const archiveStarts = [
  { words: 'a zip archive', hex: '504b0304' },
  { words: 'a 7z archive', hex: '377abcaf271c' },
  { words: 'a gzip archive', hex: '1f8b' },
  { words: 'a rar archive', hex: '526172211a07' },
] as const;

/** What iPhones write, which deserves a sentence of its own. */
export const heicWords = 'a HEIC picture';

/** Pictures that are none of a camera's or need a decoder that could be kept busy for ever by a small file. */
const otherPictures = [
  { words: 'an SVG drawing', pattern: /^[^<]{0,9}(<\?xml[^>]*>\s*)?(<!--.*?-->\s*)*(<!doctype svg|<svg)/is },
  { words: 'an AVIF picture', pattern: /^.{4}ftyp(avi|m[is]f1.{4}(.{4}){0,4}avi)/s },
  { words: heicWords, pattern: /^.{4}ftyp(hei|hev|mif|msf)/s },
  { words: 'a BMP', pattern: /^BM.{8,}/s },
  { words: 'a JPEG XL picture', pattern: /^(\xff\x0a|\0\0\0\x0cJXL )/ },
] as const;

export function sniff(bytes: Uint8Array): Sniffed {
  const start = Buffer.from(bytes.subarray(0, startLength));
  const hex = start.toString('hex');
  const image = imageStarts.find((known) => hex.startsWith(known.hex));
  if (image !== undefined) return { kind: 'image', format: image.format, words: image.words };
  const text = start.toString('latin1');
  if (text.startsWith('RIFF') && text.slice(8, 12) === 'WEBP')
    return { kind: 'image', format: 'webp', words: 'a WebP' };
  const archive = archiveStarts.find((known) => hex.startsWith(known.hex));
  if (archive !== undefined || text.slice(257, 262) === 'ustar') {
    return { kind: 'archive', words: archive?.words ?? 'a tar archive' };
  }
  const other = otherPictures.find(({ pattern }) => pattern.test(text));
  if (other !== undefined) return { kind: 'other-picture', words: other.words };
  if (looksLikeWebPage(text)) return { kind: 'web-page', words: 'a web page' };
  return { kind: 'unknown', words: 'no known format' };
}

/** The first bytes of a file. */
export async function readStart(path: string): Promise<Uint8Array> {
  const handle = await open(path, 'r');
  try {
    const bytes = new Uint8Array(startLength);
    const { bytesRead } = await handle.read(bytes, 0, startLength, 0);
    return bytes.subarray(0, bytesRead);
  } finally {
    await handle.close();
  }
}

/**
 * True where a file ends before its picture does. The decoder alone is no judge: it stops reading at the crop's last row.
 */
export function isCutShort(bytes: Uint8Array): boolean {
  const start = sniff(bytes);
  if (start.kind !== 'image') return false;
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  switch (start.format) {
    case 'jpeg':
      return isJpegCutShort(buffer);
    case 'png':
      return !buffer.includes('IEND', 8, 'latin1');
    case 'webp':
      return buffer.length < 12 || buffer.readUInt32LE(4) + 8 > buffer.length;
    case 'gif':
    case 'tiff':
      return false;
  }
}

/**
 * Walks over the segments to the first scan; an end-of-image marker must follow it. Earlier ones belong to thumbnails,
 * and inside a scan no FF is followed by D9.
 */
function isJpegCutShort(buffer: Buffer): boolean {
  let position = 2;
  while (position + 4 <= buffer.length) {
    if (buffer[position] !== 0xff) {
      position++;
      continue;
    }
    const marker = buffer[position + 1]!;
    if (marker === 0xff || marker === 0) {
      position++;
    } else if (marker === 0xda) {
      return buffer.indexOf(Buffer.from([0xff, 0xd9]), position) < 0;
    } else {
      position += 2 + buffer.readUInt16BE(position + 2);
    }
  }
  return true;
}

/** The first bytes for people: as text where they are text, else as hexadecimal numbers. */
export function describeStart(bytes: Uint8Array): string {
  const start = Buffer.from(bytes.subarray(0, 60));
  const text = start.toString('latin1');
  if (/^[\t\n\r\x20-\x7e]+$/.test(text)) return `starts with “${text.replace(/\s+/g, ' ').trim()}”`;
  const hex = [...start.subarray(0, 8)].map((byte) => byte.toString(16).padStart(2, '0').toUpperCase());
  return `starts with ${hex.join(' ')}`;
}
