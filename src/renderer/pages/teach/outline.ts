/** Half open, of 255. */
const threshold = 128;

/**
 * The outline of what lies open, along the edges of pixels, as an SVG path in pixels. The picture's own border is no edge.
 * @param open how open each pixel is, 0 … 255, row by row
 */
export function outlineOf(open: Uint8Array, width: number): string {
  const height = open.length / width;
  const isOpen = (x: number, y: number): boolean => (open[y * width + x] ?? 0) >= threshold;
  const lines: string[] = [];
  for (let y = 1; y < height; y++) {
    for (const [from, to] of runsOf(width, (x) => isOpen(x, y) !== isOpen(x, y - 1)))
      lines.push(`M${from} ${y}H${to}`);
  }
  for (let x = 1; x < width; x++) {
    for (const [from, to] of runsOf(height, (y) => isOpen(x, y) !== isOpen(x - 1, y)))
      lines.push(`M${x} ${from}V${to}`);
  }
  return lines.join('');
}

/** Stretches of places, from … to, for which something holds. */
function runsOf(length: number, holds: (at: number) => boolean): [from: number, to: number][] {
  const runs: [number, number][] = [];
  let from: number | null = null;
  for (let at = 0; at <= length; at++) {
    const isIn = at < length && holds(at);
    if (isIn && from === null) from = at;
    if (!isIn && from !== null) {
      runs.push([from, at]);
      from = null;
    }
  }
  return runs;
}
