import { ellipse, hairRing, innerHead, pixelsWhere } from '../gates/partRegions.ts';
import type { Has } from '../gates/partRegions.ts';

export const faceParts = ['hair', 'face', 'background'] as const;
export type FacePart = (typeof faceParts)[number];

/** Pixels of each picture that show a part: n · size · size of 1 and 0. */
export type FaceRegions = Record<FacePart, Uint8Array>;

/*
 * Places of an aligned portrait, x to the right and y down from 0 to 1. In a core nearly every portrait shows the part, and it
 * lends the part its colours; in the wider zone a pixel is the part's where its colour says so plainly.
 */
const zones: Record<FacePart, Has> = {
  hair: hairRing,
  face: ellipse(0.54, 0.33, 0.4),
  background: (x, y) => y < 0.6 && !innerHead(x, y),
};
/** Of all places the upper corners show hair least often: in 6 to 8 of a hundred photographs, the sides in every third. */
const cores: readonly { part: FacePart; has: Has }[] = [
  { part: 'hair', has: (x, y) => hairRing(x, y) && Math.abs(x - 0.5) < 0.2 && y > 0.08 && y < 0.22 },
  { part: 'face', has: ellipse(0.6, 0.14, 0.2) },
  { part: 'background', has: (x, y) => x < 0.1 && y < 0.1 },
  { part: 'background', has: (x, y) => x > 0.9 && y < 0.1 },
];
/** A pixel of the zone is the part's where its squared distance to the part's colour is below this share of the others'. */
const nearer: Record<FacePart, number> = { hair: 1, face: 1 / 2, background: 1 / 32 };

/**
 * Where hair, face and background are in pictures of aligned portraits, roughly, from the pictures alone (our choice;
 * docs/decisions/checks.md). A pixel shows one part at most.
 * @param pictures values in [−1, 1], n · size · size · 3
 */
export function roughRegions(pictures: Float32Array, size: number): FaceRegions {
  const area = size * size;
  const count = pictures.length / (area * 3);
  const where = placesOf(size);
  const regions = {
    hair: new Uint8Array(count * area),
    face: new Uint8Array(count * area),
    background: new Uint8Array(count * area),
  };
  for (let picture = 0; picture < count; picture++) {
    const values = pictures.subarray(picture * area * 3, (picture + 1) * area * 3);
    const colours = where.cores.map(({ pixels }) => meanColour(values, pixels));
    for (const { part, pixels } of where.cores) {
      for (const pixel of pixels) regions[part][picture * area + pixel] = 1;
    }
    for (const { part, pixels } of where.zones) {
      for (const pixel of pixels) {
        const [hair, face, left, right] = colours.map((colour) => distance(values, pixel, colour)) as Four;
        const isLeft = pixel % size < size / 2;
        if (isPlain(part, { hair, face, background: isLeft ? left : right }))
          regions[part][picture * area + pixel] = 1;
      }
    }
  }
  return regions;
}

type Four = [number, number, number, number];

interface PlacePixels {
  part: FacePart;
  pixels: number[];
}

/** Pixels of the cores, in their order, and of the zones without the cores. */
function placesOf(size: number): { cores: PlacePixels[]; zones: PlacePixels[] } {
  const taken = cores.map(({ part, has }) => ({ part, pixels: pixelsWhere(has, size) }));
  const all = new Set(taken.flatMap(({ pixels }) => pixels));
  const free = (part: FacePart): number[] =>
    pixelsWhere(zones[part], size).filter((pixel) => !all.has(pixel));
  return { cores: taken, zones: faceParts.map((part) => ({ part, pixels: free(part) })) };
}

function meanColour(values: Float32Array, pixels: readonly number[]): number[] {
  return [0, 1, 2].map(
    (colour) => pixels.reduce((sum, pixel) => sum + values[pixel * 3 + colour]!, 0) / pixels.length,
  );
}

/** Squared, over red, green and blue. */
function distance(values: Float32Array, pixel: number, colour: readonly number[]): number {
  return colour.reduce((sum, value, at) => sum + (values[pixel * 3 + at]! - value) ** 2, 0);
}

function isPlain(part: FacePart, distances: Record<FacePart, number>): boolean {
  const others = faceParts.filter((each) => each !== part).map((each) => distances[each]);
  return distances[part] < nearer[part] * Math.min(...others);
}
