/** The dark dip that an eye makes in a row of luminance. */
export interface Dip {
  /** Middle of the half-depth width, in pixels along the row. */
  centre: number;
  /** Full width at half depth, in pixels. */
  width: number;
  /** From the lower shoulder down to the bottom. */
  depth: number;
}

/** Why no dip is found where an eye should be. */
export const dipFaults = ['outside the picture', 'no dip', 'too shallow', 'no shoulder'] as const;
export type DipFault = (typeof dipFaults)[number];

/** A shoulder ends where the row falls again by this share of its height above the bottom. */
const shoulderDrop = 0.15;

/**
 * Finds the dip nearest in value to black within `window` pixels of where it is expected, and its width at half depth.
 * The bottom is that of a parabola through the lowest pixel and its neighbours; each shoulder is the highest value met
 * on the way out before the row falls again, at most `reach` pixels away; depth is measured from the lower shoulder, and
 * the row crosses the half depth on straight lines between pixels.
 *
 * @param row luminance along the row
 * @param leastDepth dips that are less deep are refused
 */
export function findDip(
  row: ArrayLike<number>,
  expected: number,
  { window, reach, leastDepth }: { window: number; reach: number; leastDepth: number },
): Dip | DipFault {
  const from = Math.ceil(expected - window);
  const to = Math.floor(expected + window);
  if (from < 1 || to > row.length - 2) return 'outside the picture';
  let lowest = from;
  for (let x = from; x <= to; x++) if (row[x]! < row[lowest]!) lowest = x;
  // At the window's edge the row still falls: what is dark lies elsewhere.
  if (row[lowest - 1]! < row[lowest]! || row[lowest + 1]! < row[lowest]!) return 'no dip';

  const bottom = parabolaBottom(row, lowest);
  const left = shoulder(row, lowest, bottom, -1, reach);
  const right = shoulder(row, lowest, bottom, 1, reach);
  const depth = Math.min(left, right) - bottom;
  if (!(depth >= leastDepth)) return 'too shallow';
  const level = bottom + depth / 2;
  const leftCrossing = crossing(row, lowest, level, -1);
  const rightCrossing = crossing(row, lowest, level, 1);
  if (leftCrossing === undefined || rightCrossing === undefined) return 'no shoulder';
  return { centre: (leftCrossing + rightCrossing) / 2, width: rightCrossing - leftCrossing, depth };
}

/** The least value of the parabola through three pixels of which the middle one is the lowest. */
function parabolaBottom(row: ArrayLike<number>, at: number): number {
  const [before, here, after] = [row[at - 1]!, row[at]!, row[at + 1]!];
  const curvature = before - 2 * here + after;
  return curvature > 0 ? here - (after - before) ** 2 / (8 * curvature) : here;
}

function shoulder(row: ArrayLike<number>, from: number, bottom: number, step: 1 | -1, reach: number): number {
  let highest = row[from]!;
  for (let away = 1; away <= reach; away++) {
    const at = from + away * step;
    if (at < 0 || at >= row.length) break;
    const value = row[at]!;
    if (value > highest) highest = value;
    else if (highest - value > shoulderDrop * (highest - bottom)) break;
  }
  return highest;
}

/** Where the row first rises through `level` on the way out. */
function crossing(row: ArrayLike<number>, from: number, level: number, step: 1 | -1): number | undefined {
  for (let at = from; at + step >= 0 && at + step < row.length; at += step) {
    const [here, next] = [row[at]!, row[at + step]!];
    if (here < level && next >= level) return at + (step * (level - here)) / (next - here);
  }
  return undefined;
}
