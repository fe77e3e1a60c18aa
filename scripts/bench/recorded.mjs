import { median } from './statistics.mjs';

/** Of what was recorded, this much must be left. */
export const share = 0.8;
/** How often a ratio is measured before it counts as too low. */
export const attemptsAtMost = 3;
/**
 * Above this share of the cores that other programs keep busy, a low ratio says nothing: the threads of a function wait for each other, and
 * beside other programs it may be slower than its ops one by one.
 */
const othersAtMost = 0.1;

/**
 * What `benchQuick.js` says of a pair: its ratios, round by round, and how many cores others kept busy.
 *
 * @typedef {{ name: string, ratios: number[], others: number }} Attempt
 */

/**
 * @param {string} name
 * @param {readonly Attempt[]} attempts at least one, of this pair
 * @param {{ recorded: number | undefined, cores: number }} against
 * @returns {{ verdict: 'fine' | 'unknown' | 'too-low' | 'too-busy', sentence: string }}
 */
export function judge(name, attempts, { recorded, cores }) {
  const best = Math.max(...attempts.map(({ ratios }) => median(ratios)));
  const measured = `${name}: ${best.toFixed(2)}`;
  if (recorded === undefined) return { verdict: 'unknown', sentence: `${measured}; nothing is recorded` };
  const limit = share * recorded;
  const against = `${measured}, recorded ${recorded.toFixed(2)}, at least ${limit.toFixed(2)}`;
  if (best >= limit) return { verdict: 'fine', sentence: against };
  if (attempts.every(({ others }) => others > othersAtMost * cores)) {
    const least = Math.min(...attempts.map(({ others }) => others));
    return {
      verdict: 'too-busy',
      sentence: `${against}: too low, but other programs kept at least ${least.toFixed(1)} of ${cores} cores busy, so it is not judged`,
    };
  }
  return { verdict: 'too-low', sentence: `${against}: too low, ${attempts.length} times` };
}
