import fs from 'node:fs/promises';
import path from 'node:path';
import { BootstrapFailure, fromFileSystem } from './failure.mjs';
import { hashTexts, readStamp, statOrNothing, writeWhole } from './files.mjs';
import { findNpm } from './npm.mjs';
import { endWithParent, isFullDisk, isNetworkTrouble, lastWords, runProgram } from './processes.mjs';

/** @param {string} root */
const stampFile = (root) => path.join(root, 'node_modules', '.extrapolation-packages.json');

/** @param {string} root */
async function lockHash(root) {
  return hashTexts(await fs.readFile(path.join(root, 'package-lock.json'), 'utf8'));
}

/**
 * Whether `node_modules` was installed from the lock file as it is now.
 *
 * @param {{ root: string }} surroundings
 */
export async function arePackagesReady({ root }) {
  const [stamp, hash] = await Promise.all([readStamp(stampFile(root)), lockHash(root)]);
  return stamp?.lock === hash;
}

/**
 * Whether npm's own record of what it installed agrees with the lock file, so that an `npm install` by hand needs no second one.
 *
 * @param {string} root
 */
async function doesNpmAgree(root) {
  const wanted = (await readStamp(path.join(root, 'package-lock.json')))?.packages;
  const installed = (await readStamp(path.join(root, 'node_modules', '.package-lock.json')))?.packages;
  if (!wanted || !installed) return false;
  for (const [place, entry] of Object.entries(wanted)) {
    if (place === '') continue;
    const there = installed[place];
    // What is optional is left out on the platforms it is not for.
    if (there === undefined && entry.optional) continue;
    if (there === undefined || there.version !== entry.version || there.integrity !== entry.integrity)
      return false;
    if ((await statOrNothing(path.join(root, place, 'package.json'))) === undefined) return false;
  }
  return Object.keys(installed).every((place) => wanted[place] !== undefined);
}

/**
 * @param {import('./runtime.mjs').Surroundings} surroundings
 */
export async function installPackages({ root, env, signal, report }) {
  const hash = await lockHash(root);
  if (!(await doesNpmAgree(root))) {
    const { command, before } = await findNpm(env);
    const args = [...before, 'ci', '--no-progress', '--loglevel=error', '--no-audit', '--no-fund'];
    // An npm that outlives this start would work against the next one's.
    const npmEnv = {
      ...env,
      NODE_OPTIONS: `${env.NODE_OPTIONS ?? ''} --require=${JSON.stringify(endWithParent)}`,
    };
    await report.step('Installing the packages that package-lock.json names (npm ci)', async () => {
      const outcome = await runProgram(command, args, { cwd: root, env: npmEnv, signal, input: 'open' });
      if (outcome.code !== 0) throw new BootstrapFailure(npmSentence(outcome, root));
    });
  }
  try {
    await writeWhole(stampFile(root), JSON.stringify({ lock: hash }));
  } catch (error) {
    throw fromFileSystem(error, path.join(root, 'node_modules'));
  }
}

/**
 * @param {import('./processes.mjs').Outcome} outcome
 * @param {string} root
 * @returns {string}
 */
function npmSentence({ missing, output }, root) {
  if (missing)
    return 'npm is needed to install the packages, and it is not on the PATH: install it (it comes with Node) and start again.';
  if (isFullDisk(output))
    return `The disk that holds ${root} became full while packages were installed: free some space and start again.`;
  if (/EACCES|EPERM|EROFS/.test(output)) {
    return `npm may not write below ${root} (${lastWords(output, /EACCES|EPERM|EROFS/)}): make the folder writable and start again.`;
  }
  if (isNetworkTrouble(output)) {
    return 'The packages could not be installed because the npm registry cannot be reached: connect this machine to the network, or set the registry it can reach (npm config set registry), and start again.';
  }
  if (/EUSAGE|can only install packages when/.test(output)) {
    return 'package.json and package-lock.json do not agree: run npm install once, and start again.';
  }
  return `npm could not install the packages (${lastWords(output, /error (?!A complete log)/)}): set that right and start again.`;
}
