import { StudioError } from '../../contract/errors.ts';
import type { Group } from '../math/haar.ts';
import { haarAverage, haarSample } from '../math/haar.ts';
import { createRandom } from '../math/random.ts';

/** How the Haar average of a group is taken: over every element, or from draws. */
export type Averaging =
  | { readonly by: 'enumeration' }
  | { readonly by: 'sampling'; readonly samples: number; readonly seed: number };

/**
 * Equation (6), the generic ratio (paper, Section 2.5, Definition 2):
 *
 *   ρ(f1, f2) = φ(D_(f1, f2)) / E_{g ~ Haar(G)} φ(D_(g·f1, f2))
 *
 *   `first` f1     `act` (g, f1) ↦ g·f1     `contrast` f1 ↦ φ(D_(f1, f2)), with f2 inside it     `group` G
 *
 * 1 means G-generic. Throws `wrong-usage` where the average of φ is zero or not finite, and where a group that cannot be
 * enumerated is to be.
 */
export function genericRatio<F, G>(
  model: { first: F; act: (g: G, first: F) => F; contrast: (first: F) => number; group: Group<G> },
  averaging: Averaging = { by: 'enumeration' },
): number {
  const average = averageContrast(model, averaging);
  if (!Number.isFinite(average) || average === 0) {
    throw new StudioError(
      'wrong-usage',
      `The contrast averages to ${average} over the group: the generic ratio needs a finite average other than zero.`,
    );
  }
  return model.contrast(model.first) / average;
}

function averageContrast<F, G>(
  model: { first: F; act: (g: G, first: F) => F; contrast: (first: F) => number; group: Group<G> },
  averaging: Averaging,
): number {
  const value = (g: G): number => model.contrast(model.act(g, model.first));
  if (averaging.by === 'sampling') {
    if (!Number.isInteger(averaging.samples) || averaging.samples < 1) {
      throw new StudioError(
        'wrong-usage',
        `${averaging.samples} draws from the group are too few: ask for at least 1.`,
      );
    }
    return haarSample(model.group, value, averaging.samples, createRandom(averaging.seed));
  }
  if (model.group.kind === 'compact') {
    throw new StudioError(
      'wrong-usage',
      'This group has no list of elements to average over: ask for a number of draws instead.',
    );
  }
  return haarAverage(model.group.elements, value);
}
