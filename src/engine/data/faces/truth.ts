import type { TruthRow } from '../../../contract/dataSet.ts';
import { celebaAttributes } from '../celebaLists.ts';
import type { CelebaAttribute } from '../celebaLists.ts';
import { blend, luminance, toHex } from './colour.ts';
import type { Point } from './drawing.ts';
import type { FaceParameters } from './parameters.ts';

export const lightSkinFrom = 128;
export const lightHairFrom = 100;

/** 000123.jpg */
export function imageName(number: number): string {
  return `${String(number).padStart(6, '0')}.jpg`;
}

/** 000123.png */
export function maskName(number: number): string {
  return `${String(number).padStart(6, '0')}.png`;
}

/** A point of the face's frame in the picture: turned by the roll about the middle between the eyes. */
function inPicture(face: FaceParameters, [x, y]: Point): [number, number] {
  const angle = (face.roll * Math.PI) / 180;
  const cos = Math.cos(angle);
  const sin = Math.sin(angle);
  return [round(face.centre.x + x * cos - y * sin), round(face.centre.y + x * sin + y * cos)];
}

function round(value: number): number {
  return Math.round(value * 1000) / 1000;
}

/** What is true of the picture of this face. */
export function truthOf(face: FaceParameters): TruthRow {
  const { number, eyes, hair, skin, background } = face;
  const isBald = hair.style === 'bald';
  const hairLuminance = luminance(hair.colour);
  return {
    number,
    file: imageName(number),
    leftEye: inPicture(face, [-eyes.distance / 2, 0]),
    rightEye: inPicture(face, [eyes.distance / 2, 0]),
    eyeDistance: round(eyes.distance),
    irisRadius: round(eyes.iris),
    eyeColour: eyes.colourName,
    skinColour: toHex(skin),
    skinLuminance: round(luminance(skin)),
    skinTone: luminance(skin) >= lightSkinFrom ? 'light' : 'dark',
    hairStyle: hair.style,
    hairColourName: isBald ? 'none' : hair.colourName,
    hairColour: isBald ? '' : toHex(hair.colour),
    hairLuminance: isBald ? 0 : round(hairLuminance),
    hairTone: isBald ? 'none' : hairLuminance >= lightHairFrom ? 'light' : 'dark',
    bangs: !isBald && hair.line === 'bangs',
    glasses: face.glasses.worn,
    beard: face.beard,
    smile: round(face.mouth.smile),
    yaw: round(face.yaw),
    roll: round(face.roll),
    backgroundLuminance: round(luminance(blend(background.from, background.to, 0.5))),
    clothesLuminance: round(luminance(face.clothes.colour)),
  };
}

/** The five points of list_landmarks_align_celeba.txt, in whole pixels as there. */
export function landmarksOf(face: FaceParameters): number[] {
  const { eyes, nose, mouth, yaw } = face;
  const corner = mouth.y - mouth.smile * 2.6;
  const points: Point[] = [
    [-eyes.distance / 2, 0],
    [eyes.distance / 2, 0],
    [yaw * 3.2, nose.length - 3],
    [yaw * 1.6 - mouth.halfWidth, corner],
    [yaw * 1.6 + mouth.halfWidth, corner],
  ];
  return points.flatMap((point) => inPicture(face, point).map(Math.floor));
}

/** The rows of list_attr_celeba.txt: 1 or −1 in its order; what has no meaning for drawn faces is −1. */
export function attributesOf(face: FaceParameters): number[] {
  const { hair, beard, mouth, eyes, brows, head } = face;
  const hasHair = hair.style !== 'bald';
  const isColour = (...names: string[]): boolean => hasHair && names.includes(hair.colourName);
  const values: Partial<Record<CelebaAttribute, boolean>> = {
    '5_o_Clock_Shadow': beard === 'stubble',
    Arched_Eyebrows: brows.arch > 2.4,
    Bald: !hasHair,
    Bangs: hasHair && hair.line === 'bangs',
    Big_Lips: mouth.fullness > 2.8,
    Big_Nose: face.nose.width > 7.1,
    Black_Hair: isColour('black'),
    Blond_Hair: isColour('blond', 'light blond', 'dark blond'),
    Brown_Hair: isColour('dark brown', 'brown', 'chestnut'),
    Bushy_Eyebrows: brows.thickness > 2.9,
    Eyeglasses: face.glasses.worn,
    Goatee: beard === 'goatee',
    Gray_Hair: isColour('grey', 'white'),
    Mouth_Slightly_Open: mouth.open > 0,
    Mustache: beard === 'moustache' || beard === 'goatee' || beard === 'full',
    Narrow_Eyes: eyes.height < 0.87,
    No_Beard: beard === 'none' || beard === 'moustache',
    Oval_Face: head.jaw < 0.73,
    Pale_Skin: luminance(face.skin) > 215,
    Receding_Hairline: hasHair && hair.line === 'receding',
    Rosy_Cheeks: face.blush > 0,
    Sideburns: beard === 'full',
    Smiling: mouth.smile > 0.4,
    Straight_Hair: hasHair && hair.style !== 'curly' && hair.wave === 0,
    Wavy_Hair: hair.style === 'curly' || ((hair.style === 'bob' || hair.style === 'long') && hair.wave > 0),
    Wearing_Earrings: face.earrings,
    Wearing_Lipstick: mouth.lipstick,
  };
  return celebaAttributes.map((name) => (values[name] === true ? 1 : -1));
}

/** 0, 1 or 2: of twenty faces in a row eighteen train, one validates, one tests. */
export function partitionOfNumber(number: number): number {
  return number % 20 === 19 ? 1 : number % 20 === 0 ? 2 : 0;
}
