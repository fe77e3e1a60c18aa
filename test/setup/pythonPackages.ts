import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { cacheBase } from '../../src/engine/data/cacheFolder.ts';

/** A Python that has these packages, or why there is none. */
export type PythonWith = { python: string; env: NodeJS.ProcessEnv } | { missing: string };

/**
 * Finds a Python with packages that only tests need. What is not installed is put into the cache folder, out of the
 * way of everything else; where that cannot be done the caller skips, with the reason.
 */
export function pythonWith(packages: readonly string[]): PythonWith {
  const python = process.env['PYTHON'] ?? 'python3';
  const folder = join(cacheBase(), 'test-python');
  const env = { ...process.env, PYTHONPATH: folder };
  const has = (): boolean =>
    spawnSync(python, ['-c', packages.map((name) => `import ${name}`).join('; ')], { env }).status === 0;
  if (has()) return { python, env };
  const installed = spawnSync(python, ['-m', 'pip', 'install', '--quiet', '--target', folder, ...packages], {
    encoding: 'utf8',
  });
  if (installed.status === 0 && has()) return { python, env };
  const reason = installed.stderr.trim().split('\n').at(-1) ?? 'Python does not start';
  return { missing: `${python} has no ${packages.join(', ')} and cannot get them (${reason})` };
}

/**
 * The Python that `PYTHON` names, or `python3`, where it has these packages. They are large, so that they are never fetched here: without
 * them the caller skips, with the reason.
 */
export function pythonHaving(packages: readonly string[]): PythonWith {
  const python = process.env['PYTHON'] ?? 'python3';
  const ask = `import importlib.util as u; print(*(n for n in ${JSON.stringify(packages)} if u.find_spec(n) is None))`;
  const asked = spawnSync(python, ['-c', ask], { encoding: 'utf8' });
  if (asked.status !== 0) return { missing: `${python} does not start` };
  const lacking = asked.stdout.trim().split(/\s+/).filter(Boolean);
  if (lacking.length === 0) return { python, env: process.env };
  return { missing: `${python} has no ${lacking.join(', ')}; PYTHON can name one that has` };
}
