interface Taps {
  /** The first source pixel of each target pixel. */
  first: Int32Array;
  /** Shares of the source pixels from there on, which add up to one. */
  shares: Float64Array[];
}

/**
 * A square resized by the triangle filter, as wide as the reduction asks for: Pillow's BILINEAR, which rounds between columns
 * and rows where this does not (at most 1 of 255), and what `decodeJpegSquares` does.
 * @param pixels RGB bytes [side, side, 3]
 * @returns RGB bytes [size, size, 3]
 */
export function resizeSquare(pixels: Uint8Array, side: number, size: number): Uint8Array<ArrayBuffer> {
  const taps = tapsOf(side, size);
  const narrow = new Float64Array(side * size * 3);
  for (let row = 0; row < side; row++) {
    gather(pixels, row * side * 3, 3, taps, narrow, row * size * 3, 3);
  }
  const small = new Float64Array(size * size * 3);
  for (let column = 0; column < size; column++) {
    gather(narrow, column * 3, size * 3, taps, small, column * 3, size * 3);
  }
  return Uint8Array.from(small, Math.round);
}

function tapsOf(side: number, size: number): Taps {
  const scale = side / size;
  const radius = Math.max(scale, 1);
  const first = new Int32Array(size);
  const shares: Float64Array[] = [];
  for (let target = 0; target < size; target++) {
    const centre = (target + 0.5) * scale;
    const start = Math.max(0, Math.ceil(centre - radius - 0.5));
    const end = Math.min(side - 1, Math.floor(centre + radius - 0.5));
    const weights = Float64Array.from({ length: end - start + 1 }, (_, tap) =>
      Math.max(0, 1 - Math.abs(start + tap + 0.5 - centre) / radius),
    );
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    first[target] = start;
    shares.push(weights.map((weight) => weight / total));
  }
  return { first, shares };
}

/** One line of pixels, `step` values apart, into one of the target's. */
function gather(
  source: ArrayLike<number>,
  from: number,
  step: number,
  { first, shares }: Taps,
  target: Float64Array,
  to: number,
  targetStep: number,
): void {
  for (let place = 0; place < shares.length; place++) {
    const weights = shares[place]!;
    let at = from + first[place]! * step;
    let red = 0;
    let green = 0;
    let blue = 0;
    for (let tap = 0; tap < weights.length; tap++, at += step) {
      const weight = weights[tap]!;
      red += weight * source[at]!;
      green += weight * source[at + 1]!;
      blue += weight * source[at + 2]!;
    }
    const here = to + place * targetStep;
    target[here] = red;
    target[here + 1] = green;
    target[here + 2] = blue;
  }
}
