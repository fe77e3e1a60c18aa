import { fixedTo } from '../../contract/figures.ts';
import type { Direction } from '../../contract/directions.ts';

/** Faces with what is known of them. */
export interface LabelledLatents {
  /** [rows, latent] */
  latents: Float32Array;
  /** One a row: 1 has it, −1 has it not, 0 unknown. */
  labels: ArrayLike<number>;
}

/** Faces with, and without, an attribute that a direction is made from, and those that it is tried on. */
const leastMade = 20;
const leastTold = 10;
/** Standard errors above 1/2 from which on telling is no chance: of forty attributes one is beyond them by luck. */
const beyondChance = 2;

export type AttributeDirection =
  { vector: number[]; told: NonNullable<Direction['told']> } | { reason: string };

/**
 * The direction from the mean latents of faces without an attribute to the mean of those with it (Radford et al., ICLR
 * 2016, Sec. 6.3.2), of length 1, and how well it tells other faces: balanced accuracy of the half space at the middle
 * between the two means. What tells no better than chance has no direction.
 */
export function attributeDirection(
  made: LabelledLatents,
  others: LabelledLatents,
  latent: number,
): AttributeDirection {
  const [yes, no] = [meanOf(made, latent, 1), meanOf(made, latent, -1)];
  if (Math.min(yes.count, no.count) < leastMade) return { reason: tooFew(yes.count, no.count, leastMade) };
  const difference = yes.mean.map((value, at) => value - no.mean[at]!);
  const length = Math.hypot(...difference);
  if (!(length > 0)) return { reason: 'pictures with and without it have the same latents' };
  const vector = Array.from(difference, (value) => value / length);
  const middle = vector.reduce((sum, value, at) => sum + (value * (yes.mean[at]! + no.mean[at]!)) / 2, 0);
  const told = toldBy(vector, middle, others);
  if (Math.min(told.with, told.without) < leastTold)
    return { reason: tooFew(told.with, told.without, leastTold) };
  if (told.accuracy <= 0.5 + beyondChance * told.error) {
    return { reason: `told no better than by chance (balanced accuracy ${fixedTo(told.accuracy, 2)})` };
  }
  return { vector, told };
}

function tooFew(yes: number, no: number, least: number): string {
  return `${yes} pictures with it and ${no} without; at least ${least} of each are needed`;
}

function meanOf(
  { latents, labels }: LabelledLatents,
  latent: number,
  label: number,
): { mean: Float64Array; count: number } {
  const mean = new Float64Array(latent);
  let count = 0;
  for (let row = 0; row < labels.length; row++) {
    if (labels[row] !== label) continue;
    count += 1;
    for (let k = 0; k < latent; k++) mean[k]! += latents[row * latent + k]!;
  }
  return { mean: mean.map((sum) => sum / Math.max(1, count)), count };
}

function toldBy(
  vector: readonly number[],
  middle: number,
  { latents, labels }: LabelledLatents,
): NonNullable<Direction['told']> {
  const right = { yes: 0, no: 0 };
  const all = { yes: 0, no: 0 };
  for (let row = 0; row < labels.length; row++) {
    const label = labels[row]!;
    if (label === 0) continue;
    const place = vector.reduce((sum, value, k) => sum + value * latents[row * vector.length + k]!, 0);
    const group = label > 0 ? 'yes' : 'no';
    all[group] += 1;
    if (place > middle === label > 0) right[group] += 1;
  }
  const share = (group: 'yes' | 'no'): number => right[group] / Math.max(1, all[group]);
  return {
    accuracy: (share('yes') + share('no')) / 2,
    error: Math.sqrt(0.25 / Math.max(1, all.yes) + 0.25 / Math.max(1, all.no)) / 2,
    with: all.yes,
    without: all.no,
  };
}
