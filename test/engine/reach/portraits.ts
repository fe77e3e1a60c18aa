import { places } from '../../../src/engine/gates/partRegions.ts';

export const side = 64;

/** The part that a made-up portrait shows at each pixel: the rough ring is hair, within it is the face, the rest background. */
export const partAt: readonly ('hair' | 'face' | 'background')[] = Array.from(
  { length: side * side },
  (_, pixel) => {
    const [x, y] = [((pixel % side) + 0.5) / side, (Math.floor(pixel / side) + 0.5) / side];
    if (places[0]!.has(x, y)) return 'hair';
    return ((x - 0.5) / 0.26) ** 2 + ((y - 0.58) / 0.34) ** 2 <= 1 ? 'face' : 'background';
  },
);

export const pixelsOf = (part: (typeof partAt)[number]): number[] =>
  partAt.flatMap((each, pixel) => (each === part ? [pixel] : []));
