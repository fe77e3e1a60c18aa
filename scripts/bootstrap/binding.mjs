import fs from 'node:fs/promises';
import path from 'node:path';
import { ensureCompiled, functions, quietLoading } from './compiler.mjs';
import { BootstrapFailure, fromFileSystem } from './failure.mjs';
import { copyWhole, hashFile, hashTexts, makeFolder, readStamp, writeWhole } from './files.mjs';
import { isAnothers, isWritable, ownPlace } from './ownPlace.mjs';
import { chooseVariant, findDriver, findDriverFile, gpuWish } from './gpu.mjs';
import { readableSize } from './report.mjs';
import { ensureRuntime, isComplete, wheelHashes } from './runtime.mjs';

/**
 * The record of what was installed: beside the binding, in `node_modules/@tensorflow/tfjs-node-gpu/lib/napi-v8/runtime.json`; in the
 * account's cache folder where the clone is another's or cannot be written. The engine reads it to say what it runs on; the next start
 * reads it to see that nothing is to be done.
 *
 * @typedef {object} RuntimeRecord
 * @property {1} format
 * @property {'wheel' | 'package'} source TensorFlow out of the Python wheel, or the package's own official binary
 * @property {string} version of TensorFlow, such as "2.21.0"; "unknown" for the package's own binary, which can be asked when it is loaded
 * @property {'cpu' | 'gpu'} variant what was installed; whether a GPU can be used shows only when TensorFlow looks for one
 * @property {string} folder absolute; for a wheel it holds `tensorflow/libtensorflow_cc.so.2` (`.2.dylib` on macOS) and, for `gpu`,
 *   `nvidia/<library>/lib`; for the package it is its `deps/lib`
 * @property {string} reason one sentence that says why this variant and source
 * @property {'cpu' | 'gpu'} wanted what was chosen before anything failed; differs from `variant` after a fall-back
 * @property {string} key of packages, runtime and our own sources the binding was compiled for
 * @property {string} sha256 of the binding file
 * @property {string} [binding] where it lies, if not beside the record
 */

/** @param {string} root */
export function placesBelow(root) {
  const tfjs = path.join(root, 'node_modules', '@tensorflow', 'tfjs-node-gpu');
  const folder = path.join(tfjs, 'lib', 'napi-v8');
  return {
    tfjs,
    headers: path.join(root, 'node_modules', 'node-api-headers'),
    folder,
    binding: path.join(folder, 'tfjs_binding.node'),
    record: path.join(folder, 'runtime.json'),
    official: path.join(tfjs, 'deps', 'lib'),
  };
}

/**
 * @param {string} root
 * @param {import('./pins.mjs').RuntimeDefinition} definition
 */
export async function keyOf(root, definition) {
  const { tfjs, headers } = placesBelow(root);
  const versions = await Promise.all(
    [tfjs, headers].map((folder) => readStamp(path.join(folder, 'package.json'))),
  );
  return hashTexts(
    definition.id,
    wheelHashes(definition),
    ...(await Promise.all([functions, quietLoading].map(hashFile))),
    ...versions.map((stamp) => String(stamp?.version)),
  );
}

/**
 * @param {Pick<import('./runtime.mjs').Surroundings, 'root' | 'cache'>} surroundings
 * @returns {string} the record that this account alone has of the clone
 */
function ownRecord({ root, cache }) {
  return path.join(ownPlace(cache, root), 'runtime.json');
}

/**
 * The record that counts for this account; undefined where the one beside the binding does.
 *
 * @param {Pick<import('./runtime.mjs').Surroundings, 'root' | 'cache'>} surroundings
 * @returns {Promise<string | undefined>}
 */
export async function recordElsewhere(surroundings) {
  const own = ownRecord(surroundings);
  return (await readStamp(own)) === undefined ? undefined : own;
}

/**
 * Whether the binding and its runtime are there, whole, and what is wanted now. Costs a few small files to read.
 *
 * @param {import('./runtime.mjs').Surroundings} surroundings
 * @param {import('./pins.mjs').Definitions} definitions
 */
export async function isTensorflowReady(surroundings, definitions) {
  const { root, env } = surroundings;
  const places = placesBelow(root);
  const record = await readStamp((await recordElsewhere(surroundings)) ?? places.record);
  const binding = String(record?.binding ?? places.binding);
  if (record === undefined || record.sha256 !== (await hashFile(binding).catch(() => undefined)))
    return false;
  const wish = gpuWish(env);
  if (wish === 'forbidden' && record.variant === 'gpu') return false;
  if (definitions.gpu !== undefined && record.variant === 'cpu') {
    if (wish === 'wanted') return false;
    // After a fall-back nothing is tried again unasked: a start without a network must not wait for one.
    if (wish === undefined && record.wanted === 'cpu' && (await findDriverFile(env)) !== undefined)
      return false;
  }
  if (record.source === 'package') return (await officialLibrary(places.official)) !== undefined;
  const definition = definitions[record.variant];
  if (definition === undefined || record.key !== (await keyOf(root, definition))) return false;
  return isComplete(record.folder, definition);
}

/** @param {string} folder */
async function officialLibrary(folder) {
  const names = await fs.readdir(folder).catch(() => []);
  return names.find((name) => /^(lib)?tensorflow\b/.test(name));
}

