import { StudioError } from '../../contract/errors.ts';

/**
 * Equation (6), the generic ratio (paper, Section 2.5, Definition 2):
 *
 *   ρ(f1, f2) = φ(D_(f1, f2)) / E_{g ~ Haar(G)} φ(D_(g·f1, f2))
 *
 *   `first` f1     `act` (g, f1) ↦ g·f1     `contrast` f1 ↦ φ(D_(f1, f2)), with f2 inside it
 *   `average` E_{g ~ Haar(G)} of a function of g: over every element of a finite group, or from draws
 *
 * 1 means G-generic. Throws `wrong-usage` where the average of φ is zero or not finite.
 */
export function genericRatio<F, G>(model: {
  first: F;
  act: (g: G, first: F) => F;
  contrast: (first: F) => number;
  average: (value: (g: G) => number) => number;
}): number {
  const average = model.average((g) => model.contrast(model.act(g, model.first)));
  if (!Number.isFinite(average) || average === 0) {
    throw new StudioError(
      'wrong-usage',
      `The contrast averages to ${average} over the group: the generic ratio needs a finite average other than zero.`,
    );
  }
  return model.contrast(model.first) / average;
}
