import type { PropositionCheck, PropositionResult } from '../../../contract/theory.ts';

/** What one line of the table says of a proposition: the check that says most, and what it was computed with. */
export interface Headline {
  words: string;
  with: string;
  check: PropositionCheck;
}

const words: readonly string[] = [
  'Every solution comes from an operation between the layers',
  'Extrapolating like the truth means being the truth, up to a factor',
  'Equivalent solutions are generic',
  'The generic ratio of the power is the SDR',
  'The generic ratio of Model 2 is that of a² and b²',
  'What SGD converges to is not generic',
  'Proposition 2 for Model 2',
  'Gradient flow keeps a² − b²',
  'SGD shrinks a² − b² by 4η²σ² a step',
];

/** Which check stands in the table; a part of its name. */
const headlines: readonly string[] = [
  'any other solution',
  'ω̂ random',
  'S-equivalent solution',
  'Haar average',
  'over its enumeration',
  'balanced solution',
  'a factor for each',
  'largest change',
  'decay of the mean',
];

const withWords: readonly string[] = [
  'random kernels, d = 31',
  'classes over all stretches, d = 7',
  'k₂ one pixel, φ the power, d = 31',
  'all 30 stretches, d = 31',
  'all 30 stretches, d = 31',
  '',
  'classes over all stretches, d = 7',
  '6 starts, Runge and Kutta, step 0.005',
  '2,000 chains, 15,000 steps',
];

/** Distributions that proposition 6 was tested with, in the order of its checks. */
export function lawsOf({ checks }: PropositionResult): string[] {
  return checks.flatMap(({ name }) => {
    const [law = '', rest] = name.split(': ');
    return rest?.includes('balanced solution') === true ? [law] : [];
  });
}

/** The check of a proposition that stands in the table. `law` chooses among those of proposition 6. */
export function headlineOf(result: PropositionResult, law: string | null): Headline | undefined {
  const place = result.proposition - 1;
  const part = headlines[place] ?? '';
  const found = result.checks.filter(({ name }) => name.includes(part));
  const check = found.find(({ name }) => law !== null && name.startsWith(`${law}: `)) ?? found[0];
  return check && { words: words[place] ?? result.title, with: withWords[place] ?? '', check };
}
