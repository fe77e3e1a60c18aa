import type { TheoryAllResult } from '../../contract/theory.ts';
import { fig2 } from './fig2.ts';
import { fig3a } from './fig3a.ts';
import { fig3b } from './fig3b.ts';
import { proposition, propositionCount } from './propositions.ts';

/** Every toy figure and proposition with the default options and one seed. */
export function theoryAll(seed = 1): TheoryAllResult {
  return {
    fig2: fig2({ seed }),
    fig3a: fig3a({ seed }),
    fig3b: fig3b({ seed }),
    propositions: Array.from({ length: propositionCount }, (_, i) => proposition({ number: i + 1, seed })),
  };
}
