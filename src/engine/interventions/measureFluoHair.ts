import type { Tone } from '../../contract/dataSet.ts';
import { mean } from '../math/statistics.ts';
import { changeByRegion, meanChange } from './changeByRegion.ts';
import type { PicturePair, RegionChange } from './changeByRegion.ts';
import { dilate, erode, invert } from './masks.ts';

/** Pixels that a region must have after its edges are taken off, for its mean to mean something. */
const leastPixels = 30;
/** Hair is measured this far inside its mask, and what is not hair beyond the reach of the 5×5 kernel. */
const insideMargin = 1;
const outsideMargin = 2;

/** How light a face's hair and skin are; `none` for a bald one. */
export interface FaceTones {
  hair: Tone | 'none';
  skin: Tone;
}

export interface FluoHairPictures extends PicturePair {
  /** n · size · size bytes, 0 outside: the true hair, and the face without it. */
  hair: Uint8Array;
  face: Uint8Array;
  /** What is known not to be hair; all that is not hair, where it is left out. */
  rest?: Uint8Array;
  /** One a face; without them no face is bald but one without hair, and there are no groups. */
  tones?: readonly FaceTones[];
}

/** Mean |change| in [−1, 1] values over a region's pixels and colours, then over faces; null without faces. */
export interface RegionChanges {
  faces: number;
  /** In the hair, its mask shrunk by 1 pixel. */
  inside: number | null;
  /** Beyond the hair mask grown by 2 pixels. */
  outside: number | null;
  /** In the part of the face that lies beyond the hair mask grown by 2 pixels. */
  face: number | null;
  /** inside / outside and inside / face: ratios of the means above; null where nothing changed there. */
  ratioOutside: number | null;
  ratioFace: number | null;
}

export interface FluoHairMeasurement extends RegionChanges {
  /** Faces left out: bald ones, and those with fewer than 30 pixels in one of the regions. */
  bald: number;
  tooSmall: number;
  /** By tone of hair and skin, all four of them; none where no tones are known. */
  groups: (RegionChanges & FaceToneGroup)[];
}

export interface FaceToneGroup {
  hair: Tone;
  skin: Tone;
}

/**
 * How much more FluoHair changes the hair than the rest of the picture and than the face. The background flatters the
 * first ratio; the second it cannot. Ratios are of means over faces, so that one face that hardly changes cannot carry
 * them (our choice, as the paper gives no number).
 *
 * @throws RangeError where the lengths do not fit one another
 */
export function measureFluoHair(pictures: FluoHairPictures): FluoHairMeasurement {
  const { tones, size } = pictures;
  const count = requireSizes(pictures);
  const { inside, outside } = marginsOf(pictures);
  const face = both(outside, pictures.face);

  const changes = [inside, outside, face].map((mask) => changeByRegion(pictures, mask));

  const faces: FaceChange[] = [];
  let bald = 0;
  let tooSmall = 0;
  for (let index = 0; index < count; index++) {
    const tone = tones?.[index];
    const hairPixels = pictures.hair.subarray(index * size * size, (index + 1) * size * size);
    if (tone?.hair === 'none' || hairPixels.every((value) => value === 0)) {
      bald += 1;
      continue;
    }
    const [inHair, beyond, inFace] = changes.map((parts) => ofEnoughPixels(parts[index]!));
    if (inHair === undefined || beyond === undefined || inFace === undefined) tooSmall += 1;
    else faces.push({ tone, inside: inHair, outside: beyond, face: inFace });
  }
  return { ...summarise(faces), bald, tooSmall, groups: tones === undefined ? [] : byTone(faces) };
}

/** Inside the hair and beyond it, so far from its edges that neither is what the other does. */
export function marginsOf({ hair, rest, size }: Pick<FluoHairPictures, 'hair' | 'rest' | 'size'>): {
  inside: Uint8Array;
  outside: Uint8Array;
} {
  const beyond = invert(dilate(hair, size, outsideMargin));
  return {
    inside: erode(hair, size, insideMargin),
    outside: rest === undefined ? beyond : both(beyond, rest),
  };
}

function both(a: Uint8Array, b: Uint8Array): Uint8Array {
  return a.map((value, at) => (value !== 0 && b[at] !== 0 ? 1 : 0));
}

function byTone(faces: readonly FaceChange[]): FluoHairMeasurement['groups'] {
  return (['dark', 'light'] as const).flatMap((hair) =>
    (['dark', 'light'] as const).map((skin) => {
      const members = faces.filter(({ tone }) => tone?.hair === hair && tone.skin === skin);
      return { hair, skin, ...summarise(members) };
    }),
  );
}

interface FaceChange {
  tone: FaceTones | undefined;
  inside: number;
  outside: number;
  face: number;
}

function summarise(faces: readonly FaceChange[]): RegionChanges {
  if (faces.length === 0) {
    return { faces: 0, inside: null, outside: null, face: null, ratioOutside: null, ratioFace: null };
  }
  const [inside, outside, face] = (['inside', 'outside', 'face'] as const).map((region) =>
    mean(faces.map((each) => each[region])),
  ) as [number, number, number];
  const ratio = (other: number): number | null => (other === 0 ? null : inside / other);
  return { faces: faces.length, inside, outside, face, ratioOutside: ratio(outside), ratioFace: ratio(face) };
}

/** Mean |after − before| of one face; undefined where the region is too small. */
export function ofEnoughPixels(change: RegionChange): number | undefined {
  return change.pixels < leastPixels ? undefined : (meanChange([change]) ?? undefined);
}

function requireSizes({ before, after, hair, face, rest, tones, size }: FluoHairPictures): number {
  const count = tones?.length ?? hair.length / (size * size);
  const pixels = count * size * size;
  const masks = rest === undefined ? [hair, face] : [hair, face, rest];
  const lengths = [before.length / 3, after.length / 3, ...masks.map(({ length }) => length)];
  if (lengths.some((length) => length !== pixels)) {
    throw new RangeError(`pictures and masks of ${lengths.join(', ')} pixels for ${count} faces of ${size}²`);
  }
  return count;
}
