interface Taps {
  /** Of each target pixel: its first source pixel, how many there are, and their shares, which add up to one. */
  first: Int32Array;
  count: Int32Array;
  /** `most` places a target pixel. */
  shares: Float64Array;
  most: number;
}

/**
 * A square resized by the triangle filter, as wide as the reduction asks for: Pillow's BILINEAR, which rounds between columns
 * and rows where this does not (at most 1 of 255), and what `decodeJpegSquares` does.
 * @param pixels RGB bytes [side, side, 3]
 * @returns RGB bytes [size, size, 3]
 */
export function resizeSquare(pixels: Uint8Array, side: number, size: number): Uint8Array {
  const taps = tapsOf(side, size);
  return resizeColumns(resizeRows(pixels, side, taps), size, taps);
}

function tapsOf(side: number, size: number): Taps {
  const scale = side / size;
  const radius = Math.max(scale, 1);
  const most = Math.ceil(2 * radius) + 1;
  const [first, count] = [new Int32Array(size), new Int32Array(size)];
  const shares = new Float64Array(size * most);
  for (let target = 0; target < size; target++) {
    const centre = (target + 0.5) * scale;
    const start = Math.max(0, Math.ceil(centre - radius - 0.5));
    const end = Math.min(side - 1, Math.floor(centre + radius - 0.5));
    const weights = Array.from({ length: end - start + 1 }, (_, tap) =>
      Math.max(0, 1 - Math.abs(start + tap + 0.5 - centre) / radius),
    );
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    first[target] = start;
    count[target] = weights.length;
    weights.forEach((weight, tap) => {
      shares[target * most + tap] = weight / total;
    });
  }
  return { first, count, shares, most };
}

/** [side, side, 3] → [side, size, 3]; the loop that takes the time. */
function resizeRows(pixels: Uint8Array, side: number, { first, count, shares, most }: Taps): Float64Array {
  const size = first.length;
  const narrow = new Float64Array(side * size * 3);
  for (let row = 0, to = 0; row < side; row++) {
    for (let target = 0; target < size; target++, to += 3) {
      const taps = count[target]!;
      let at = (row * side + first[target]!) * 3;
      let share = target * most;
      let red = 0;
      let green = 0;
      let blue = 0;
      for (let tap = 0; tap < taps; tap++, at += 3, share++) {
        const weight = shares[share]!;
        red += weight * pixels[at]!;
        green += weight * pixels[at + 1]!;
        blue += weight * pixels[at + 2]!;
      }
      narrow[to] = red;
      narrow[to + 1] = green;
      narrow[to + 2] = blue;
    }
  }
  return narrow;
}

/** [side, size, 3] → [size, size, 3] */
function resizeColumns(narrow: Float64Array, size: number, { first, count, shares, most }: Taps): Uint8Array {
  const width = size * 3;
  const small = new Uint8Array(size * width);
  const line = new Float64Array(width);
  for (let target = 0; target < size; target++) {
    line.fill(0);
    for (let tap = 0; tap < count[target]!; tap++) {
      const weight = shares[target * most + tap]!;
      const from = (first[target]! + tap) * width;
      for (let place = 0; place < width; place++) line[place]! += weight * narrow[from + place]!;
    }
    for (let place = 0; place < width; place++) small[target * width + place] = Math.round(line[place]!);
  }
  return small;
}
