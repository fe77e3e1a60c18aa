/** Masks of n pictures: n · size · size bytes, 0 outside and anything else inside. */

/** The pixels that belong to a region by at least half, of shares 0 … 1. */
export function maskOf(shares: Float32Array): Uint8Array {
  return Uint8Array.from(shares, (share) => (share >= 0.5 ? 1 : 0));
}

/**
 * The masks grown by `radius` pixels in all eight directions: a pixel is inside where any pixel of the square of side
 * 2 · radius + 1 about it is. With radius 2 these are all the pixels that a 5×5 kernel carries the inside to.
 */
export function dilate(masks: Uint8Array, size: number, radius: number): Uint8Array {
  const along = spread(masks, size, radius, 1, size);
  return spread(along, size, radius, size, 1);
}

/** The masks shrunk by `radius` pixels; what lies beyond the frame is not known, and shrinks nothing. */
export function erode(masks: Uint8Array, size: number, radius: number): Uint8Array {
  return invert(dilate(invert(masks), size, radius));
}

/** The masks with inside and outside exchanged. */
export function invert(masks: Uint8Array): Uint8Array {
  return masks.map((value) => (value === 0 ? 1 : 0));
}

/** Dilation along one axis: `step` apart in memory along it, `across` apart from line to line. */
function spread(masks: Uint8Array, size: number, radius: number, step: number, across: number): Uint8Array {
  const grown = new Uint8Array(masks.length);
  const pixels = size * size;
  for (let picture = 0; picture < masks.length; picture += pixels) {
    for (let line = 0; line < size; line++) {
      const start = picture + line * across;
      for (let at = 0; at < size; at++) {
        if (masks[start + at * step] === 0) continue;
        const last = Math.min(size - 1, at + radius);
        for (let near = Math.max(0, at - radius); near <= last; near++) grown[start + near * step] = 1;
      }
    }
  }
  return grown;
}
