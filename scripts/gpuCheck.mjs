#!/usr/bin/env node
/**
 * `npm run gpu-check`: everything that should be true on a GPU, in one report (docs/gpu.md). `-- --device cpu` tries the program
 * itself on the processor, `-- --out FILE` says where the report goes.
 */
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { bootstrap } from './bootstrap/bootstrap.mjs';
import { BootstrapFailure } from './bootstrap/failure.mjs';

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));

try {
  await bootstrap({ root });
  const program = path.join(root, 'out', 'main', 'gpuCheck.js');
  const { status } = spawnSync(process.execPath, [program, ...process.argv.slice(2)], { stdio: 'inherit' });
  process.exitCode = status ?? 1;
} catch (error) {
  if (!(error instanceof BootstrapFailure)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = error.exitCode;
}
