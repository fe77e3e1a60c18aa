import { changeByRegion } from '../../interventions/changeByRegion.ts';
import type { PicturePair } from '../../interventions/changeByRegion.ts';
import { marginsOf, ofEnoughPixels } from '../../interventions/measureFluoHair.ts';
import type { FaceTones } from '../../interventions/measureFluoHair.ts';
import { mean } from '../../math/statistics.ts';
import { portraitBorder, portraitFace } from '../hairRegions/portraitRegions.ts';

/** A background is dark where its mean is nearer to black than this, in values of [−1, 1]: 0.3 of the range (our choice). */
const darkBelow = 0.6;

export const portraitGroups = ['all', 'dark hair', 'light hair', 'dark background'] as const;
export type PortraitGroup = (typeof portraitGroups)[number];

/** What the hair is compared with: all the rest, and of that the face and the border, by their place in the picture. */
export const otherRegions = ['elsewhere', 'face', 'border'] as const;
export type OtherRegion = (typeof otherRegions)[number];

/** Mean |change| in [−1, 1] values of the faces on which both are known; null without any. */
export interface PortraitChange {
  group: PortraitGroup;
  faces: number;
  inside: number | null;
  other: Record<OtherRegion, number | null>;
  /** Hair ÷ the other region: ratios of means over the same faces. */
  ratio: Record<OtherRegion, number | null>;
}

interface PortraitPictures extends PicturePair {
  hair: Uint8Array;
  rest: Uint8Array;
  /** One a face; null where it is not known. */
  tones: readonly (FaceTones['hair'] | null)[];
}

/**
 * How much more FluoHair changes hair than the rest of a photograph, by what usually stands against it: dark hair and
 * light hair as the attributes have them, and dark backgrounds, which a module of dark tones takes for hair.
 */
export function measurePortraits(pictures: PortraitPictures): PortraitChange[] {
  const { size, before, tones } = pictures;
  const { inside, outside } = marginsOf(pictures);
  const part = (mask: Uint8Array): Uint8Array => outside.map((value, at) => value * mask[at % mask.length]!);
  const changeIn = (pair: PicturePair, masks: Uint8Array): Known[] =>
    changeByRegion(pair, masks).map(ofEnoughPixels);
  const atBorder = part(portraitBorder(size));
  const hair = changeIn(pictures, inside);
  const others = {
    elsewhere: changeIn(pictures, outside),
    face: changeIn(pictures, part(portraitFace(size))),
    border: changeIn(pictures, atBorder),
  };
  const lightness = changeIn({ before: before.map(() => -1), after: before, size }, atBorder);
  const isIn: Record<PortraitGroup, (face: number) => boolean> = {
    all: () => true,
    'dark hair': (face) => tones[face] === 'dark',
    'light hair': (face) => tones[face] === 'light',
    'dark background': (face) => (lightness[face] ?? darkBelow) < darkBelow,
  };
  return portraitGroups.map((group) => {
    const members = tones.flatMap((tone, face) => (tone !== 'none' && isIn[group](face) ? [face] : []));
    return changeOf(group, members, hair, others);
  });
}

/** Mean |change| of a face in a region; undefined where the region is too small. */
type Known = number | undefined;

function changeOf(
  group: PortraitGroup,
  members: readonly number[],
  hair: readonly Known[],
  others: Record<OtherRegion, readonly Known[]>,
): PortraitChange {
  const known = members.filter((face) => hair[face] !== undefined);
  const against = (region: OtherRegion): { other: number | null; ratio: number | null } => {
    const faces = known.filter((face) => others[region][face] !== undefined);
    const inside = meanOf(faces.map((face) => hair[face]!));
    const other = meanOf(faces.map((face) => others[region][face]!));
    return { other, ratio: inside === null || other === null || other === 0 ? null : inside / other };
  };
  const [elsewhere, face, border] = [against('elsewhere'), against('face'), against('border')];
  return {
    ...{ group, faces: known.length, inside: meanOf(known.map((at) => hair[at]!)) },
    other: { elsewhere: elsewhere.other, face: face.other, border: border.other },
    ratio: { elsewhere: elsewhere.ratio, face: face.ratio, border: border.ratio },
  };
}

function meanOf(values: readonly number[]): number | null {
  return values.length === 0 ? null : mean(values);
}
