import type { PropositionCheck } from '../../contract/theory.ts';

/** The measured number must lie within `tolerance` of the expected one. */
export function equals(
  name: string,
  measured: number,
  expected: number,
  tolerance: number,
): PropositionCheck {
  return {
    name,
    measured,
    expected,
    relation: 'equals',
    tolerance,
    holds: Math.abs(measured - expected) <= tolerance,
  };
}

export function atMost(name: string, measured: number, expected: number, tolerance = 0): PropositionCheck {
  return {
    name,
    measured,
    expected,
    relation: 'at most',
    tolerance,
    holds: measured <= expected + tolerance,
  };
}

export function atLeast(name: string, measured: number, expected: number, tolerance = 0): PropositionCheck {
  return {
    name,
    measured,
    expected,
    relation: 'at least',
    tolerance,
    holds: measured >= expected - tolerance,
  };
}

/** What is said and measured of a proposition, before its number and its parameters are added. */
export interface PropositionEvidence {
  readonly title: string;
  readonly statement: string;
  readonly source: 'paper' | 'rebuilt';
  readonly caveat: string | null;
  readonly checks: PropositionCheck[];
}
