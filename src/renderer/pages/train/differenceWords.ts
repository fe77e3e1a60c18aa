import { dataNotHere } from '../../../contract/runFiles.ts';
import type { Difference } from '../../../contract/runDifferences.ts';
import { nameOf } from '../../words.ts';

export interface DifferenceWords {
  name: string;
  before: string;
  after: string;
  /** ", and 3 more", or nothing. */
  more: string;
  /** All of them, a line each. */
  whole: string;
}

/** What differs between two runs, for a cell of a table: the first of it, and how much more. Null where nothing does. */
export function differenceWords(differences: readonly Difference[]): DifferenceWords | null {
  const [first, ...rest] = differences;
  if (first === undefined) return null;
  const [before, after] = shortened(first);
  return {
    name: first.name,
    ...{ before, after },
    more: rest.length === 0 ? '' : `, and ${rest.length} more`,
    whole: differences
      .map((one) => `${one.name}: ${valueWords(one.name, one.before)} → ${valueWords(one.name, one.after)}`)
      .join('\n'),
  };
}

/** Of two folders their names, where these tell them apart. */
function shortened({ name, before, after }: Difference): [string, string] {
  const names: [string, string] = [nameOf(before), nameOf(after)];
  const [one, other] = names[0] === names[1] ? [before, after] : names;
  return [valueWords(name, one), valueWords(name, other)];
}

/** A model that came without its pictures names no folder. */
function valueWords(name: string, value: string): string {
  return name === 'data' && value === dataNotHere ? 'not on this computer' : value;
}
