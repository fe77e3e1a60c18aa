import type { ChannelModule, ModuleCandidate, ModuleSearch } from './moduleTypes.ts';

/** Below this correlation with every mask a module stays without a name. */
const leastScore = 0.2;

/**
 * Names from data: each module gets the name of the mean mask that its region correlates with best, and the
 * correlation as score. Two modules may get the same name. The modules themselves were found without masks.
 * @param masks mean masks by name, [size · size] each, 0 … 1, for example of hair, face and background
 */
export function nameModules(
  modules: readonly ChannelModule[],
  masks: ReadonlyMap<string, ArrayLike<number>>,
): ChannelModule[] {
  return modules.map((module) => {
    let name: string | null = null;
    let score: number | null = null;
    for (const [candidate, mask] of masks) {
      const value = correlation(module.region, mask);
      if (value < leastScore || (score !== null && value <= score)) continue;
      name = candidate;
      score = value;
    }
    return { ...module, name, score };
  });
}

/** The whole search with every candidate's modules named. */
export function nameSearch(
  search: ModuleSearch,
  masks: ReadonlyMap<string, ArrayLike<number>>,
): ModuleSearch {
  const candidates = search.candidates.map((candidate): ModuleCandidate => ({
    ...candidate,
    modules: nameModules(candidate.modules, masks),
  }));
  const modules = candidates.find(({ count }) => count === search.count)?.modules ?? [];
  return { ...search, candidates, modules };
}

/** Pearson's correlation of two maps; 0 where one of them is constant. */
export function correlation(a: ArrayLike<number>, b: ArrayLike<number>): number {
  if (a.length !== b.length || a.length === 0) throw new RangeError('correlation: maps of two sizes');
  let [sumA, sumB] = [0, 0];
  for (let i = 0; i < a.length; i++) {
    sumA += a[i]!;
    sumB += b[i]!;
  }
  const [meanA, meanB] = [sumA / a.length, sumB / a.length];
  let [ab, aa, bb] = [0, 0, 0];
  for (let i = 0; i < a.length; i++) {
    const [x, y] = [a[i]! - meanA, b[i]! - meanB];
    ab += x * y;
    aa += x * x;
    bb += y * y;
  }
  return aa > 0 && bb > 0 ? Math.max(-1, Math.min(1, ab / Math.sqrt(aa * bb))) : 0;
}

/**
 * |A ∩ B| / |A ∪ B| of a mask, cut at one half, and as many of the region's strongest pixels: a region has no threshold
 * of its own.
 */
export function regionOverlap(region: ArrayLike<number>, mask: ArrayLike<number>): number {
  const inside = Array.from(mask, (value) => value >= 0.5);
  const area = inside.filter(Boolean).length;
  if (area === 0) return 0;
  const order = Array.from(region, (_, pixel) => pixel).sort((a, b) => region[b]! - region[a]! || a - b);
  let shared = 0;
  for (const pixel of order.slice(0, area)) if (inside[pixel]) shared++;
  return shared / (2 * area - shared);
}
