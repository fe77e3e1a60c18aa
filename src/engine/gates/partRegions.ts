/** The parts of an aligned portrait that move one without another, and roughly where each is. */
export const parts = ['hair', 'face', 'background', 'clothes'] as const;
export type Part = (typeof parts)[number];

/** Where a colour is read in every portrait. `part` is what it tells of; null for a place that is only held fixed. */
interface Place {
  part: Part | null;
  /** Whether a point belongs to it; x to the right and y down, from 0 to 1. */
  has: (x: number, y: number) => boolean;
}

function within(x: number, y: number, centre: number, rx: number, ry: number): boolean {
  return ((x - 0.5) / rx) ** 2 + ((y - centre) / ry) ** 2 <= 1;
}

/**
 * Nine places of a portrait whose eyes are level and whose face is in the middle, as CelebA's, FFHQ's and our drawn faces
 * are. None has to be right in any one face: they are read in thousands, and only what is common to all counts.
 */
export const places: readonly Place[] = [
  {
    part: 'hair',
    has: (x, y) => within(x, y, 0.5, 0.4, 0.46) && !within(x, y, 0.58, 0.24, 0.32) && y < 0.62,
  },
  { part: 'face', has: (x, y) => within(x, y, 0.58, 0.2, 0.27) },
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
  return places.map(({ has }) =>
    Array.from({ length: size * size }, (_, at) => at).filter((at) =>
      has(((at % size) + 0.5) / size, (Math.floor(at / size) + 0.5) / size),
    ),
  );
}
