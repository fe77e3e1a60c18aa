import { existsSync } from 'node:fs';
import { lstat, readFile, readlink } from 'node:fs/promises';
import { dirname } from 'node:path';
import { StudioError } from '../../contract/errors.ts';

/**
 * The bytes of a file of a run.
 * @throws StudioError `not-found` where it is missing; `unavailable` where it may well be whole but cannot be read here and now: a link
 * that leads nowhere, a disk that fails or is gone, a lack of rights
 */
export async function readRunFile(path: string): Promise<Buffer> {
  try {
    return await readFile(path);
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : 'unknown';
    const link = await linkToNowhere(path);
    if (link !== undefined) {
      throw new StudioError(
        'unavailable',
        `${link.from} is a link to ${link.to}, and nothing is there. Mount the disk that it was on, or correct the link.`,
        { cause },
      );
    }
    if (code === 'ENOENT') {
      throw new StudioError('not-found', `${path} is missing. Is the run folder complete?`, { cause });
    }
    throw new StudioError(
      'unavailable',
      `${path} cannot be read (${code}): ${reasons[code] ?? 'the system refuses it'}. It may be intact: try again once that is solved.`,
      { cause },
    );
  }
}

const reasons: Readonly<Record<string, string>> = {
  EACCES: 'this account has no permission',
  EPERM: 'this account has no permission',
  EIO: 'the disk or its connection fails',
  ESTALE: 'the disk that it is on was taken away',
  ENOTCONN: 'the disk that it is on is not connected',
  ETIMEDOUT: 'the disk that it is on does not answer',
  EMFILE: 'too many files are open',
  ENOTDIR: 'a part of that path is a file',
  EISDIR: 'it is a folder',
  ELOOP: 'its links form a loop',
};

/** The link in a path, of the last three names of it, that leads nowhere. */
async function linkToNowhere(path: string): Promise<{ from: string; to: string } | undefined> {
  for (const from of [dirname(dirname(path)), dirname(path), path]) {
    const facts = await lstat(from).catch(() => undefined);
    if (facts?.isSymbolicLink() === true && !existsSync(from)) return { from, to: await readlink(from) };
  }
  return undefined;
}
