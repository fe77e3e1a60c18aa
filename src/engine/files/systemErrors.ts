import { StudioError } from '../../contract/errors.ts';
import type { ErrorCode } from '../../contract/errors.ts';

/** What the system says of a file or folder that cannot be used, what that means for a person, and what helps. */
const reasons: Readonly<Record<string, readonly [code: ErrorCode, words: string, next: string]>> = {
  EEXIST: ['wrong-usage', 'there is a file of that name', 'Choose another place.'],
  ENOTDIR: ['wrong-usage', 'a part of that path is a file', 'Choose another place.'],
  EISDIR: ['wrong-usage', 'it is a folder', 'Choose another name.'],
  EACCES: ['wrong-usage', 'this account has no right to it', 'Choose another place.'],
  EPERM: ['wrong-usage', 'this account has no right to it', 'Choose another place.'],
  EROFS: ['wrong-usage', 'its disk is read-only', 'Choose another place.'],
  ENAMETOOLONG: ['wrong-usage', 'the name is too long', 'Choose a shorter one.'],
  ENOSPC: ['no-space', 'its disk is full', 'Free some space and try again.'],
  EDQUOT: ['no-space', 'your share of its disk is used up', 'Free some space and try again.'],
  EMFILE: ['unavailable', 'too many files are open', 'Close other programs and try again.'],
};

/** The sentence for what the system refused; undefined for any other error, which is a fault of the program. */
export function explainSystemError(error: unknown): StudioError | undefined {
  if (!(error instanceof Error && 'code' in error && 'syscall' in error)) return undefined;
  const known = reasons[String(error.code)];
  if (known === undefined) return undefined;
  const [code, words, next] = known;
  const place = 'path' in error ? String(error.path) : 'A file or folder';
  return new StudioError(code, `${place} cannot be used: ${words}. ${next}`, { cause: error });
}
