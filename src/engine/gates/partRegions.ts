/** The parts of an aligned portrait that move one without another, and roughly where each is. */
export const parts = ['hair', 'face', 'background', 'clothes'] as const;
export type Part = (typeof parts)[number];

/** Where a colour is read in every portrait. `part` is what it tells of; null for a place that is only held fixed. */
interface Place {
  part: Part | null;
  has: Has;
}

/** Whether a point of a portrait belongs to a place; x to the right and y down, from 0 to 1. */
export type Has = (x: number, y: number) => boolean;

/** An ellipse in the middle of the portrait's width. */
export function ellipse(centre: number, rx: number, ry: number): Has {
  return (x, y) => ((x - 0.5) / rx) ** 2 + ((y - centre) / ry) ** 2 <= 1;
}

const head = ellipse(0.5, 0.4, 0.46);
/** The face with its edge, which hair surrounds. */
export const innerHead = ellipse(0.58, 0.24, 0.32);

/** Where hair is on most aligned portraits: around and above the face down to the ears. */
export const hairRing: Has = (x, y) => head(x, y) && !innerHead(x, y) && y < 0.62;

/**
 * Nine places of a portrait whose eyes are level and whose face is in the middle, as CelebA's, FFHQ's and our drawn faces
 * are. None has to be right in any one face: they are read in thousands, and only what is common to all counts.
 */
export const places: readonly Place[] = [
  { part: 'hair', has: hairRing },
  { part: 'face', has: ellipse(0.58, 0.2, 0.27) },
  { part: 'background', has: (x, y) => y < 0.3 && x < 0.14 },
  { part: 'background', has: (x, y) => y < 0.3 && x > 0.86 },
  { part: 'background', has: (x, y) => y > 0.3 && y < 0.6 && x < 0.08 },
  { part: 'background', has: (x, y) => y > 0.3 && y < 0.6 && x > 0.92 },
  { part: 'clothes', has: (x, y) => y > 0.85 && x < 0.3 },
  { part: 'clothes', has: (x, y) => y > 0.85 && x > 0.7 },
  { part: null, has: (x, y) => y > 0.9 && Math.abs(x - 0.5) < 0.15 },
];

/** Pixels of each place in a picture of this side. */
export function pixelsOfPlaces(size: number): number[][] {
  return places.map(({ has }) => pixelsWhere(has, size));
}

/** Pixels of a picture of this side whose centres belong to a place, row after row. */
export function pixelsWhere(has: Has, size: number): number[] {
  return Array.from({ length: size * size }, (_, at) => at).filter((at) =>
    has(((at % size) + 0.5) / size, (Math.floor(at / size) + 0.5) / size),
  );
}
