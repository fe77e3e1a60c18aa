import type { Random } from '../../math/random.ts';

/** Red, green and blue, 0 … 255. */
export type Rgb = readonly [number, number, number];

/** Luma of ITU-R BT.601, 0 … 255: what the sets' "luminance" means. */
export function luminance([red, green, blue]: Rgb): number {
  return 0.299 * red + 0.587 * green + 0.114 * blue;
}

export function fromHex(hex: string): Rgb {
  const value = Number.parseInt(hex.slice(1), 16);
  return [(value >> 16) & 255, (value >> 8) & 255, value & 255];
}

export function toHex(colour: Rgb): string {
  return `#${colour.map((value) => clampByte(value).toString(16).padStart(2, '0')).join('')}`;
}

function clampByte(value: number): number {
  return Math.min(255, Math.max(0, Math.round(value)));
}

/** `share` of b in a. */
export function blend(a: Rgb, b: Rgb, share: number): Rgb {
  return [a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share, a[2] + (b[2] - a[2]) * share];
}

export const white: Rgb = [255, 255, 255];
const shadowTint: Rgb = [40, 18, 30];

/** The colour in shadow: darker, and warmer than plain black would make it. */
export function darker(colour: Rgb, share: number): Rgb {
  return blend(colour, shadowTint, share);
}

export function lighter(colour: Rgb, share: number): Rgb {
  return blend(colour, white, share);
}

/**
 * The colour with this luminance, hue (0 … 1) and strength of tint: 0 grey … 1 as strong as that luminance allows, or as
 * `strongest` does, so that no hue (green has most room) is stronger than others.
 */
export function tint(level: number, hue: number, strength: number, strongest = 255): Rgb {
  const pure: Rgb = [hueWave(hue), hueWave(hue - 1 / 3), hueWave(hue - 2 / 3)];
  const grey = luminance(pure);
  // The furthest that the tint can go before a channel leaves 0 … 255, so that the luminance is kept.
  let room = strongest;
  for (const value of pure) {
    const offset = value - grey;
    room = Math.min(room, offset > 0 ? (255 - level) / offset : offset < 0 ? level / -offset : room);
  }
  const scale = room * strength;
  return [
    level + (pure[0] - grey) * scale,
    level + (pure[1] - grey) * scale,
    level + (pure[2] - grey) * scale,
  ];
}

/** 1 around hue 0, 0 on the opposite side, straight between. */
function hueWave(hue: number): number {
  const turned = ((hue % 1) + 1) % 1;
  return Math.min(1, Math.max(0, Math.abs(turned * 6 - 3) - 1));
}

/** The colour moved a little, so that no two faces have quite the same. */
export function jitter(colour: Rgb, amount: number, random: Random): Rgb {
  const common = random.between(-amount, amount);
  const own = (): number => common + random.between(-amount, amount) * 0.4;
  return [clampByte(colour[0] + own()), clampByte(colour[1] + own()), clampByte(colour[2] + own())];
}