/**
 * Fetches TensorFlow, compiles the binding, puts it where the package looks for it, and writes the record.
 *
 * @param {import('./runtime.mjs').Surroundings} surroundings
 * @param {import('./pins.mjs').Definitions} definitions
 * @param {string} platform such as `linux-x64`
 */
export async function installTensorflow(surroundings, definitions, platform) {
  const { root, env, signal, report } = surroundings;
  const before = await readStamp((await recordElsewhere(surroundings)) ?? placesBelow(root).record);
  const choice = chooseVariant({
    wish: gpuWish(env),
    driver: await findDriver({ env, signal }),
    available: definitions.gpu !== undefined,
    platform,
    installed: before?.variant,
  });
  const { gpu, cpu } = definitions;
  let reason = choice.reason;
  if (choice.variant === 'gpu' && gpu !== undefined) {
    try {
      report.say(`${choice.reason} ${sizes(gpu)}`);
      return await installWheel(gpu, choice, choice.reason, surroundings);
    } catch (error) {
      if (!(error instanceof BootstrapFailure)) throw error;
      report.say(`The CUDA build cannot be used, so TensorFlow will run on the CPU. ${error.message}`);
      reason = `The CUDA build could not be installed: ${error.message}`;
    }
  }
  if (cpu === undefined)
    return usePackage(surroundings, choice, `There is no wheel for ${platform}.`, platform);
  try {
    return await installWheel(cpu, choice, reason, surroundings);
  } catch (error) {
    if (!(error instanceof BootstrapFailure) || !(await hasOfficialBinary(root))) throw error;
    report.say(`The package's own TensorFlow is used. ${error.message}`);
    return usePackage(surroundings, choice, `The wheel could not be installed: ${error.message}`, platform);
  }
}

/** @param {import('./pins.mjs').RuntimeDefinition} definition */
function sizes({ version, wheels }) {
  const download = wheels.reduce((sum, wheel) => sum + wheel.bytes, 0);
  const disk = wheels.reduce((sum, wheel) => sum + wheel.unpackedBytes, 0);
  return `The CUDA 12 build of TensorFlow ${version}: ${wheels.length} files, ${readableSize(download)} to download unless they are there, ${readableSize(disk)} on the disk.`;
}

/**
 * @param {import('./pins.mjs').RuntimeDefinition} definition
 * @param {import('./gpu.mjs').Choice} choice
 * @param {string} reason
 * @param {import('./runtime.mjs').Surroundings} surroundings
 */
async function installWheel(definition, choice, reason, surroundings) {
  const { root } = surroundings;
  const runtime = await ensureRuntime(definition, surroundings);
  const { tfjs, headers } = placesBelow(root);
  const key = await keyOf(root, definition);
  const prebuilt = path.join(root, 'prebuilt');
  const compiled = await ensureCompiled({ prebuilt, key, tfjs, headers, runtime, definition }, surroundings);
  const about = {
    source: 'wheel',
    version: definition.version,
    variant: definition.variant,
    folder: runtime,
  };
  await put({ ...about, reason, wanted: choice.variant, key }, surroundings, compiled);
}

/** @param {string} root */
async function hasOfficialBinary(root) {
  const places = placesBelow(root);
  // A binding that was compiled here needs the runtime of its wheel; it is not the package's own.
  if ((await readStamp(places.record))?.source === 'wheel') return false;
  const there = await fs.access(places.binding).then(
    () => true,
    () => false,
  );
  return there && (await officialLibrary(places.official)) !== undefined;
}

/**
 * @param {import('./runtime.mjs').Surroundings} surroundings
 * @param {import('./gpu.mjs').Choice} choice
 * @param {string} reason
 * @param {string} platform
 */
async function usePackage(surroundings, choice, reason, platform) {
  const { root } = surroundings;
  if (!(await hasOfficialBinary(root))) {
    throw new BootstrapFailure(
      `There is no TensorFlow wheel for ${platform}: install the package's own binary (npm rebuild @tensorflow/tfjs-node-gpu --ignore-scripts=false) and start again, or use Linux (x64, arm64) or macOS (arm64).`,
    );
  }
  const { official } = placesBelow(root);
  const about = { source: 'package', version: 'unknown', variant: 'cpu', folder: official };
  await put({ ...about, reason, wanted: choice.variant, key: 'package' }, surroundings);
}

/**
 * Writes the record first: a binding that does not match it is put in place by the next start.
 *
 * @param {Omit<RuntimeRecord, 'format' | 'sha256'>} about
 * @param {import('./runtime.mjs').Surroundings} surroundings
 * @param {string} [compiled] file to copy
 */
async function put(about, surroundings, compiled) {
  const places = placesBelow(surroundings.root);
  const own = ownRecord(surroundings);
  const isOurs = (await isWritable(places.folder)) && !(await isAnothers(places.record));
  const folder = isOurs ? places.folder : path.dirname(own);
  try {
    await makeFolder(folder);
    const binding = isOurs ? undefined : (compiled ?? places.binding);
    const sha256 = await hashFile(compiled ?? places.binding);
    const record = { format: 1, ...about, sha256, ...(binding !== undefined && { binding }) };
    await writeWhole(isOurs ? places.record : own, `${JSON.stringify(record, null, 2)}\n`);
    if (!isOurs) return;
    await fs.rm(own, { force: true });
    if (compiled !== undefined) await copyWhole(compiled, places.binding);
  } catch (error) {
    throw fromFileSystem(error, folder);
  }
}
