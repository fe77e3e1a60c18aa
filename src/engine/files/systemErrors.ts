import { StudioError } from '../../contract/errors.ts';
import type { ErrorCode } from '../../contract/errors.ts';

/** What the system says of a file or folder that cannot be used, what that means for a person, and what helps. */
const reasons: Readonly<Record<string, readonly [code: ErrorCode, words: string, next: string]>> = {
  EEXIST: ['wrong-usage', 'there is a file of that name', 'Choose another place.'],
  ENOTDIR: ['wrong-usage', 'a part of that path is a file', 'Choose another place.'],
  EISDIR: ['wrong-usage', 'it is a folder', 'Choose another name.'],
  EACCES: ['wrong-usage', 'this account has no permission', 'Choose another place.'],
  EPERM: ['wrong-usage', 'this account has no permission', 'Choose another place.'],
  EROFS: ['wrong-usage', 'its disk is read-only', 'Choose another place.'],
  ENAMETOOLONG: ['wrong-usage', 'the name is too long', 'Choose a shorter one.'],
  ENOSPC: ['no-space', 'its disk is full', 'Free some space and try again.'],
  EDQUOT: ['no-space', 'your share of its disk is used up', 'Free some space and try again.'],
  EMFILE: ['unavailable', 'too many files are open', 'Close other programs and try again.'],
  ENFILE: ['unavailable', 'too many files are open', 'Close other programs and try again.'],
  ENOMEM: ['out-of-memory', 'the system has no memory left', 'Close other programs and try again.'],
  EIO: ['unavailable', 'its disk or the connection to it fails', 'Look at the disk and try again.'],
  ENXIO: ['unavailable', 'its disk is gone', 'Connect the disk and try again.'],
  ENODEV: ['unavailable', 'its disk is gone', 'Connect the disk and try again.'],
  ESTALE: ['unavailable', 'its disk was taken away', 'Connect the disk and try again.'],
  EBUSY: ['unavailable', 'another program uses it', 'Close that program and try again.'],
  EFBIG: ['wrong-usage', 'its disk takes no file of that size', 'Choose another place.'],
  ELOOP: ['wrong-usage', 'its links form a loop', 'Choose another place.'],
};

/** Whether the system refused with one of these codes. */
export function hasCode(error: unknown, ...codes: readonly string[]): boolean {
  return error instanceof Error && 'code' in error && codes.some((code) => code === error.code);
}

/**
 * Whether the system could not read what may well be whole: trying again may help, and taking it for missing or damaged would not be true.
 */
export function isOfTheMoment(error: unknown): boolean {
  const code = explainSystemError(error)?.code;
  return code === 'unavailable' || code === 'out-of-memory';
}

/** Has what goes wrong while a file is worked with name that file, as people know it: what goes through an open file names none. */
export async function namingFile<R>(path: string, work: () => Promise<R>): Promise<R> {
  try {
    return await work();
  } catch (error) {
    throw withPath(error, path);
  }
}

export function withPath(error: unknown, path: string): unknown {
  return error instanceof Error && 'syscall' in error ? Object.assign(error, { path }) : error;
}

/** The sentence for what the system refused; undefined for any other error, which is a fault of the program. */
export function explainSystemError(error: unknown): StudioError | undefined {
  if (!(error instanceof Error && 'code' in error && 'syscall' in error)) return undefined;
  const known = reasons[String(error.code)];
  if (known === undefined) return undefined;
  const [code, words, next] = known;
  const place = 'path' in error ? String(error.path) : 'A file or folder';
  return new StudioError(code, `${place} cannot be used: ${words}. ${next}`, { cause: error });
}
