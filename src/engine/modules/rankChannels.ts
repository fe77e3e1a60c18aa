/** What a channel does inside a region and outside it. */
export interface ChannelRank {
  readonly channel: number;
  /** Mean influence per pixel inside the mask, weighted by it. */
  readonly inside: number;
  readonly outside: number;
  /** inside / outside; Infinity where nothing changes outside. */
  readonly ratio: number;
}

/** A channel with less than this share of the strongest effect inside comes after all others, however exclusive it is. */
const weakShare = 0.05;

/**
 * "Point at it": the channels of a level in the order of how much more they change a region than the rest.
 * @param influence one map [size · size] a channel
 * @param mask [size · size], 0 … 1; neither empty nor full, else a RangeError
 */
export function rankChannels(
  influence: readonly ArrayLike<number>[],
  mask: ArrayLike<number>,
): ChannelRank[] {
  let area = 0;
  for (let i = 0; i < mask.length; i++) area += mask[i]!;
  if (!(area > 0 && area < mask.length)) throw new RangeError('rankChannels: the mask is empty or full');
  const ranks = influence.map((map, channel): ChannelRank => {
    if (map.length !== mask.length) throw new RangeError('rankChannels: a map of another size than the mask');
    let inside = 0;
    let total = 0;
    for (let i = 0; i < map.length; i++) {
      inside += map[i]! * mask[i]!;
      total += map[i]!;
    }
    const outside = Math.max(0, total - inside) / (mask.length - area);
    inside /= area;
    return { channel, inside, outside, ratio: outside > 0 ? inside / outside : inside > 0 ? Infinity : 0 };
  });
  const strongest = Math.max(...ranks.map(({ inside }) => inside));
  const weak = ({ inside }: ChannelRank): number => (inside < strongest * weakShare ? 1 : 0);
  return ranks.sort((a, b) => weak(a) - weak(b) || compare(b.ratio, a.ratio) || a.channel - b.channel);
}

/** Infinity − Infinity is no number: equal ones must be told apart from that. */
function compare(a: number, b: number): number {
  return a === b ? 0 : a - b;
}
