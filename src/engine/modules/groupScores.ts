import { boxFilter } from '../math/boxFilter.ts';
import { hungarianAssignment } from '../math/hungarianAssignment.ts';
import { permutation } from '../math/random.ts';
import { correlation, regionOverlap } from './nameModules.ts';

/** Side of the square that influence maps are smoothed with, as where modules are found. */
const smoothing = 3;
const shuffleStream = 0x9e0f;

/** A part of the picture that is known, such as the hair of faces. */
export interface KnownPart {
  readonly name: string;
  /** Mean over faces of the masks below, [pixels], 0 … 1. */
  readonly mean: ArrayLike<number>;
  /** One mask a face, [faces · pixels], 0 outside. */
  readonly masks: Uint8Array;
}

export interface PartScore {
  readonly part: string;
  /** |A ∩ B| / |A ∪ B| of the region and the mean mask; see `regionOverlap`. */
  readonly overlap: number;
  /** Share of the region that lies in a face's own mask, and share of that mask that lies in the region; means over faces. */
  readonly precision: number;
  readonly recall: number;
}

/**
 * What each group of channels is responsible for: its share of all that the groups change at a pixel, 0 … 1. What a group
 * changes is, to first order, the sum of its channels' influence maps, smoothed over 3 × 3 pixels. All groupings are
 * treated alike by this, while the template of a module is also fitted to be as unlike the other templates as it can
 * (our choice; without the share every region is where the picture changes most).
 *
 * @param influence one map [size · size] a channel
 * @returns one region [size · size] a group
 */
export function groupRegions(
  influence: readonly ArrayLike<number>[],
  groups: readonly (readonly number[])[],
  size: number,
): Float64Array[] {
  const sums = groups.map((channels) => {
    const sum = new Float64Array(size * size);
    for (const channel of channels) {
      const map = influence[channel]!;
      for (let at = 0; at < sum.length; at++) sum[at]! += map[at]!;
    }
    return boxFilter(sum, size, size, smoothing);
  });
  const total = Float64Array.from({ length: size * size }, (_, at) =>
    sums.reduce((all, sum) => all + sum[at]!, 0),
  );
  return sums.map((sum) => sum.map((value, at) => (total[at]! > 0 ? value / total[at]! : 0)));
}

/** As many of a region's strongest pixels as the mask has at one half or more: a region has no threshold of its own. */
export function cutLike(region: ArrayLike<number>, mask: ArrayLike<number>): Uint8Array {
  const area = Array.from(mask).filter((value) => value >= 0.5).length;
  const order = Array.from(region, (_, pixel) => pixel).sort((a, b) => region[b]! - region[a]! || a - b);
  const cut = new Uint8Array(region.length);
  for (const pixel of order.slice(0, area)) cut[pixel] = 1;
  return cut;
}

/** Faces without the part, such as bald ones, count in neither mean. */
export function scoreRegion(region: ArrayLike<number>, part: KnownPart): PartScore {
  const cut = cutLike(region, part.mean);
  const area = cut.reduce((sum, value) => sum + value, 0);
  const pixels = cut.length;
  let [precision, recall, faces] = [0, 0, 0];
  for (let start = 0; start < part.masks.length; start += pixels) {
    let [shared, own] = [0, 0];
    for (let at = 0; at < pixels; at++) {
      if (part.masks[start + at] === 0) continue;
      own++;
      shared += cut[at]!;
    }
    if (own === 0) continue;
    faces++;
    precision += area === 0 ? 0 : shared / area;
    recall += shared / own;
  }
  return {
    part: part.name,
    overlap: regionOverlap(region, part.mean),
    precision: faces === 0 ? 0 : precision / faces,
    recall: faces === 0 ? 0 : recall / faces,
  };
}

/** The part that a region overlaps best. */
export function bestPart(region: ArrayLike<number>, parts: readonly KnownPart[]): PartScore {
  const scores = parts.map((part) => scoreRegion(region, part));
  return scores.reduce((most, next) => (next.overlap > most.overlap ? next : most));
}

/**
 * How well groups take the parts apart: each part gets one group of its own so that the sum of overlaps is largest, and
 * the score is the mean overlap over parts; a part for which no group is left counts 0 (our choice: a grouping in which
 * every group is "mostly background" must not score well).
 */
export function partsApart(
  regions: readonly ArrayLike<number>[],
  parts: readonly KnownPart[],
): { score: number; byPart: number[] } {
  const overlaps = parts.map(({ mean }) => regions.map((region) => regionOverlap(region, mean)));
  const { columns } = hungarianAssignment(overlaps.map((row) => row.map((value) => -value)));
  const byPart = overlaps.map((row, part) => (columns[part]! < 0 ? 0 : row[columns[part]!]!));
  return { score: byPart.reduce((sum, value) => sum + value, 0) / parts.length, byPart };
}

/** The channels dealt at random into groups of the given sizes; the same for the same seed and draw. */
export function randomGroups(
  channels: readonly number[],
  sizes: readonly number[],
  seed: number,
  draw: number,
): number[][] {
  const order = permutation(channels.length, seed, shuffleStream, draw);
  let at = 0;
  return sizes.map((size) => {
    const group = Array.from(order.subarray(at, at + size), (place) => channels[place]!);
    at += size;
    return group.sort((a, b) => a - b);
  });
}

/**
 * Adjusted Rand index (Hubert and Arabie 1985): how far two groupings put the same pairs of channels together, 1 the
 * same, 0 as by chance. Channels that one of them lacks are left out; null where fewer than two are left, or where both
 * put all together or all apart and nothing can be said.
 */
export function groupingAgreement(
  one: readonly (readonly number[])[],
  other: readonly (readonly number[])[],
): number | null {
  const labelOf = (groups: readonly (readonly number[])[]): Map<number, number> =>
    new Map(groups.flatMap((group, label) => group.map((channel) => [channel, label] as const)));
  const [a, b] = [labelOf(one), labelOf(other)];
  const common = [...a.keys()].filter((channel) => b.has(channel));
  const pairs = (count: number): number => (count * (count - 1)) / 2;
  const total = pairs(common.length);
  if (total === 0) return null;
  const table = one.map(() => other.map(() => 0));
  for (const channel of common) table[a.get(channel)!]![b.get(channel)!]!++;
  const sum = (counts: readonly number[]): number => counts.reduce((all, count) => all + pairs(count), 0);
  const together = sum(table.flat());
  const inOne = sum(table.map((row) => row.reduce((all, count) => all + count, 0)));
  const inOther = sum(other.map((_, column) => table.reduce((all, row) => all + row[column]!, 0)));
  const chance = (inOne * inOther) / total;
  const most = (inOne + inOther) / 2;
  return most === chance ? null : (together - chance) / (most - chance);
}

/**
 * How alike the regions of two groupings are: matched one to one so that the sum of correlations is largest; the mean
 * correlation of the matched ones. For groupings of different models, whose channels cannot be compared.
 */
export function regionAgreement(
  one: readonly ArrayLike<number>[],
  other: readonly ArrayLike<number>[],
): number {
  const correlations = one.map((region) => other.map((candidate) => correlation(region, candidate)));
  const { total } = hungarianAssignment(correlations.map((row) => row.map((value) => -value)));
  return -total / Math.min(one.length, other.length);
}
