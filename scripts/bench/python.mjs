import { spawnSync } from 'node:child_process';

/** The Python that has the peers' packages. */
export const python = process.env.PYTHON ?? 'python3';

/** @type {Map<string, boolean>} */
const known = new Map();

/**
 * The first of these modules that this Python cannot import.
 *
 * @param {readonly string[]} modules
 * @returns {string | undefined}
 */
export function missingModule(modules) {
  return modules.find((name) => {
    if (!known.has(name)) {
      known.set(name, spawnSync(python, ['-c', `import ${name}`], { stdio: 'ignore' }).status === 0);
    }
    return !known.get(name);
  });
}
