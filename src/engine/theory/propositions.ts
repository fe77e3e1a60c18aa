import { StudioError } from '../../contract/errors.ts';
import type { PropositionResult } from '../../contract/theory.ts';
import { propositionParametersSchema } from '../../contract/theory.ts';
import { proposition3, proposition4, proposition5, proposition6 } from './genericityPropositions.ts';
import { proposition8, proposition9 } from './learningPropositions.ts';
import { readParameters, requirePrime } from './parameters.ts';
import type { PropositionEvidence } from './propositionCheck.ts';
import { proposition1, proposition2, proposition7 } from './solutionSetPropositions.ts';

interface Test {
  readonly prime: number;
  /** The comparison of classes grows with the cube of the prime. */
  readonly largestPrime: number;
  readonly run: (prime: number, seed: number) => PropositionEvidence;
}

/** In the order of their numbers. */
const tests: readonly Test[] = [
  { prime: 31, largestPrime: 2003, run: proposition1 },
  { prime: 7, largestPrime: 211, run: proposition2 },
  { prime: 31, largestPrime: 509, run: proposition3 },
  { prime: 31, largestPrime: 509, run: proposition4 },
  { prime: 31, largestPrime: 2003, run: proposition5 },
  { prime: 100_003, largestPrime: 200_003, run: proposition6 },
  { prime: 7, largestPrime: 211, run: proposition7 },
  { prime: 5, largestPrime: 5, run: proposition8 },
  { prime: 5, largestPrime: 5, run: (_, seed) => proposition9(seed) },
];

/**
 * Tests a proposition of the paper by numbers: what it says, what was measured against what it predicts, and where it needs
 * more than it says. Propositions 8 and 9 are about one coordinate and take no prime.
 * Throws `wrong-usage` for a number other than 1 to 9, or a prime that is none or too large.
 */
export function proposition(asked: unknown): PropositionResult {
  const parameters = readParameters(propositionParametersSchema, asked, 'The proposition');
  const test = tests[parameters.number - 1]!;
  const prime = parameters.prime ?? test.prime;
  requirePrime(prime, 'd');
  if (prime > test.largestPrime) {
    throw new StudioError(
      'wrong-usage',
      test.largestPrime === test.prime
        ? `Proposition ${parameters.number} is about one coordinate and has no d to choose: leave it out.`
        : `d is ${prime}: the test of Proposition ${parameters.number} compares whole classes and takes a prime up to ${test.largestPrime}.`,
    );
  }
  const evidence = test.run(prime, parameters.seed);
  return {
    proposition: parameters.number,
    ...evidence,
    parameters: { ...parameters, prime },
    holds: evidence.checks.every((check) => check.holds),
  };
}

/** How many propositions the paper has. */
export const propositionCount = tests.length;
