import { mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { StudioError } from '../../../contract/errors.ts';
import type { ErrorCode } from '../../../contract/errors.ts';
import { writeWhole } from '../../files/safeFiles.ts';
import { svgToPng } from '../../pictures/svgToPng.ts';

/** What the system says when a folder cannot be written, and what that means for the person. */
const reasons: Readonly<Record<string, readonly [code: ErrorCode, words: string]>> = {
  EEXIST: ['wrong-usage', 'there is a file of that name'],
  ENOTDIR: ['wrong-usage', 'a part of that path is a file'],
  EACCES: ['wrong-usage', 'you may not write there'],
  EPERM: ['wrong-usage', 'you may not write there'],
  EROFS: ['wrong-usage', 'the disk is read-only'],
  ENOSPC: ['no-space', 'the disk is full'],
  EDQUOT: ['no-space', 'your share of the disk is used up'],
};

/**
 * Writes the files, by name, into a folder that is made where it is missing; a PNG beside each SVG.
 * Throws `wrong-usage` or `no-space` with the folder's name where it cannot be written.
 */
export async function writeFiles(
  folder: string,
  contents: Readonly<Record<string, string>>,
): Promise<string[]> {
  const place = resolve(folder);
  try {
    return await writeAll(place, contents);
  } catch (error) {
    const known = error instanceof Error && 'code' in error ? reasons[String(error.code)] : undefined;
    if (known === undefined) throw error;
    const [code, words] = known;
    throw new StudioError(code, `Nothing more can be written to ${place}: ${words}. Give another --out.`, {
      cause: error,
    });
  }
}

async function writeAll(place: string, contents: Readonly<Record<string, string>>): Promise<string[]> {
  await mkdir(place, { recursive: true });
  const files: string[] = [];
  for (const [name, content] of Object.entries(contents)) {
    const path = join(place, name);
    await writeWhole(path, content);
    files.push(path);
    if (!name.endsWith('.svg')) continue;
    const picture = path.replace(/svg$/, 'png');
    await writeWhole(picture, await svgToPng(content));
    files.push(picture);
  }
  return files;
}
