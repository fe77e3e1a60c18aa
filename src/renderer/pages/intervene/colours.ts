import { magenta } from '../../../contract/recipe.ts';
import type { Colour, NamedColour } from '../../../contract/recipe.ts';

/** Hue in degrees, saturation and value from 0 to 1. */
export interface HueColour {
  hue: number;
  saturation: number;
  value: number;
}

export function colourOf({ hue, saturation, value }: HueColour): Colour {
  const part = (offset: number): number => {
    const k = (offset + hue / 60) % 6;
    return value - value * saturation * Math.max(0, Math.min(k, 4 - k, 1));
  };
  return [part(5), part(3), part(1)];
}

/** Greys have no hue: `hueOfGrey` stands for it, so that a wheel does not jump. */
export function hueColourOf([red, green, blue]: Readonly<Colour>, hueOfGrey = 0): HueColour {
  const value = Math.max(red, green, blue);
  const spread = value - Math.min(red, green, blue);
  if (spread === 0) return { hue: hueOfGrey, saturation: 0, value };
  const sixth =
    value === red
      ? (green - blue) / spread
      : value === green
        ? 2 + (blue - red) / spread
        : 4 + (red - green) / spread;
  return { hue: (sixth * 60 + 360) % 360, saturation: spread / value, value };
}

export function hexOf(colour: Readonly<Colour>): string {
  const parts = colour.map((part) =>
    Math.round(part * 255)
      .toString(16)
      .padStart(2, '0'),
  );
  return `#${parts.join('').toUpperCase()}`;
}

/** "#E82C8C" or "e82c8c"; undefined for anything else. */
export function colourFromHex(text: string): Colour | undefined {
  const digits = /^\s*#?([0-9a-f]{6})\s*$/i.exec(text)?.[1];
  if (digits === undefined) return undefined;
  const part = (at: number): number => Number.parseInt(digits.slice(at, at + 2), 16) / 255;
  return [part(0), part(2), part(4)];
}

/** The colours of the swatches, with the words that name them. */
export const swatches: readonly NamedColour[] = [
  { name: 'Red', colour: [0.878, 0.227, 0.18] },
  { name: 'Yellow', colour: [0.91, 0.761, 0.165] },
  { name: 'Green', colour: [0.18, 0.62, 0.329] },
  { name: 'Cyan', colour: [0.169, 0.702, 0.753] },
  { name: 'Blue', colour: [0.165, 0.4, 0.851] },
  { name: 'Magenta', colour: magenta.colour },
];
