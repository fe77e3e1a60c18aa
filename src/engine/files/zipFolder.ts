import { lstat, readdir, readFile } from 'node:fs/promises';
import { basename, join, relative, sep } from 'node:path';
import { StudioError } from '../../contract/errors.ts';
import { crc32 } from '../../contract/pngText.ts';

/**
 * A folder as one ZIP archive (PKWARE's APPNOTE 6.3), made while it is sent: nothing is written to the disk, and one file at
 * a time is in memory. Files are stored as they are, since pictures do not become smaller.
 */
export interface Zip {
  /** Of the whole archive, known beforehand. */
  bytes: number;
  /** @throws StudioError `damaged` where a file changed meanwhile */
  pieces: () => AsyncGenerator<Buffer, void>;
}

export interface ZippedFile {
  /** In the archive, with slashes. */
  name: string;
  size: number;
  modified: Date;
  read: () => Promise<Buffer>;
}

interface Entry extends Omit<ZippedFile, 'name'> {
  name: Buffer;
  /** Of its local header in the archive. */
  offset: number;
}

const localBytes = 30;
const centralBytes = 46;
const endBytes = 22;
/** Record and locator of ZIP64. */
const largeEndBytes = 56 + 20;
const largeExtraBytes = 12;
const most16 = 0xffff;
const most32 = 0xffffffff;
/** A file of a set has far less; it is read whole. */
const mostFileBytes = 512 * 2 ** 20;
/** "Names are UTF-8." */
const utf8Flag = 0x0800;

/** Ordinary files alone: links, and files of work under way, whose names begin with a dot, are left out. */
export async function zipOfFolder(folder: string): Promise<Zip> {
  const inside = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = inside.filter((each) => each.isFile()).map((each) => join(each.parentPath, each.name));
  const files: ZippedFile[] = [];
  for (const path of paths.sort()) {
    const inFolder = relative(folder, path).split(sep);
    if (inFolder.some((part) => part.startsWith('.'))) continue;
    const { size, mtime } = await lstat(path);
    if (size > mostFileBytes)
      throw new StudioError('wrong-usage', `${path} is too large for a download. Copy the folder instead.`);
    const name = [basename(folder), ...inFolder].join('/');
    files.push({ name, size, modified: mtime, read: () => readFile(path) });
  }
  return zipOf(files);
}

/** @param files in the order of the archive */
export function zipOf(files: readonly ZippedFile[]): Zip {
  const entries: Entry[] = [];
  let end = 0;
  for (const { name, ...rest } of files) {
    const entry = { ...rest, name: Buffer.from(name, 'utf8'), offset: end };
    entries.push(entry);
    end += localBytes + entry.name.length + entry.size;
  }
  const central = entries.reduce((sum, entry) => sum + centralSize(entry), 0);
  const isLarge = entries.length >= most16 || end + central >= most32;
  const bytes = end + central + endBytes + (isLarge ? largeEndBytes : 0);
  return { bytes, pieces: () => pieces(entries, { at: end, size: central, isLarge }) };
}

async function* pieces(
  entries: readonly Entry[],
  end: { at: number; size: number; isLarge: boolean },
): AsyncGenerator<Buffer, void> {
  const checks: number[] = [];
  for (const entry of entries) {
    const content = await entry.read();
    if (content.length !== entry.size)
      throw new StudioError(
        'damaged',
        `${entry.name.toString()} changed while it was downloaded. Download it again.`,
      );
    const check = crc32(content);
    checks.push(check);
    yield localHeader(entry, check);
    yield content;
  }
  for (const [at, entry] of entries.entries()) yield centralHeader(entry, checks[at]!);
  if (end.isLarge) yield largeEnd(entries.length, end);
  yield archiveEnd(entries.length, end);
}

/** What both headers of a file say alike: version, flags, no compression, time, check, sizes, name's length. */
function writeCommon(header: Buffer, at: number, { name, size, modified }: Entry, check: number): void {
  const [time, date] = dosTime(modified);
  header.writeUInt16LE(45, at);
  header.writeUInt16LE(utf8Flag, at + 2);
  header.writeUInt16LE(0, at + 4);
  header.writeUInt16LE(time, at + 6);
  header.writeUInt16LE(date, at + 8);
  header.writeUInt32LE(check, at + 10);
  header.writeUInt32LE(size, at + 14);
  header.writeUInt32LE(size, at + 18);
  header.writeUInt16LE(name.length, at + 22);
}

function localHeader(entry: Entry, check: number): Buffer {
  const header = Buffer.alloc(localBytes);
  header.writeUInt32LE(0x04034b50, 0);
  writeCommon(header, 4, entry, check);
  return Buffer.concat([header, entry.name]);
}

function centralSize({ name, offset }: Entry): number {
  return centralBytes + name.length + (offset >= most32 ? largeExtraBytes : 0);
}

function centralHeader(entry: Entry, check: number): Buffer {
  const header = Buffer.alloc(centralBytes);
  const isFar = entry.offset >= most32;
  header.writeUInt32LE(0x02014b50, 0);
  // Made by UNIX, so that its kind and rights are read.
  header.writeUInt16LE((3 << 8) | 45, 4);
  writeCommon(header, 6, entry, check);
  header.writeUInt16LE(isFar ? largeExtraBytes : 0, 30);
  header.writeUInt32LE((0o100644 << 16) >>> 0, 38);
  header.writeUInt32LE(isFar ? most32 : entry.offset, 42);
  return Buffer.concat([header, entry.name, ...(isFar ? [largeExtra(entry.offset)] : [])]);
}

/** Where a local header lies beyond 4 GB (APPNOTE 4.5.3). */
function largeExtra(offset: number): Buffer {
  const extra = Buffer.alloc(largeExtraBytes);
  extra.writeUInt16LE(0x0001, 0);
  extra.writeUInt16LE(8, 2);
  extra.writeBigUInt64LE(BigInt(offset), 4);
  return extra;
}

/** ZIP64 end of central directory, and where it lies (4.3.14, 4.3.15). */
function largeEnd(count: number, { at, size }: { at: number; size: number }): Buffer {
  const record = Buffer.alloc(largeEndBytes);
  record.writeUInt32LE(0x06064b50, 0);
  record.writeBigUInt64LE(44n, 4);
  record.writeUInt16LE((3 << 8) | 45, 12);
  record.writeUInt16LE(45, 14);
  record.writeBigUInt64LE(BigInt(count), 24);
  record.writeBigUInt64LE(BigInt(count), 32);
  record.writeBigUInt64LE(BigInt(size), 40);
  record.writeBigUInt64LE(BigInt(at), 48);
  record.writeUInt32LE(0x07064b50, 56);
  record.writeBigUInt64LE(BigInt(at + size), 64);
  record.writeUInt32LE(1, 72);
  return record;
}

function archiveEnd(count: number, { at, size }: { at: number; size: number }): Buffer {
  const end = Buffer.alloc(endBytes);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(Math.min(count, most16), 8);
  end.writeUInt16LE(Math.min(count, most16), 10);
  end.writeUInt32LE(Math.min(size, most32), 12);
  end.writeUInt32LE(Math.min(at, most32), 16);
  return end;
}

/** Time and date as DOS wrote them, in steps of two seconds, from 1980 on. */
function dosTime(date: Date): [time: number, date: number] {
  const year = Math.min(2107, Math.max(1980, date.getFullYear()));
  const time = (date.getHours() << 11) | (date.getMinutes() << 5) | (date.getSeconds() >> 1);
  return [time, ((year - 1980) << 9) | ((date.getMonth() + 1) << 5) | date.getDate()];
}
