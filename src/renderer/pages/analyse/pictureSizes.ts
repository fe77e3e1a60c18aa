/** Side of maps and pictures in their own pixels, or of what they are laid out as. */
const side = 64;

/** Cells of maps and of filters (5 × 5), px: twice as large where four and the ratio beside them have room. */
export function sizesOfPairs(width: number): { cell: number; taps: number } {
  const [gap, ratio] = [16, 80];
  return width >= 4 * (2 * side + gap) + ratio ? { cell: 128, taps: 125 } : { cell: 64, taps: 60 };
}

/** Three difference maps beside each other, each with its facts at the right; below each other where × 2 has no room. */
export function cellOfMaps(width: number): number {
  const [gap, facts] = [24, 104];
  const most = Math.floor((width - 2 * gap) / 3 - facts);
  return multiple(most, 2, 4);
}

/** A row of pictures behind its name. */
export function cellOfExamples(width: number, pictures: number): number {
  const [gap, name] = [8, 128];
  return multiple(Math.floor((width - name) / Math.max(1, pictures) - gap), 1, 3);
}

function multiple(room: number, least: number, most: number): number {
  return side * Math.min(most, Math.max(least, Math.floor(room / side)));
}
