import type { Random } from '../../math/random.ts';

interface Weighted {
  readonly weight: number;
}

/** One of the items, each as likely as its weight says. */
export function weighted<T extends Weighted>(items: readonly T[], random: Random): T {
  let left = random.uniform() * items.reduce((sum, item) => sum + item.weight, 0);
  for (const item of items) {
    left -= item.weight;
    if (left < 0) return item;
  }
  return items[items.length - 1]!;
}

/** From the lightest skin to the darkest. */
export const skinColours = [
  { weight: 10, hex: '#fbe0cf' },
  { weight: 12, hex: '#f6d0b5' },
  { weight: 12, hex: '#efc09c' },
  { weight: 12, hex: '#e3ab82' },
  { weight: 12, hex: '#d0946a' },
  { weight: 12, hex: '#b87a51' },
  { weight: 11, hex: '#9c623e' },
  { weight: 10, hex: '#7f4c30' },
  { weight: 9, hex: '#653a26' },
] as const;

/** The three darkest stand first; the last four do not grow on heads. */
export const hairColours = [
  { weight: 17, name: 'black', hex: '#1e1a1d' },
  { weight: 17, name: 'dark brown', hex: '#382419' },
  { weight: 13, name: 'brown', hex: '#5a3822' },
  { weight: 9, name: 'chestnut', hex: '#7b4727' },
  { weight: 7, name: 'auburn', hex: '#8c3a20' },
  { weight: 6, name: 'red', hex: '#bd5a27' },
  { weight: 7, name: 'dark blond', hex: '#a7824e' },
  { weight: 9, name: 'blond', hex: '#dcb668' },
  { weight: 5, name: 'light blond', hex: '#efd9a0' },
  { weight: 5, name: 'grey', hex: '#96979c' },
  { weight: 3, name: 'white', hex: '#dedcd8' },
  { weight: 1, name: 'pink', hex: '#d96a94' },
  { weight: 1, name: 'blue', hex: '#3d66a8' },
  { weight: 1, name: 'teal', hex: '#2b8083' },
  { weight: 1, name: 'violet', hex: '#71489a' },
] as const;

export type HairColour = (typeof hairColours)[number]['name'];

export const eyeColours = [
  { weight: 30, name: 'dark brown', hex: '#3a2417' },
  { weight: 24, name: 'brown', hex: '#5c3820' },
  { weight: 12, name: 'hazel', hex: '#6a4f26' },
  { weight: 12, name: 'green', hex: '#3f5f3a' },
  { weight: 14, name: 'blue', hex: '#33577f' },
  { weight: 8, name: 'grey', hex: '#4d5863' },
] as const;

export const beards = ['stubble', 'moustache', 'goatee', 'full', 'full'] as const;

export type Beard = 'none' | (typeof beards)[number];
