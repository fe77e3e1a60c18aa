import { darker, lighter } from './colour.ts';
import type { Drawing } from './drawing.ts';
import type { FaceParameters } from './parameters.ts';

/** How far the skull's middle lies from the middle between the eyes when the head turns. */
export function skullShift(yaw: number): number {
  return -yaw * 4.5;
}

/** Names the stream of random numbers of a head's strands and curls. */
export const hairStream = 0x4a1;

/** A line in the hair, lighter or darker than it. */
export function strand(
  drawing: Drawing,
  face: FaceParameters,
  d: string,
  isLight: boolean,
  width = 1.3,
): void {
  const { colour } = face.hair;
  drawing.path('detail', d, {
    line: isLight ? lighter(colour, 0.32) : darker(colour, 0.45),
    width,
    opacity: isLight ? 0.4 : 0.34,
  });
}
