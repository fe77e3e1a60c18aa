import { sourceWords } from '../../../contract/directions.ts';
import type { Direction, DirectionKind, FoundDirections } from '../../../contract/directions.ts';
import { dataNotHere } from '../../../contract/runFiles.ts';
import { takesPictures } from '../../../contract/takesPictures.ts';
import type { MayEncode } from '../../../contract/takesPictures.ts';
import { count, counted, figure, withoutEncoder } from '../../words.ts';

/** The number beside a direction: its share of the variance, or how many pictures it tells right. */
export function numberOf({ share, told }: Direction): string {
  const value = told?.accuracy ?? share ?? 0;
  return `${figure(value * 100, 2)} %`;
}

/** What that number is, in a sentence. */
export function meaningOf(direction: Direction, kind: DirectionKind): string {
  const { told } = direction;
  if (told === null) return `Explains ${numberOf(direction)} of the variance of ${sourceWords(kind)}`;
  return `Tells ${numberOf(direction)} right of ${count(told.with)} with it and ${count(told.without)} without, averaged; 50 % is chance`;
}

/** What stands below the sliders of a kind. */
export function footOf({ kind, count: of, directions, leftOut }: FoundDirections): string {
  if (kind !== 'attributes') {
    return directions.length === 0
      ? `Of ${counted(of, 'seed')} none explains more than chance would.`
      : `What ${sourceWords(kind)} vary along most, over ${counted(of, 'seed')}; the number is the share of the variance.`;
  }
  const told =
    directions.length === 0
      ? 'No attribute is told better than by chance.'
      : `From ${counted(of, 'training picture')}; the number is the balanced accuracy on held-out ones.`;
  return leftOut.length === 0 ? told : `${told} ${counted(leftOut.length, 'attribute')} left out.`;
}

/** Why a model has no directions of attributes; null where they can be looked for. */
export function attributeRefusal(model: MayEncode, folder: string): string | null {
  if (!takesPictures(model))
    return `${withoutEncoder(model)}, so its latents cannot be told from attributes.`;
  return folder === dataNotHere
    ? 'The pictures of this model are not on this computer, so there are no attributes.'
    : null;
}
