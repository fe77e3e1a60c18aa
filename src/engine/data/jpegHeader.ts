/**
 * The sides of a JPEG that needs no more than decoding, in pixels; undefined where it needs more, or where this reader is not
 * sure: inks (CMYK), more or less than 8 bits, lossless or arithmetic coding, a colour profile, a note to turn it, damage.
 */
export function plainJpegSize(bytes: Uint8Array): { width: number; height: number } | undefined {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (buffer.length < 4 || buffer.readUInt16BE(0) !== 0xffd8) return undefined;
  let size: { width: number; height: number } | undefined;
  let position = 2;
  while (position + 4 <= buffer.length) {
    const marker = buffer.readUInt16BE(position);
    const segment = buffer.subarray(position + 4, position + 2 + buffer.readUInt16BE(position + 2));
    if (marker === startOfScan) return size;
    if (marker < firstMarker || needsMore(marker, segment)) return undefined;
    if (isFrame(marker)) size = sizeOfFrame(marker, segment);
    position += 4 + segment.length;
  }
  return undefined;
}

/** Start-of-frame markers are FFC0 to FFCF without those of tables: FFC4 (Huffman), FFC8 (reserved) and FFCC (arithmetic). */
const firstMarker = 0xffc0;
const tables = [0xffc4, 0xffc8, 0xffcc];
/** Baseline, extended and progressive, all of them in Huffman's code. */
const readable = [0xffc0, 0xffc1, 0xffc2];
const startOfScan = 0xffda;
const exif = { marker: 0xffe1, start: 'Exif\0\0' };
const profile = { marker: 0xffe2, start: 'ICC_PROFILE\0' };

function isFrame(marker: number): boolean {
  return marker >= firstMarker && marker <= 0xffcf && !tables.includes(marker);
}

/** Precision, height, width, number of components. */
function sizeOfFrame(marker: number, segment: Buffer): { width: number; height: number } | undefined {
  if (!readable.includes(marker) || segment.length < 6 || segment[0] !== 8) return undefined;
  const [height, width, components] = [segment.readUInt16BE(1), segment.readUInt16BE(3), segment[5]];
  if (height === 0 || width === 0 || (components !== 1 && components !== 3)) return undefined;
  return { width, height };
}

function needsMore(marker: number, segment: Buffer): boolean {
  if (isFrame(marker)) return sizeOfFrame(marker, segment) === undefined;
  const begins = ({ start }: { start: string }): boolean =>
    segment.subarray(0, start.length).toString('latin1') === start;
  if (marker === profile.marker) return begins(profile);
  return marker === exif.marker && begins(exif) && !isUpright(segment.subarray(exif.start.length));
}

/** Whether EXIF notes, a TIFF, say nothing of turning; false where they cannot be read. */
function isUpright(tiff: Buffer): boolean {
  const order = tiff.subarray(0, 4).toString('latin1');
  if (tiff.length < 10 || (order !== 'II*\0' && order !== 'MM\0*')) return false;
  const isLittle = order.startsWith('I');
  const short = (at: number): number => (isLittle ? tiff.readUInt16LE(at) : tiff.readUInt16BE(at));
  const start = isLittle ? tiff.readUInt32LE(4) : tiff.readUInt32BE(4);
  if (start + 2 > tiff.length) return false;
  const end = start + 2 + short(start) * entryLength;
  if (end > tiff.length) return false;
  for (let entry = start + 2; entry < end; entry += entryLength) {
    if (short(entry) === orientation) return short(entry + 8) === 1;
  }
  return true;
}

const entryLength = 12;
const orientation = 0x0112;
