import fs from 'node:fs/promises';
import path from 'node:path';
import { BootstrapFailure, fromFileSystem } from './failure.mjs';
import { hashFile, hashTexts, makeFolder, readStamp, statOrNothing, writeWhole } from './files.mjs';
import { copySources, isWritable, ownPlace } from './ownPlace.mjs';
import { endWithParent, isFullDisk, lastWords, runProgram } from './processes.mjs';

const inputs = [
  'src',
  'resources',
  'test/bench',
  'electron.vite.config.ts',
  'tsconfig.json',
  'package.json',
  'package-lock.json',
];
/** Benches use helpers of tests. */
const copied = [...inputs.filter((place) => place !== 'test/bench'), 'test'];
const outputs = ['out/main/cli.js'];

/** @param {string} root */
const stampFile = (root) => path.join(root, 'out', 'build.json');

/**
 * @param {string} root
 * @returns {Promise<string[]>} paths below root of all that a build depends on, sorted
 */
async function inputFiles(root) {
  const found = [];
  const walk = async (/** @type {string} */ place) => {
    const stats = await statOrNothing(path.join(root, place));
    if (stats?.isDirectory()) {
      const names = await fs.readdir(path.join(root, place));
      await Promise.all(names.map((name) => walk(`${place}/${name}`)));
    } else if (stats !== undefined) found.push(`${place}\n${stats.size}\n${stats.mtimeMs}`);
  };
  await Promise.all(inputs.map(walk));
  return found.sort();
}

/**
 * @param {string} root
 * @param {readonly string[]} files as `inputFiles` gives them
 */
async function contentHash(root, files) {
  const places = files.map((file) => file.split('\n')[0]);
  const hashes = await Promise.all(places.map((place) => hashFile(path.join(root, place))));
  return hashTexts(...places.flatMap((place, index) => [place, hashes[index]]));
}

/**
 * Whether `out/` was built from the sources as they are. Sizes and times decide; only where they differ are the contents compared.
 *
 * @param {{ root: string }} surroundings
 */
export async function isBuildReady({ root }) {
  const stamp = await readStamp(stampFile(root));
  if (stamp === undefined) return false;
  if (!(await areOutputsThere(root))) return false;
  const files = await inputFiles(root);
  const listing = hashTexts(...files);
  if (stamp.listing === listing) return true;
  const contents = await contentHash(root, files);
  if (stamp.contents !== contents) return false;
  // A start that may not write here compares again next time; that is all it loses.
  await writeWhole(stampFile(root), JSON.stringify({ listing, contents })).catch(() => undefined);
  return true;
}

/**
 * The folder that the program runs from: the clone, or the copy of it in the cache that was built because the clone could not be.
 *
 * @param {{ root: string, cache: string }} surroundings
 * @returns {Promise<string | undefined>} undefined where neither was built from the sources as they are
 */
export async function builtPlace({ root, cache }) {
  if (await isBuildReady({ root })) return root;
  const copy = ownPlace(cache, root);
  const stamp = await readStamp(stampFile(copy));
  if (stamp === undefined || !(await areOutputsThere(copy))) return undefined;
  return stamp.contents === (await contentHash(root, await inputFiles(root))) ? copy : undefined;
}

/** @param {string} root */
async function areOutputsThere(root) {
  for (const output of outputs)
    if ((await statOrNothing(path.join(root, output))) === undefined) return false;
  return true;
}

/**
 * Builds the clone; where it cannot be written, a copy of it in the cache.
 *
 * @param {import('./runtime.mjs').Surroundings} surroundings
 * @returns {Promise<string>} what was built
 */
export async function build(surroundings) {
  const { root, cache } = surroundings;
  if ((await isWritable(root)) && (await isWritable(path.join(root, 'out')))) {
    await buildIn(surroundings);
    return root;
  }
  const copy = ownPlace(cache, root);
  try {
    await copySources(root, copy, copied);
  } catch (error) {
    throw fromFileSystem(error, copy);
  }
  await buildIn({ ...surroundings, root: copy });
  return copy;
}

/** @param {Omit<import('./runtime.mjs').Surroundings, 'cache'>} surroundings */
async function buildIn({ root, env, signal, report }) {
  const files = await inputFiles(root);
  const stamp = { listing: hashTexts(...files), contents: await contentHash(root, files) };
  try {
    // Without its stamp an interrupted build is never taken for a whole one.
    await fs.rm(stampFile(root), { force: true });
    const program = path.join(root, 'node_modules', 'electron-vite', 'bin', 'electron-vite.js');
    await report.step('Building (electron-vite build)', async () => {
      const buildEnv = { ...env, NO_COLOR: '1', ...(await electronVersion(root, env)) };
      const outcome = await runProgram(process.execPath, ['--require', endWithParent, program, 'build'], {
        cwd: root,
        env: buildEnv,
        signal,
        input: 'open',
      });
      if (outcome.code !== 0) throw new BootstrapFailure(buildSentence(outcome.output, root));
    });
    await makeFolder(path.join(root, 'out'));
    await writeWhole(stampFile(root), JSON.stringify(stamp));
  } catch (error) {
    throw fromFileSystem(error, path.join(root, 'out'));
  }
}

/**
 * electron-vite asks the Electron binary for its version; where the binary was not fetched, the package says it.
 *
 * @param {string} root
 * @param {NodeJS.ProcessEnv} env
 */
async function electronVersion(root, env) {
  const folder = path.join(root, 'node_modules', 'electron');
  if (env.ELECTRON_MAJOR_VER || (await statOrNothing(path.join(folder, 'dist'))) !== undefined) return {};
  const version = (await readStamp(path.join(folder, 'package.json')))?.version;
  return typeof version === 'string' ? { ELECTRON_MAJOR_VER: version.split('.')[0] } : {};
}

/**
 * @param {string} output
 * @param {string} root
 */
function buildSentence(output, root) {
  if (isFullDisk(output))
    return `The disk that holds ${root} became full during the build: free some space and start again.`;
  return `The build failed (${lastWords(output, /could not|\berror\b|\[[A-Z_]{6,}\]/i)}): run npm run build in ${root} to see all of it, and set it right.`;
}
