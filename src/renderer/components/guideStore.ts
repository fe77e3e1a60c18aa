import { Held } from './held.ts';

/** Where the user guide is open: a heading by the name a link gives it (`the-stretch-bench`); null while it is closed. */
export const guidePlace = new Held<string | null>(null);
