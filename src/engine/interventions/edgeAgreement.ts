import { median } from '../math/statistics.ts';
import type { PicturePair } from './changeByRegion.ts';
import { dilate, invert } from './masks.ts';

/** Pixels that a region must have for a correlation over them to mean something. */
const leastPixels = 30;

/** What a 5×5 kernel carries beyond a region. */
const kernelReach = 2;

export interface EdgePictures extends PicturePair {
  /** n · size · size bytes, 0 outside; the edges of these pixels are compared. */
  region: Uint8Array;
}

/** Median over pictures of the correlation of edges before and after, in a region and beyond it; null without any. */
export interface RegionEdges {
  edgesInside: number | null;
  edgesOutside: number | null;
}

/** `edgeAgreement` in masks, and beyond what a 5×5 kernel carries out of them. */
export function edgesByRegion({ region, ...pair }: EdgePictures): RegionEdges {
  const middle = (mask: Uint8Array): number | null => {
    const known = edgeAgreement({ ...pair, region: mask }).filter((value) => value !== null);
    return known.length === 0 ? null : median(known);
  };
  return {
    edgesInside: middle(region),
    edgesOutside: middle(invert(dilate(region, pair.size, kernelReach))),
  };
}

/**
 * Whether the shapes in a region are what they were: for each picture Pearson's correlation over the region's pixels of
 *
 *   |∇L| before and after,   L = 0.299 R + 0.587 G + 0.114 B,   ∇L by central differences.
 *
 * It is 1 where every edge stays at its place with its strength in proportion, whatever the colours became, also for a
 * negative; near 0 for other edges. Our choice, as the paper says of the shape of hair only that it remains.
 *
 * @returns a number a picture; null where the region has fewer than 30 pixels inside the frame, or no edges
 * @throws RangeError where the lengths do not fit one another
 */
export function edgeAgreement({ before, after, region, size }: EdgePictures): (number | null)[] {
  const pixels = size * size;
  const count = region.length / pixels;
  if (!Number.isInteger(count) || before.length !== region.length * 3 || after.length !== before.length) {
    throw new RangeError(
      `edgeAgreement: ${before.length} and ${after.length} values for masks of ${region.length} pixels`,
    );
  }
  return Array.from({ length: count }, (_, index) => {
    const part = (values: Float32Array): Float32Array =>
      values.subarray(index * pixels * 3, (index + 1) * pixels * 3);
    const [a, b] = [gradientMagnitude(part(before), size), gradientMagnitude(part(after), size)];
    const inside = pixelsOf(region.subarray(index * pixels, (index + 1) * pixels), size);
    return inside.length < leastPixels ? null : correlationAt(a, b, inside);
  });
}

/** |∇L| of one picture; 0 on its outermost pixels. */
function gradientMagnitude(picture: Float32Array, size: number): Float64Array {
  const luminance = new Float64Array(size * size);
  for (let i = 0; i < luminance.length; i++) {
    luminance[i] = 0.299 * picture[3 * i]! + 0.587 * picture[3 * i + 1]! + 0.114 * picture[3 * i + 2]!;
  }
  const magnitude = new Float64Array(size * size);
  for (let y = 1; y < size - 1; y++) {
    for (let x = 1; x < size - 1; x++) {
      const at = y * size + x;
      const across = (luminance[at + 1]! - luminance[at - 1]!) / 2;
      const down = (luminance[at + size]! - luminance[at - size]!) / 2;
      magnitude[at] = Math.hypot(across, down);
    }
  }
  return magnitude;
}

/** The pixels of a mask, without the outermost of the frame, where no gradient is known. */
function pixelsOf(mask: Uint8Array, size: number): number[] {
  return Array.from(mask.keys()).filter((at) => {
    const [x, y] = [at % size, Math.floor(at / size)];
    return mask[at] !== 0 && x > 0 && y > 0 && x < size - 1 && y < size - 1;
  });
}

function correlationAt(a: Float64Array, b: Float64Array, inside: readonly number[]): number | null {
  const mean = (values: Float64Array): number =>
    inside.reduce((sum, at) => sum + values[at]!, 0) / inside.length;
  const [meanA, meanB] = [mean(a), mean(b)];
  let [covariance, varianceA, varianceB] = [0, 0, 0];
  for (const at of inside) {
    const [x, y] = [a[at]! - meanA, b[at]! - meanB];
    covariance += x * y;
    varianceA += x * x;
    varianceB += y * y;
  }
  return varianceA > 0 && varianceB > 0 ? covariance / Math.sqrt(varianceA * varianceB) : null;
}
