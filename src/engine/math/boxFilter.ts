/**
 * The mean of the size × size square around each pixel, over that part of the square which lies inside the map
 * (edge-aware: nothing is padded, so that a constant map stays as it is up to its border).
 * @param map [height, width], row by row
 * @param size side of the square in pixels, odd
 * @returns [height, width]; throws a RangeError if the shape does not fit or the size is not odd
 */
export function boxFilter(map: ArrayLike<number>, width: number, height: number, size: number): Float64Array {
  if (map.length !== width * height) {
    throw new RangeError(`boxFilter: ${map.length} values are not a map of ${width} × ${height}`);
  }
  if (!Number.isInteger(size) || size < 1 || size % 2 === 0) {
    throw new RangeError(`boxFilter: the size must be an odd whole number, not ${size}`);
  }
  const reach = (size - 1) / 2;
  const across = new Float64Array(map.length);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const last = Math.min(width - 1, x + reach);
      const first = Math.max(0, x - reach);
      let sum = 0;
      for (let i = first; i <= last; i++) sum += map[y * width + i]!;
      across[y * width + x] = sum / (last - first + 1);
    }
  }
  // The part of a square inside a rectangle is a rectangle: means of rows, then of columns, are its mean.
  const smooth = new Float64Array(map.length);
  for (let y = 0; y < height; y++) {
    const first = Math.max(0, y - reach);
    const last = Math.min(height - 1, y + reach);
    for (let x = 0; x < width; x++) {
      let sum = 0;
      for (let i = first; i <= last; i++) sum += across[i * width + x]!;
      smooth[y * width + x] = sum / (last - first + 1);
    }
  }
  return smooth;
}
