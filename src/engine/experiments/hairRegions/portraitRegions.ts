/** Parts of a portrait by their place alone: where nobody marked the face or the background of photographs. */

/** The face of most aligned portraits, an ellipse; in shares of the picture's side (our choice, as `roughHairRegion`'s). */
const face = { x: 0.5, y: 0.58, acrossHalf: 0.24, downHalf: 0.32 };
/** Left and right border, above the shoulders: mostly background, and long hair, which is known apart. */
const border = { across: 1 / 8, down: 5 / 8 };

/** 1 inside the face of an aligned portrait, [size · size]. */
export function portraitFace(size: number): Uint8Array {
  return regionOf(
    size,
    (x, y) => ((x - face.x) / face.acrossHalf) ** 2 + ((y - face.y) / face.downHalf) ** 2 <= 1,
  );
}

/** 1 at the left and right border of an aligned portrait above the shoulders, [size · size]. */
export function portraitBorder(size: number): Uint8Array {
  return regionOf(size, (x, y) => (x < border.across || x > 1 - border.across) && y < border.down);
}

function regionOf(size: number, isInside: (x: number, y: number) => boolean): Uint8Array {
  return Uint8Array.from({ length: size * size }, (_, at) =>
    isInside(((at % size) + 0.5) / size, (Math.floor(at / size) + 0.5) / size) ? 1 : 0,
  );
}

/** The same mask for each of n pictures. */
export function repeated(mask: Uint8Array, count: number): Uint8Array {
  const masks = new Uint8Array(mask.length * count);
  for (let index = 0; index < count; index++) masks.set(mask, index * mask.length);
  return masks;
}
