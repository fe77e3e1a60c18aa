import path from 'node:path';
import { BootstrapFailure } from './failure.mjs';
import { statOrNothing } from './files.mjs';
import { runProgram } from './processes.mjs';

const traces = [
  'proc/driver/nvidia/version',
  'usr/lib/x86_64-linux-gnu/libcuda.so.1',
  'usr/lib64/libcuda.so.1',
  'usr/lib/libcuda.so.1',
  'usr/lib/wsl/lib/libcuda.so.1',
];

/**
 * Looks where an NVIDIA driver leaves its files; costs no process, so every start can do it.
 *
 * @param {NodeJS.ProcessEnv} env
 * @param {string} [root] of the file system
 * @returns {Promise<string | undefined>} the file found
 */
export async function findDriverFile(env, root = '/') {
  const folders = (env.LD_LIBRARY_PATH ?? '').split(path.delimiter).filter((folder) => folder !== '');
  const files = [
    ...traces.map((trace) => path.join(root, trace)),
    ...folders.map((folder) => path.join(folder, 'libcuda.so.1')),
  ];
  for (const file of files) if ((await statOrNothing(file)) !== undefined) return file;
  return undefined;
}

/**
 * Looks for an NVIDIA driver by its files, and where they lie elsewhere by asking the linker and the driver's own tool.
 *
 * @param {{ env: NodeJS.ProcessEnv, platform?: string, root?: string, signal?: AbortSignal }} options
 * @returns {Promise<string | undefined>} by what it was found
 */
export async function findDriver({ env, platform = process.platform, root = '/', signal }) {
  if (platform !== 'linux') return undefined;
  const file = await findDriverFile(env, root);
  if (file !== undefined) return file;
  const linker = await runProgram('ldconfig', ['-p'], {
    env: { ...env, PATH: `${env.PATH ?? ''}:/sbin:/usr/sbin` },
    signal,
  });
  if (linker.code === 0 && /\blibcuda\.so\.1\b/.test(linker.output)) return 'libcuda.so.1';
  const tool = await runProgram('nvidia-smi', ['-L'], { env, signal });
  return tool.code === 0 && tool.output.includes('GPU') ? 'nvidia-smi' : undefined;
}

/**
 * @param {NodeJS.ProcessEnv} env
 * @returns {'wanted' | 'forbidden' | undefined} what the person said about the GPU
 */
export function gpuWish(env) {
  switch (env.EXTRAPOLATION_GPU ?? '') {
    case '':
      return undefined;
    case '0':
      return 'forbidden';
    case '1':
      return 'wanted';
    default:
      throw new BootstrapFailure(
        `EXTRAPOLATION_GPU is "${env.EXTRAPOLATION_GPU}", and only 1 (use the GPU) and 0 (do not) have a meaning: set it to one of them, or not at all.`,
      );
  }
}

/**
 * @typedef {object} Choice
 * @property {'cpu' | 'gpu'} variant
 * @property {string} reason a sentence
 */

/**
 * Which build of TensorFlow to use.
 *
 * @param {object} facts
 * @param {'wanted' | 'forbidden' | undefined} facts.wish
 * @param {string | undefined} facts.driver by what a driver was found
 * @param {boolean} facts.available whether there is a CUDA build for this platform
 * @param {string} facts.platform such as `linux-x64`
 * @param {'cpu' | 'gpu' | undefined} facts.installed
 * @returns {Choice}
 */
export function chooseVariant({ wish, driver, available, platform, installed }) {
  if (wish === 'forbidden') return { variant: 'cpu', reason: 'EXTRAPOLATION_GPU=0 asks for the CPU.' };
  if (!available && (wish === 'wanted' || driver !== undefined)) {
    return { variant: 'cpu', reason: `There is no CUDA build of TensorFlow for ${platform}.` };
  }
  if (wish === 'wanted') {
    const without = driver === undefined ? ', though no NVIDIA driver was found' : '';
    return { variant: 'gpu', reason: `The GPU was asked for${without}.` };
  }
  if (driver !== undefined) return { variant: 'gpu', reason: `An NVIDIA driver was found (${driver}).` };
  if (installed === 'gpu')
    return { variant: 'gpu', reason: 'The CUDA build was installed by an earlier start.' };
  return { variant: 'cpu', reason: 'No NVIDIA driver was found.' };
}
