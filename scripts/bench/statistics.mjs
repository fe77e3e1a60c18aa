/**
 * @param {readonly number[]} values at least one
 * @returns {number} of an even number the mean of the middle two
 */
export function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const half = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
}

/**
 * How many times as long another way took, round by round, so that what slows down a whole round falls on both.
 *
 * @param {readonly number[]} other milliseconds, one a round
 * @param {readonly number[]} ours of the same rounds
 * @returns {{ perRound: number[], median: number, least: number, greatest: number }} above 1 ours is faster
 */
export function ratioOf(other, ours) {
  if (other.length !== ours.length) throw new RangeError(`${other.length} rounds against ${ours.length}`);
  const perRound = other.map((value, round) => value / ours[round]);
  return {
    perRound,
    median: median(perRound),
    least: Math.min(...perRound),
    greatest: Math.max(...perRound),
  };
}
