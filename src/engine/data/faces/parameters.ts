import type { HairStyle } from '../../../contract/dataSet.ts';
import { createRandom } from '../../math/random.ts';
import type { Random } from '../../math/random.ts';
import { fromHex, jitter, luminance, tint } from './colour.ts';
import type { Rgb } from './colour.ts';
import { beards, eyeColours, hairColours, skinColours, weighted } from './palette.ts';
import type { Beard, HairColour } from './palette.ts';

export type Hairline = 'round' | 'sidePart' | 'middlePart' | 'swept' | 'receding' | 'bangs';
export type Clothes = 'crew' | 'vee' | 'collar' | 'turtleneck' | 'scoop';

/**
 * All that a face is drawn from. Lengths are in pixels of the 178 × 218 picture, measured from the middle between the
 * eyes before the head is turned; −1 … 1 runs from left to right.
 */
export interface FaceParameters {
  number: number;
  /** The middle between the eyes. */
  centre: { x: number; y: number };
  /** Degrees, clockwise. */
  roll: number;
  /** −1 … 1, to the left or right of the picture. */
  yaw: number;
  skin: Rgb;
  head: { halfWidth: number; top: number; chin: number; jaw: number; chinWidth: number };
  eyes: {
    distance: number;
    iris: number;
    widening: number;
    height: number;
    tilt: number;
    colourName: string;
    colour: Rgb;
  };
  brows: { height: number; thickness: number; arch: number; tilt: number; colour: Rgb };
  nose: { length: number; width: number };
  mouth: { y: number; halfWidth: number; smile: number; open: number; fullness: number; lipstick: boolean };
  blush: number;
  hair: {
    style: HairStyle;
    line: Hairline;
    colourName: HairColour;
    colour: Rgb;
    volume: number;
    length: number;
    wave: number;
    side: 1 | -1;
    bun: boolean;
    seed: number;
  };
  beard: Beard;
  glasses: { worn: boolean; round: boolean; colour: Rgb; thick: number };
  earrings: boolean;
  clothes: { kind: Clothes; colour: Rgb; shoulder: number; neck: number };
  background: { from: Rgb; to: Rgb; angle: number; radial: boolean };
  light: { angle: number; strength: number };
}

const parameterStream = 0xface;

/** The strongest tint of light backgrounds and clothes. */
const mildTint = 110;

/** The parameters of face `number`, from (seed, number) alone. `hard` takes saturated and dark backgrounds and clothes. */
export function faceParameters(seed: number, number: number, hard: boolean): FaceParameters {
  const random = createRandom(seed, parameterStream, number);
  const skinBase = weighted(skinColours, random);
  const skin = jitter(fromHex(skinBase.hex), 7, random);
  const hair = pickHair(random, luminance(skin) < 120);
  const halfWidth = random.between(32.5, 38.5);
  const yaw = Math.max(-1, Math.min(1, random.normal() * 0.42));
  const distance = random.between(22.6, 33.2);
  const masculine = random.uniform() < 0.5;
  const beardOdds = hair.style === 'short' || hair.style === 'bald' || hair.style === 'curly' ? 0.4 : 0;
  const beard = random.uniform() < beardOdds ? random.pick(beards) : 'none';
  const eyeBase = weighted(eyeColours, random);
  const smile = Math.max(-0.2, Math.min(1, 0.55 + random.normal() * 0.38));
  return {
    number,
    centre: { x: 89 + random.normal() * 2.2, y: 106 + random.between(-3, 3) },
    roll: Math.max(-5, Math.min(5, random.normal() * 1.8)),
    yaw,
    skin,
    head: {
      halfWidth,
      top: -random.between(44, 49),
      chin: random.between(42, 48.5),
      jaw: masculine ? random.between(0.78, 0.9) : random.between(0.66, 0.8),
      chinWidth: masculine ? random.between(12, 17) : random.between(7, 12),
    },
    eyes: {
      distance,
      iris: random.between(3.7, 4.7) * (distance > 26 ? 1.04 : 0.98),
      widening: random.between(1.55, 1.85),
      height: random.between(0.82, 1.08),
      tilt: random.between(-3, 7),
      colourName: eyeBase.name,
      colour: jitter(fromHex(eyeBase.hex), 8, random),
    },
    brows: {
      height: random.between(10.6, 13.6),
      thickness: random.between(1.7, 3.4) * (masculine ? 1.15 : 0.9),
      arch: random.between(0.8, 3.4),
      tilt: random.between(-1.2, 1.6),
      colour: browColour(hair, skin),
    },
    nose: { length: random.between(17, 22.5), width: random.between(4.6, 8.2) },
    mouth: {
      y: random.between(29, 31.5),
      halfWidth: random.between(8.5, 13),
      smile,
      open: smile > 0.45 && random.uniform() < 0.55 ? random.between(0.5, 1) : 0,
      fullness: random.between(1.6, 3.4),
      lipstick:
        beard === 'none' && random.uniform() < (hair.style === 'short' || hair.style === 'bald' ? 0.08 : 0.4),
    },
    blush: random.uniform() < 0.45 ? random.between(0.12, 0.34) : 0,
    hair: { ...hair, seed: random.integer(2 ** 31) },
    beard,
    glasses: {
      worn: random.uniform() < 0.16,
      round: random.uniform() < 0.55,
      colour: fromHex(random.pick(['#2b2426', '#4a3226', '#7a1f2b', '#1f3a5a', '#6b6b70', '#8a6a2f'])),
      thick: random.between(1.1, 1.9),
    },
    earrings: hair.style !== 'bob' && hair.style !== 'long' && random.uniform() < 0.22,
    clothes: pickClothes(random, hard),
    background: pickBackground(random, hard),
    light: { angle: random.between(0, 360), strength: random.between(0.03, 0.13) },
  };
}

