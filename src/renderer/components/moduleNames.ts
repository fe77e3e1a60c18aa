import { capitalised } from '../words.ts';

/** What a module's title is made of. */
export interface NamedLike {
  letter: string;
  /** From the masks of the data, or by what changes; several modules may have the same. */
  name: string | null;
  /** By a person. */
  given: string | null;
  /** The one that FluoHair takes for hair. */
  isHair: boolean;
}

/**
 * The title of a module on every page: the name that a person gave, "Hair" for the one that FluoHair takes, and for the
 * others their letter, since masks may give several the same name: "Hair D", "Face C", "Module B".
 */
export function moduleTitle({ letter, name, given, isHair }: NamedLike): string {
  if (given !== null) return given;
  if (isHair) return 'Hair';
  return `${name === null ? 'Module' : capitalised(name)} ${letter}`;
}
