import { mkdir, rmdir } from 'node:fs/promises';
import { dirname } from 'node:path';

/**
 * Does work whose files go into a folder. One that cannot be made is said before the work begins, and what was made is taken
 * back where the work fails or is stopped before it has written anything.
 * @param folder absolute
 */
export async function withFolder<R>(folder: string, work: () => Promise<R>): Promise<R> {
  const made = await mkdir(folder, { recursive: true });
  try {
    return await work();
  } catch (error) {
    if (made !== undefined) await removeEmpty(folder, made);
    throw error;
  }
}

/** The folder and those above it up to `top`, as far as nothing is in them. */
async function removeEmpty(folder: string, top: string): Promise<void> {
  for (let at = folder; at.length >= top.length; at = dirname(at)) {
    const isRemoved = await rmdir(at).then(
      () => true,
      () => false,
    );
    if (!isRemoved) return;
  }
}
