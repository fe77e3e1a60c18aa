import { createHash } from 'node:crypto';
import path from 'node:path';

/**
 * Stryker tries every mutant it makes. This plugin lets only a seeded random share of them through: a checker, as for mutants
 * that do not compile, so that the others count nowhere. A mutant is chosen by its own hash: a larger share with the same seed
 * has all that a smaller one has, and a change in one file leaves the choice in the others.
 */
export const outsideSample = 'not in the sample';

/**
 * @typedef {{ fileName: string, mutatorName: string, replacement?: string, location: { start: object, end: object } }} Mutant
 */

/**
 * @param {Mutant} mutant
 * @param {number} seed
 * @param {string} root what file names are taken relative to
 * @returns {number} uniform in [0, 1)
 */
export function placeOf({ fileName, mutatorName, replacement, location }, seed, root) {
  const file = path.relative(root, fileName).replaceAll('\\', '/');
  const key = JSON.stringify([seed, file, mutatorName, replacement, location]);
  return createHash('sha256').update(key).digest().readUInt32BE(0) / 2 ** 32;
}

class SampleChecker {
  async init() {}

  /** @param {readonly { id: string }[]} mutants */
  async group(mutants) {
    return [mutants.map(({ id }) => id)];
  }

  /** @param {readonly (Mutant & { id: string })[]} mutants */
  async check(mutants) {
    const share = Number(process.env.MUTATION_SHARE);
    const seed = Number(process.env.MUTATION_SEED);
    return Object.fromEntries(
      mutants.map((mutant) => [
        mutant.id,
        placeOf(mutant, seed, process.cwd()) < share
          ? { status: 'passed' }
          : { status: 'compileError', reason: outsideSample },
      ]),
    );
  }
}

export const strykerPlugins = [{ kind: 'Checker', name: 'sample', injectableClass: SampleChecker }];
