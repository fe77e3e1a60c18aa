import fs from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { BootstrapFailure, fromFileSystem } from './failure.mjs';
import {
  freeBytes,
  makeFolder,
  readStamp,
  removeFolder,
  removeLeftovers,
  statOrNothing,
  writeWhole,
} from './files.mjs';
import { withLock } from './lock.mjs';
import { isFullDisk, lastWords, runProgram } from './processes.mjs';
import { findPython } from './python.mjs';
import { readableSize } from './report.mjs';
import { fetchWheel } from './wheels.mjs';

const unpackProgram = fileURLToPath(new URL('unpack.py', import.meta.url));

/**
 * @typedef {object} Surroundings what a step of the bootstrap works with
 * @property {string} root the clone
 * @property {string} cache see cacheFolder.mjs
 * @property {NodeJS.ProcessEnv} env
 * @property {import('./report.mjs').Report} report
 * @property {AbortSignal} [signal]
 */

/**
 * @param {string} cache
 * @param {import('./pins.mjs').RuntimeDefinition} definition
 * @returns {string} the folder that holds `tensorflow/` and, for a GPU, `nvidia/` beside it
 */
export function runtimeFolder(cache, definition) {
  return path.join(cache, 'runtimes', definition.id);
}

/**
 * Whether a folder holds the whole runtime: the record is written last, before the folder gets its name, and lists the libraries' sizes.
 *
 * @param {string} folder
 * @param {import('./pins.mjs').RuntimeDefinition} definition
 */
export async function isComplete(folder, definition) {
  const record = await readStamp(path.join(folder, 'complete.json'));
  if (record?.wheels !== wheelHashes(definition)) return false;
  for (const library of definition.libraries) {
    const stats = await statOrNothing(path.join(folder, library));
    if (stats === undefined || stats.size !== record.libraries?.[library]) return false;
  }
  return true;
}

/** @param {import('./pins.mjs').RuntimeDefinition} definition */
export function wheelHashes(definition) {
  return definition.wheels.map((wheel) => wheel.sha256).join(' ');
}

/**
 * Fetches and unpacks a runtime unless it is there. Interrupted at any moment, the next start goes on cleanly: the folder gets its name
 * when it is whole, and only one start at a time works at it.
 *
 * @param {import('./pins.mjs').RuntimeDefinition} definition
 * @param {Surroundings} surroundings
 * @returns {Promise<string>} see `runtimeFolder`
 */
export async function ensureRuntime(definition, surroundings) {
  const { cache, report, signal } = surroundings;
  const folder = runtimeFolder(cache, definition);
  if (await isComplete(folder, definition)) return folder;
  const onWait = (/** @type {number} */ owner) =>
    report.say(`Waiting for process ${owner}, which is fetching TensorFlow for this machine …`);
  await withLock(path.join(cache, 'locks', `${definition.id}.lock`), { signal, onWait }, async () => {
    if (await isComplete(folder, definition)) return;
    try {
      await install(definition, folder, surroundings);
    } catch (error) {
      throw fromFileSystem(error, cache);
    }
  });
  return folder;
}

/**
 * @param {import('./pins.mjs').RuntimeDefinition} definition
 * @param {string} folder
 * @param {Surroundings} surroundings
 */
async function install(definition, folder, surroundings) {
  const { cache, env, signal, report } = surroundings;
  const stagingParent = path.join(cache, 'staging');
  await removeLeftovers(stagingParent, `${definition.id}-`);
  const staging = path.join(stagingParent, `${definition.id}-${process.pid}`);
  const wheelsFolder = path.join(cache, 'wheels');
  await makeFolder(path.join(staging, 'site'));
  await makeFolder(wheelsFolder);
  await checkSpace(definition, cache, wheelsFolder);
  const python = await findPython(surroundings);
  const files = [];
  for (const wheel of definition.wheels) {
    files.push(await fetchWheel(wheel, { folder: wheelsFolder, staging, python, env, signal, report }));
  }
  const site = path.join(staging, 'site');
  await report.step(`Unpacking TensorFlow ${definition.version} into ${folder}`, async () => {
    for (const [index, wheel] of definition.wheels.entries())
      await unpack(python, files[index], site, wheel, surroundings);
    await writeRecord(definition, site);
    await removeFolder(folder);
    await makeFolder(path.dirname(folder));
    await fs.rename(site, folder);
  });
  for (const file of files) await fs.rm(file, { force: true });
  await removeLeftovers(stagingParent, `${definition.id}-`);
}

/**
 * @param {import('./pins.mjs').RuntimeDefinition} definition
 * @param {string} cache
 * @param {string} wheelsFolder
 */
async function checkSpace(definition, cache, wheelsFolder) {
  // pip holds the wheel it is at twice for a moment.
  let needed = Math.max(...definition.wheels.map((wheel) => wheel.bytes));
  for (const wheel of definition.wheels) {
    const there = (await statOrNothing(path.join(wheelsFolder, wheel.file)))?.size === wheel.bytes;
    needed += wheel.unpackedBytes + (there ? 0 : wheel.bytes);
  }
  const free = await freeBytes(cache);
  if (free >= needed) return;
  throw new BootstrapFailure(
    `TensorFlow ${definition.version} needs ${readableSize(needed)} in ${cache} while it is installed, and ${readableSize(free)} are free: free some space, or set EXTRAPOLATION_CACHE to a folder on another disk, and start again.`,
  );
}

/**
 * @param {string} python
 * @param {string} file
 * @param {string} target
 * @param {import('./pins.mjs').Wheel} wheel
 * @param {Surroundings} surroundings
 */
async function unpack(python, file, target, wheel, { env, signal, cache }) {
  const args = [
    '-B',
    unpackProgram,
    file,
    target,
    JSON.stringify(wheel.keep),
    JSON.stringify(wheel.leave ?? []),
  ];
  const { code, output } = await runProgram(python, args, { env, signal, input: 'open' });
  if (code === 0) return;
  const words = isFullDisk(output)
    ? `The disk that holds ${cache} became full while ${wheel.file} was unpacked: free some space, or set EXTRAPOLATION_CACHE to a folder on another disk, and start again.`
    : `${wheel.file} could not be unpacked (${lastWords(output)}): start again, and if that does not help, remove the folder ${cache}.`;
  throw new BootstrapFailure(words);
}

/**
 * @param {import('./pins.mjs').RuntimeDefinition} definition
 * @param {string} site
 */
async function writeRecord(definition, site) {
  const libraries = {};
  for (const library of definition.libraries)
    libraries[library] = (await fs.stat(path.join(site, library))).size;
  await writeWhole(
    path.join(site, 'complete.json'),
    JSON.stringify({ wheels: wheelHashes(definition), libraries }),
  );
}
