import fs from 'node:fs/promises';
import path from 'node:path';
import { hashTexts, makeFolder, removeFolder, statOrNothing } from './files.mjs';

/**
 * A clone that this account cannot write (another's, on a disk that is only read, installed for all): what is made for it then lies in
 * the account's own cache folder.
 */

/**
 * @param {string} cache
 * @param {string} root the clone
 * @returns {string} the folder in the cache for what is made for a clone
 */
export function ownPlace(cache, root) {
  return path.join(cache, 'clones', hashTexts(root).slice(0, 16));
}

/**
 * @param {string} folder
 * @returns {Promise<boolean>} whether files can be made in it, or it can be made
 */
export async function isWritable(folder) {
  if ((await statOrNothing(folder)) === undefined) return isWritable(path.dirname(folder));
  return fs.access(folder, fs.constants.W_OK).then(
    () => true,
    () => false,
  );
}

/**
 * Whether something is another account's, so that it is not for us to replace even where we could.
 *
 * @param {string} file
 */
export async function isAnothers(file) {
  const owner = (await statOrNothing(file))?.uid;
  const own = process.getuid?.();
  return owner !== undefined && own !== undefined && own !== 0 && owner !== own;
}

/**
 * A copy of what a build needs, beside a link to the clone's packages.
 *
 * @param {string} root
 * @param {string} copy
 * @param {readonly string[]} places files and folders below root
 */
export async function copySources(root, copy, places) {
  await makeFolder(copy);
  for (const place of places) {
    if ((await statOrNothing(path.join(root, place))) === undefined) continue;
    await removeFolder(path.join(copy, place));
    await fs.cp(path.join(root, place), path.join(copy, place), {
      recursive: true,
      preserveTimestamps: true,
    });
  }
  const packages = path.join(copy, 'node_modules');
  await fs.rm(packages, { force: true });
  await fs.symlink(path.join(root, 'node_modules'), packages, 'junction');
}
