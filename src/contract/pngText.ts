import { StudioError } from './errors.ts';

/**
 * Texts inside PNG files: the chunk iTXt of the PNG specification (third edition, 11.3.3.4), uncompressed UTF-8. Pages and
 * the engine read and write them alike, so bytes are plain arrays.
 */

const signature = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
/** Length, type and check of a chunk, beside its data. */
const frame = 12;
/** A text as long as this is none of ours: whole recipes with the largest gates are shorter. */
const mostTextBytes = 16 * 2 ** 20;
/** The signature and the first chunk, IHDR, whose data has 13 bytes. */
const headEnd = signature.length + frame + 13;

/** Remainders of all bytes by the polynomial 0xEDB88320 (PNG specification, annex D). */
const remainders = Uint32Array.from({ length: 256 }, (_, byte) => {
  let rest = byte;
  for (let bit = 0; bit < 8; bit++) rest = (rest & 1) === 1 ? 0xedb88320 ^ (rest >>> 1) : rest >>> 1;
  return rest >>> 0;
});

/** The check of a chunk: CRC-32 of its type and data (ISO 3309). */
export function crc32(bytes: Uint8Array): number {
  let rest = 0xffffffff;
  for (const byte of bytes) rest = remainders[(rest ^ byte) & 0xff]! ^ (rest >>> 8);
  return (rest ^ 0xffffffff) >>> 0;
}

export function isPng(bytes: Uint8Array): boolean {
  return bytes.length >= signature.length && signature.every((byte, at) => bytes[at] === byte);
}

/**
 * The PNG with one more text, right behind its header; every other byte is as it was.
 * @param keyword 1 to 79 letters of ASCII
 * Throws a RangeError for what is no PNG, and for such keywords and texts as cannot be written.
 */
export function withPngText(png: Uint8Array, keyword: string, text: string): Uint8Array<ArrayBuffer> {
  if (!isPng(png) || png.length < headEnd) throw new RangeError('a text is written into PNG pictures only');
  if (!/^[\x21-\x7e]{1,79}$/.test(keyword)) throw new RangeError(`"${keyword}" is no keyword of a PNG text`);
  const chunk = textChunk(keyword, text);
  const whole = new Uint8Array(png.length + chunk.length);
  whole.set(png.subarray(0, headEnd));
  whole.set(chunk, headEnd);
  whole.set(png.subarray(headEnd), headEnd + chunk.length);
  return whole;
}

function textChunk(keyword: string, text: string): Uint8Array {
  const encoder = new TextEncoder();
  // After the keyword: not compressed, no language, no translated keyword.
  const data = [encoder.encode(`${keyword}\0\0\0\0\0`), encoder.encode(text)];
  const length = data.reduce((sum, part) => sum + part.length, 0);
  if (length > mostTextBytes) throw new RangeError(`a text of ${length} bytes is too long for a picture`);
  const chunk = new Uint8Array(frame + length);
  const view = new DataView(chunk.buffer);
  view.setUint32(0, length);
  chunk.set(encoder.encode('iTXt'), 4);
  chunk.set(data[0]!, 8);
  chunk.set(data[1]!, 8 + data[0]!.length);
  view.setUint32(8 + length, crc32(chunk.subarray(4, 8 + length)));
  return chunk;
}

/**
 * The text of a PNG under a keyword; null where it has none, and for what is no PNG. Nothing is believed of the lengths that
 * the file names.
 * @param name the file's, for the sentence when it cannot be read
 * @throws StudioError `damaged`: cut off, changed since, too long, or in a form that is not written here
 */
export function pngText(png: Uint8Array, keyword: string, name: string): string | null {
  if (!isPng(png)) return null;
  const view = new DataView(png.buffer, png.byteOffset, png.byteLength);
  let at = signature.length;
  while (at + frame <= png.length) {
    const length = view.getUint32(at);
    const end = at + frame + length;
    const type = String.fromCharCode(...png.subarray(at + 4, at + 8));
    if (type === 'IEND') return null;
    const isOurs = type === 'iTXt' && startsWith(png.subarray(at + 8, Math.min(end, png.length)), keyword);
    if (isOurs) return textIn(png, { at, length, keyword, name });
    at = end;
  }
  return null;
}

function startsWith(data: Uint8Array, keyword: string): boolean {
  const wanted = new TextEncoder().encode(`${keyword}\0`);
  return wanted.every((byte, at) => data[at] === byte);
}

function textIn(
  png: Uint8Array,
  { at, length, keyword, name }: { at: number; length: number; keyword: string; name: string },
): string {
  const damaged = (what: string): StudioError =>
    new StudioError(
      'damaged',
      `What ${name} says of how it was made ${what}. Its pixels may still be whole.`,
    );
  if (length > mostTextBytes) throw damaged('is too long to be read');
  const data = at + 8;
  if (data + length + 4 > png.length) throw damaged('is cut off');
  const view = new DataView(png.buffer, png.byteOffset, png.byteLength);
  if (crc32(png.subarray(at + 4, data + length)) !== view.getUint32(data + length))
    throw damaged('was changed or damaged since it was written');
  // Not compressed, no language, no translated keyword: as it is written here.
  const head = png.subarray(data + keyword.length + 1, data + keyword.length + 5);
  if (head.length < 4 || head.some((byte) => byte !== 0)) throw damaged('has a form that is not read here');
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(
      png.subarray(data + keyword.length + 5, data + length),
    );
  } catch {
    throw damaged('is no text');
  }
}
