import fs from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { BootstrapFailure } from './failure.mjs';
import { folderBytes, hashFile, makeFolder, removeFolder, statOrNothing } from './files.mjs';
import { isFullDisk, isNetworkTrouble, lastWords, runProgram } from './processes.mjs';
import { readableSize } from './report.mjs';

const pipProgram = fileURLToPath(new URL('ask_pip.py', import.meta.url));
const millisecondsBetweenAmounts = 1000;

/**
 * Whether a wheel that an earlier start left is whole.
 *
 * @param {string} file
 * @param {import('./pins.mjs').Wheel} wheel
 */
async function isWhole(file, wheel) {
  const stats = await statOrNothing(file);
  return stats !== undefined && stats.size === wheel.bytes && (await hashFile(file)) === wheel.sha256;
}

/**
 * Fetches a wheel with pip, so by whatever index, proxy and certificates the person has set up for pip, and checks its SHA-256. A whole
 * wheel of an interrupted start is used again.
 *
 * @param {import('./pins.mjs').Wheel} wheel
 * @param {{ folder: string, staging: string, python: string, env: NodeJS.ProcessEnv, signal?: AbortSignal,
 *   report: import('./report.mjs').Report }} options `folder` keeps what is whole, `staging` what is not yet
 * @returns {Promise<string>} the file
 */
export async function fetchWheel(wheel, options) {
  const target = path.join(options.folder, wheel.file);
  if (await isWhole(target, wheel)) return target;
  await fs.rm(target, { force: true });
  const download = path.join(options.staging, 'download');
  await removeFolder(download);
  await makeFolder(download);
  await options.report.step(
    `Fetching ${wheel.name} ${wheel.version}, ${readableSize(wheel.bytes)}`,
    async (amount) => {
      const timer = setInterval(() => {
        void folderBytes(download).then((bytes) =>
          amount(`${readableSize(Math.min(bytes, wheel.bytes))} of ${readableSize(wheel.bytes)}`),
        );
      }, millisecondsBetweenAmounts);
      try {
        await askPip(wheel, download, options);
      } finally {
        clearInterval(timer);
      }
      const got = path.join(download, wheel.file);
      if (!(await isWhole(got, wheel))) {
        const size = (await statOrNothing(got))?.size ?? 0;
        throw new BootstrapFailure(
          `What was downloaded as ${wheel.file} (${size} bytes of ${wheel.bytes}) is not the file this version was checked with (its SHA-256 differs) and was thrown away: start again, and if that does not help, check the package index that pip is set to.`,
        );
      }
      await fs.rename(got, target);
    },
  );
  return target;
}

/**
 * @param {import('./pins.mjs').Wheel} wheel
 * @param {string} folder
 * @param {{ python: string, env: NodeJS.ProcessEnv, signal?: AbortSignal }} options
 */
async function askPip(wheel, folder, { python, env, signal }) {
  const quiet = ['--disable-pip-version-check', '--no-input', '--progress-bar', 'off', '--no-cache-dir'];
  const which = ['--no-deps', '--only-binary=:all:', '--python-version', '311', '--platform', wheel.platform];
  const args = [
    '-B',
    pipProgram,
    'download',
    ...quiet,
    ...which,
    '--dest',
    folder,
    `${wheel.name}==${wheel.version}`,
  ];
  // pip's own temporary files go below the staging folder too: seen as progress, and removed with it.
  const { code, output } = await runProgram(python, args, {
    // From pip 25.1 on a download that is cut off goes on where it was; older ones do not know the setting and pass it over.
    env: { PIP_RESUME_RETRIES: '5', ...env, TMPDIR: folder },
    signal,
    input: 'open',
  });
  if (code === 0) return;
  throw new BootstrapFailure(pipSentence(wheel, folder, output));
}

/**
 * @param {import('./pins.mjs').Wheel} wheel
 * @param {string} folder
 * @param {string} output
 * @returns {string}
 */
function pipSentence(wheel, folder, output) {
  if (isFullDisk(output)) {
    return `The disk that holds ${folder} became full while ${wheel.name} was downloaded: free some space, or set EXTRAPOLATION_CACHE to a folder on another disk, and start again.`;
  }
  if (/CERTIFICATE_VERIFY_FAILED|SSLError/i.test(output)) {
    return `pip does not trust the certificate of the package index, so ${wheel.name} could not be downloaded: give pip the right certificate (PIP_CERT) and start again.`;
  }
  if (isNetworkTrouble(output)) {
    return `${wheel.name} ${wheel.version} could not be downloaded because the package index cannot be reached: connect this machine to the network, or set PIP_INDEX_URL to an index it can reach, and start again.`;
  }
  if (/No matching distribution|Could not find a version/i.test(output)) {
    return `The package index has no ${wheel.file} or did not answer: set PIP_INDEX_URL to an index that has it, and start again.`;
  }
  return `pip could not download ${wheel.name} ${wheel.version} (${lastWords(output, /^ERROR|Error/)}): set that right and start again.`;
}
