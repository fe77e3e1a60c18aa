/** Pictures before and after an intervention: n · size · size · 3 values in [−1, 1] each. */
export interface PicturePair {
  before: Float32Array;
  after: Float32Array;
  /** Side of a picture in pixels. */
  size: number;
}

/** What a region of one picture adds up to. */
export interface RegionChange {
  /** Σ w |after − before| over its pixels and colours. */
  sum: number;
  /** Σ w over its pixels: their number where each is in or out. */
  pixels: number;
}

/**
 * How much each picture changes in a region.
 * @param region weights w of pixels, 0 … 1: size · size for all pictures alike, or n · size · size
 * @throws RangeError where the lengths do not fit one another
 */
export function changeByRegion(
  { before, after, size }: PicturePair,
  region: ArrayLike<number>,
): RegionChange[] {
  const each = size * size;
  const count = before.length / (each * 3);
  const isShared = region.length === each;
  if (after.length !== before.length || !(isShared || region.length === count * each)) {
    throw new RangeError(
      `changeByRegion: ${before.length} and ${after.length} values of pictures of ${size}² for a region of ${region.length} pixels`,
    );
  }
  return Array.from({ length: count }, (_, picture) => {
    let [sum, pixels] = [0, 0];
    for (let at = 0; at < each; at++) {
      const pixel = picture * each + at;
      const weight = region[isShared ? at : pixel]!;
      if (weight === 0) continue;
      pixels += weight;
      for (let value = pixel * 3; value < pixel * 3 + 3; value++)
        sum += weight * Math.abs(after[value]! - before[value]!);
    }
    return { sum, pixels };
  });
}

/** Mean |change| over the pixels of all parts and their colours, in [−1, 1] values; null without pixels. */
export function meanChange(parts: readonly RegionChange[]): number | null {
  const total = (of: keyof RegionChange): number => parts.reduce((sum, part) => sum + part[of], 0);
  const pixels = total('pixels');
  return pixels === 0 ? null : total('sum') / (pixels * 3);
}
