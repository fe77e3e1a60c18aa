import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { keyOf, placesBelow } from '../scripts/bootstrap/binding.mjs';
import { cacheFolder } from '../scripts/bootstrap/cacheFolder.mjs';
import { compilerArguments, findCompiler } from '../scripts/bootstrap/compiler.mjs';
import { definitionsFor } from '../scripts/bootstrap/pins.mjs';
import { runtimeFolder } from '../scripts/bootstrap/runtime.mjs';

/**
 * Compiles the binding for those who install a package and have no compiler: it finds TensorFlow beside itself in the cache folder, in
 * whose account ever. TensorFlow's library for the CPU is what both are linked with: that for GPUs has the same functions.
 *
 * @param {string} root the clone, got ready
 * @param {string} folder where it is put
 */
export async function prebuild(root, folder) {
  const definitions = definitionsFor(process.platform, process.arch);
  const runtime = runtimeFolder(cacheFolder(process.env), definitions.cpu);
  const compiler = await findCompiler({ env: process.env });
  const { tfjs, headers } = placesBelow(root);
  fs.mkdirSync(folder, { recursive: true });
  for (const [variant, definition] of Object.entries(definitions)) {
    const target = path.join(folder, `${variant}.node`);
    const rpath = `$ORIGIN/../runtimes/${definition.id}/tensorflow`;
    const { libraries } = definitions.cpu;
    const args = compilerArguments({ tfjs, headers, runtime, libraries, target, rpath });
    execFileSync(compiler.command, args, { stdio: 'inherit' });
    const facts = { key: await keyOf(root, definition), compiler: compiler.id };
    fs.writeFileSync(path.join(folder, `${variant}.json`), JSON.stringify(facts));
  }
}
