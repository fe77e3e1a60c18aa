import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { writeWhole } from './safeFiles.ts';

/** Writes what can be made again; false where the folder cannot be written, such as on a disk that is only read. */
export async function tryWriting(file: string, text: string): Promise<boolean> {
  try {
    await mkdir(dirname(file), { recursive: true });
    await writeWhole(file, text);
    return true;
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'EACCES' || code === 'EROFS' || code === 'EPERM') return false;
    throw error;
  }
}
