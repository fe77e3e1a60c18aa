import { extname, join } from 'node:path';
import type { Finding } from '../../contract/dataSet.ts';
import { StudioError } from '../../contract/errors.ts';
import { cutShortWords, decodeCrop, decoderReason, defaultSize, noRightWords } from './decode.ts';
import { otherNumbersWords, smallestSide } from './decode.ts';
import { hasCode, isOfTheMoment, withPath } from '../files/systemErrors.ts';
import { openPicture, readPictureFile } from './pictureFile.ts';
import { describeStart, heicWords, isCutShort, sniff } from './sniff.ts';
import type { Sniffed } from './sniff.ts';
import { endsEarlyWords } from './wholePicture.ts';

/** One thing seen in one file. */
export type Fact = Pick<Finding, 'kind' | 'severity' | 'evidence'>;

export interface FileCheck {
  file: string;
  isDecodable: boolean;
  /** Why it is left out, where it is. */
  reason: string;
  facts: Fact[];
  /** In pixels, after EXIF rotation; 0 where unknown. */
  width: number;
  height: number;
}

export function bytesInWords(count: number): string {
  return `${count.toLocaleString('en-US')} ${count === 1 ? 'byte' : 'bytes'}`;
}

/** Reads one file whole, as packing would, and says what is odd about it. */
export async function checkFile(folder: string, file: string): Promise<FileCheck> {
  const check: FileCheck = { file, isDecodable: false, reason: '', facts: [], width: 0, height: 0 };
  let bytes: Uint8Array;
  try {
    bytes = await readPictureFile(join(folder, file));
  } catch (error) {
    if (isOfTheMoment(error)) throw withPath(error, join(folder, file));
    if (error instanceof StudioError) return leaveOut(check, 'undecodable', error.message, error.message);
    const kind = hasCode(error, 'EACCES', 'EPERM') ? 'no-right' : 'undecodable';
    const evidence = error instanceof Error && 'code' in error ? `the system says ${String(error.code)}` : '';
    return leaveOut(check, kind, kind === 'no-right' ? noRightWords : 'it cannot be opened', evidence);
  }
  const size = bytesInWords(bytes.length);
  if (bytes.length === 0) return leaveOut(check, 'zero-bytes', 'it is empty (0 bytes)', '0 bytes');
  const evidence = `${size}; ${describeStart(bytes)}`;
  const start = sniff(bytes);
  if (start.kind === 'web-page' || start.kind === 'archive') {
    return leaveOut(check, start.kind, `it is ${start.words}, not a picture`, evidence);
  }
  if (start.kind === 'other-picture') {
    const kind = start.words === heicWords ? 'heic' : 'other-format';
    return leaveOut(check, kind, `it is ${start.words}, which is not read here`, evidence);
  }
  try {
    if (isCutShort(bytes)) return leaveOut(check, 'truncated', cutShortWords, cutEvidence(bytes, size));
    const { width, height } = await decodeCrop(bytes, 'vae', defaultSize);
    Object.assign(check, { width, height, isDecodable: true });
  } catch (error) {
    const reason = decoderReason(error);
    const kind = kindOf(reason);
    const words = kind === 'undecodable' ? 'the decoder says: ' : '';
    const isSaid = kind === 'other-numbers' || reason === cutShortWords;
    const says = isSaid ? '' : `; ${words}${reason}`;
    return leaveOut(check, kind, reason, `${evidence}${says}`);
  }
  check.facts.push(...(await oddities(bytes, file, start)));
  return check;
}

function kindOf(reason: string): Fact['kind'] {
  if (reason.includes(`${smallestSide} is the minimum`)) return 'too-small';
  if (reason === cutShortWords || reason === endsEarlyWords) return 'truncated';
  return reason === otherNumbersWords ? 'other-numbers' : 'undecodable';
}

function cutEvidence(bytes: Uint8Array, size: string): string {
  const end = [...bytes.subarray(-4)]
    .map((byte) => byte.toString(16).padStart(2, '0').toUpperCase())
    .join(' ');
  return `${size}; ends with ${end}, and the mark of the picture’s end is missing`;
}

function leaveOut(check: FileCheck, kind: Fact['kind'], reason: string, evidence: string): FileCheck {
  return { ...check, reason, facts: [{ kind, severity: 'leaves-out', evidence }] };
}

/** What is worth knowing about a picture that can be read. */
async function oddities(bytes: Uint8Array, file: string, start: Sniffed): Promise<Fact[]> {
  const facts: Fact[] = [];
  const note = (kind: Fact['kind'], evidence: string): void => {
    facts.push({ kind, severity: 'note', evidence });
  };
  const meta = await openPicture(bytes).metadata();
  if (start.kind === 'image' && !fitsName(start.format, file)) {
    note('wrong-extension', `${extname(file)} in the name; ${describeStart(bytes)}, which is ${start.words}`);
  }
  if (meta.isPalette) {
    const bits = meta.bitsPerSample ?? 8;
    note('palette', `${bits} ${bits === 1 ? 'bit' : 'bits'} a pixel, at most ${2 ** bits} colours`);
  }
  if (meta.depth === 'ushort') note('sixteen-bit', '16 bits a channel');
  if (meta.space === 'cmyk') note('cmyk', `${meta.channels} inks (CMYK)`);
  if (meta.hasAlpha) note('transparent', `${meta.channels} channels, the last one transparency`);
  if ((meta.orientation ?? 1) > 1) note('rotated', `EXIF orientation ${meta.orientation ?? 1}`);
  return facts;
}

function fitsName(format: string, file: string): boolean {
  const extension = extname(file).toLowerCase().slice(1);
  if (extension === '') return true;
  switch (format) {
    case 'jpeg':
      return ['jpg', 'jpeg', 'jpe', 'jfif'].includes(extension);
    case 'tiff':
      return extension === 'tif' || extension === 'tiff';
    default:
      return extension === format;
  }
}