function pickHair(random: Random, darkSkin: boolean): Omit<FaceParameters['hair'], 'seed'> {
  const style = weighted(
    [
      { weight: 29, style: 'short' },
      { weight: 18, style: 'bob' },
      { weight: 21, style: 'long' },
      { weight: 15, style: 'curly' },
      { weight: 11, style: 'tied' },
      { weight: 6, style: 'bald' },
    ] as const,
    random,
  ).style;
  // Half of the people with dark skin take any colour of the list, half a dark one, so that tones of hair and skin are not the same thing.
  const dark = darkSkin && random.uniform() < 0.5;
  const base = weighted(dark ? hairColours.slice(0, 3) : hairColours, random);
  const lines: Record<Exclude<HairStyle, 'bald'>, readonly Hairline[]> = {
    short: ['round', 'sidePart', 'swept', 'receding', 'bangs', 'swept'],
    bob: ['sidePart', 'middlePart', 'bangs', 'bangs'],
    long: ['sidePart', 'middlePart', 'middlePart', 'bangs'],
    curly: ['round', 'round', 'bangs'],
    tied: ['round', 'sidePart', 'middlePart', 'bangs'],
  };
  return {
    style,
    line: style === 'bald' ? 'receding' : random.pick(lines[style]),
    colourName: base.name,
    colour: jitter(fromHex(base.hex), 7, random),
    volume: random.between(0, 1),
    length: random.between(0, 1),
    wave: random.uniform() < 0.5 ? 0 : random.between(0.4, 1),
    side: random.uniform() < 0.5 ? 1 : -1,
    bun: random.uniform() < 0.55,
  };
}

/** Brows are darker than light hair, and never as light as the skin around them. */
function browColour(hair: { colour: Rgb; style: HairStyle }, skin: Rgb): Rgb {
  const own: Rgb = hair.style === 'bald' ? [66, 48, 40] : hair.colour;
  const limit = Math.min(96, luminance(skin) * 0.5);
  const scale = Math.min(0.82, limit / Math.max(1, luminance(own)));
  return [own[0] * scale, own[1] * scale, own[2] * scale];
}

function pickClothes(random: Random, hard: boolean): FaceParameters['clothes'] {
  const level = hard ? random.between(35, 200) : random.between(104, 222);
  return {
    kind: random.pick(['crew', 'vee', 'collar', 'turtleneck', 'scoop'] as const),
    colour: tint(
      level,
      random.uniform(),
      hard ? random.between(0.3, 0.95) : random.between(0.12, 0.5),
      hard ? 255 : mildTint,
    ),
    shoulder: random.between(52, 66),
    neck: random.between(13.5, 18),
  };
}

function pickBackground(random: Random, hard: boolean): FaceParameters['background'] {
  const hue = random.uniform();
  const level = hard ? random.between(45, 210) : random.between(152, 214);
  const spread = hard ? random.between(-35, 35) : random.between(-13, 13);
  const strongest = hard ? 255 : mildTint;
  const strength = (): number => (hard ? random.between(0.3, 0.95) : random.between(0.06, 0.4));
  return {
    from: tint(Math.max(20, level - spread), hue, strength(), strongest),
    to: tint(Math.max(20, level + spread), hue + random.between(-0.12, 0.12), strength(), strongest),
    angle: random.between(0, 360),
    radial: random.uniform() < 0.3,
  };
}
