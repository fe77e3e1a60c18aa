import fs from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { BootstrapFailure, fromFileSystem } from './failure.mjs';
import {
  copyWhole,
  hashFile,
  hashTexts,
  makeFolder,
  readStamp,
  removeLeftovers,
  writeWhole,
} from './files.mjs';
import { withLock } from './lock.mjs';
import { isFullDisk, lastWords, runProgram } from './processes.mjs';

const backend = 'binding/tfjs_backend.cc';
/** Our own part of the binding, which includes the package's `binding/tfjs_binding.cc`. */
export const functions = fileURLToPath(new URL('functions.cc', import.meta.url));
/** Ours too; Apple's linker leaves TensorFlow its own function, so it would have no effect there. */
export const quietLoading = fileURLToPath(new URL('quietLoading.cc', import.meta.url));
const common = ['-O2', '-fPIC', '-std=c++17', '-DNAPI_VERSION=8'];

/**
 * @param {import('./runtime.mjs').Surroundings} surroundings
 * @returns {Promise<{ command: string, id: string }>} the first C++ compiler that runs, and how it names itself
 */
export async function findCompiler({ env, signal }) {
  const candidates = [...(env.CXX ? [env.CXX] : []), 'g++', 'c++', 'clang++'];
  for (const command of candidates) {
    const { code, output } = await runProgram(command, ['--version'], { env, signal });
    if (code === 0) return { command, id: output.split('\n')[0].trim() };
  }
  throw new BootstrapFailure(
    'A C++ compiler is needed to join TensorFlow and Node, and neither g++ nor c++ nor clang++ is on the PATH: install one (Debian and Ubuntu: sudo apt install g++; Fedora: sudo dnf install gcc-c++; macOS: xcode-select --install) and start again.',
  );
}

/**
 * @param {object} places
 * @param {string} places.tfjs folder of the package whose `binding/*.cc` is compiled
 * @param {string} places.headers folder of the package `node-api-headers`
 * @param {string} places.runtime see `runtimeFolder`
 * @param {readonly string[]} places.libraries below it
 * @param {string} places.target
 * @param {string} [places.rpath] where the libraries are looked for when it is loaded; as a rule where they are now
 * @param {string} [platform]
 * @returns {string[]} the compiler's arguments
 */
export function compilerArguments(
  { tfjs, headers, runtime, libraries, target, rpath = path.join(runtime, 'tensorflow') },
  platform = process.platform,
) {
  const library = path.join(runtime, 'tensorflow');
  const include = [tfjs, path.join(library, 'include'), path.join(headers, 'include')].map(
    (folder) => `-I${folder}`,
  );
  // Node's own symbols are found when Node loads the binding; Apple's linker wants to be told.
  const shape = platform === 'darwin' ? ['-bundle', '-undefined', 'dynamic_lookup'] : ['-shared'];
  const inputs = [
    path.join(tfjs, backend),
    functions,
    ...(platform === 'darwin' ? [] : [quietLoading]),
    ...libraries.map((name) => path.join(runtime, name)),
  ];
  return [...common, ...shape, ...include, ...inputs, `-Wl,-rpath,${rpath}`, '-o', target];
}

/**
 * Compiles the binding for a runtime, or takes it from the cache when this compiler has compiled it before; an installed package brings
 * it compiled.
 *
 * @param {object} what
 * @param {string} what.prebuilt folder with what a package brings; there is none in a clone
 * @param {string} what.key of packages, runtime and our own sources, see binding.mjs
 * @param {string} what.tfjs
 * @param {string} what.headers
 * @param {string} what.runtime
 * @param {import('./pins.mjs').RuntimeDefinition} what.definition
 * @param {import('./runtime.mjs').Surroundings} surroundings
 * @returns {Promise<string>} the compiled file
 */
export async function ensureCompiled({ prebuilt, key, tfjs, headers, runtime, definition }, surroundings) {
  const { cache, signal, report } = surroundings;
  const brought = path.join(prebuilt, `${definition.variant}.node`);
  if ((await readStamp(path.join(prebuilt, `${definition.variant}.json`)))?.key === key)
    return takePrebuilt(brought, path.join(cache, 'bindings', `${hashTexts(key, runtime)}.node`));
  const compiler = await findCompiler(surroundings);
  const id = hashTexts(key, runtime, compiler.id, common.join(' ')).slice(0, 20);
  const folder = path.join(cache, 'bindings');
  const file = path.join(folder, `${id}.node`);
  const record = path.join(folder, `${id}.json`);
  const isWhole = async () => {
    const sha256 = (await readStamp(record))?.sha256;
    return sha256 !== undefined && sha256 === (await hashFile(file).catch(() => undefined));
  };
  if (await isWhole()) return file;
  const onWait = (/** @type {number} */ owner) =>
    report.say(`Waiting for process ${owner}, which is compiling the binding …`);
  await withLock(path.join(cache, 'locks', `binding-${id}.lock`), { signal, onWait }, async () => {
    if (await isWhole()) return;
    try {
      await makeFolder(folder);
      await removeLeftovers(folder, `${id}.part`);
      const target = path.join(folder, `${id}.part-${process.pid}.node`);
      const args = compilerArguments({ tfjs, headers, runtime, libraries: definition.libraries, target });
      await report.step(`Compiling the TensorFlow binding with ${compiler.command}`, () =>
        compile(compiler, args, surroundings),
      );
      await writeWhole(record, JSON.stringify({ sha256: await hashFile(target), compiler: compiler.id }));
      await fs.rename(target, file);
    } catch (error) {
      throw fromFileSystem(error, folder);
    }
  });
  return file;
}

/**
 * It looks for TensorFlow beside itself, so it must lie in the cache.
 *
 * @param {string} brought
 * @param {string} file
 */
async function takePrebuilt(brought, file) {
  try {
    await makeFolder(path.dirname(file));
    await copyWhole(brought, file);
    return file;
  } catch (error) {
    throw fromFileSystem(error, path.dirname(file));
  }
}

/**
 * @param {{ command: string, id: string }} compiler
 * @param {readonly string[]} args
 * @param {import('./runtime.mjs').Surroundings} surroundings
 */
async function compile(compiler, args, { cache, env, signal }) {
  const { code, output } = await runProgram(compiler.command, args, { env, signal });
  if (code === 0) return;
  if (isFullDisk(output)) {
    throw new BootstrapFailure(
      `The disk became full while the TensorFlow binding was compiled into ${cache}: free some space and start again.`,
    );
  }
  const log = path.join(cache, 'compiler.log');
  await writeWhole(log, output);
  throw new BootstrapFailure(
    `${compiler.id} could not compile the TensorFlow binding (${lastWords(output, /error/i)}; all of it is in ${log}): install a compiler that knows C++17, such as g++ 8 or newer, and start again.`,
  );
}
