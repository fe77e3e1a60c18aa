/**
 * What an installed Studio starts before its engine: `prepare.mjs --look` says as JSON whether TensorFlow is there, and else what fetching
 * it takes; `prepare.mjs` fetches it and tells its progress on stdout. The last line on stdout is JSON.
 */
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { isTensorflowReady, recordElsewhere } from './bootstrap/binding.mjs';
import { bootstrap } from './bootstrap/bootstrap.mjs';
import { cacheFolder } from './bootstrap/cacheFolder.mjs';
import { BootstrapFailure } from './bootstrap/failure.mjs';
import { findDriverFile, gpuWish } from './bootstrap/gpu.mjs';
import { definitionsFor } from './bootstrap/pins.mjs';

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const definitions = definitionsFor(process.platform, process.arch);
const cache = cacheFolder(process.env);

/** @returns {Promise<object>} */
async function look() {
  const surroundings = { root, cache, env: process.env, report: { say: () => undefined } };
  const isReady = await isTensorflowReady(surroundings, definitions);
  if (isReady) return { isReady, runtime: await recordElsewhere(surroundings) };
  const wish = gpuWish(process.env);
  const isGpu =
    definitions.gpu !== undefined &&
    wish !== 'forbidden' &&
    (wish === 'wanted' || (await findDriverFile(process.env)) !== undefined);
  const definition = isGpu ? definitions.gpu : definitions.cpu;
  if (definition === undefined) return { isReady, cache };
  const sum = (/** @type {'bytes' | 'unpackedBytes'} */ name) =>
    definition.wheels.reduce((total, wheel) => total + wheel[name], 0);
  const { version, variant } = definition;
  return { isReady, cache, version, variant, download: sum('bytes'), disk: sum('unpackedBytes') };
}

/** @param {object} answer */
function tell(answer) {
  process.stdout.write(`${JSON.stringify(answer)}\n`);
}

try {
  if (process.argv[2] !== '--look') await bootstrap({ root, steps: ['tensorflow'], stream: process.stdout });
  tell(await look());
} catch (error) {
  if (!(error instanceof BootstrapFailure)) throw error;
  tell({ isReady: false, sentence: error.message });
  process.exitCode = error.exitCode;
}
