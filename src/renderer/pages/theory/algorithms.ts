import type { DescentVariant } from '../../../contract/theory.ts';
import type { Mark } from './Plane.tsx';
import type { Asynchronous } from './useTheoryAddress.ts';

export type Algorithm = 'flow' | DescentVariant;

/** Flow, SGD and asynchronous SGD look the same in every picture of the Studio. */
export function styleOf(algorithm: Algorithm): { colour: string; mark: Mark } {
  switch (algorithm) {
    case 'flow':
      return { colour: 'var(--s1)', mark: 'circle' };
    case 'sgd':
      return { colour: 'var(--s2)', mark: 'square' };
    case 'asynchronous':
    case 'independent':
    case 'alternating':
    case 'gauss-seidel':
      return { colour: 'var(--s3)', mark: 'triangle' };
  }
}

/** The paper's main text does not define its asynchronous SGD; these are our choices. */
export const asynchronousWords: Readonly<Record<Asynchronous, { label: string; words: string }>> = {
  asynchronous: { label: 'A random factor', words: 'wanders along ab = 1' },
  independent: { label: 'A sample each', words: 'wanders along ab = 1' },
  alternating: { label: 'a, then b', words: 'wanders along ab = 1' },
  'gauss-seidel': { label: 'a, then b, one sample', words: 'drifts away from a = b' },
};
