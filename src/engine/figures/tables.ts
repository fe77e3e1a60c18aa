import { figure } from '../../contract/figures.ts';
import type {
  Fig2Result,
  Fig3aResult,
  Fig3bResult,
  PropositionResult,
  SpectralRun,
} from '../../contract/theory.ts';
import { csv } from '../pictures/csv.ts';
import type { CsvValue } from '../pictures/csv.ts';

type Row = Record<string, CsvValue>;

/** A row a stretch. */
export function tableOfFig2({ curve }: Fig2Result): string {
  return csv(
    curve.map(({ g, distance, error, outside }): Row => ({
      g,
      distance,
      error,
      outsideTrue: outside?.true,
      outsideOther: outside?.other,
    })),
  );
}

/** A row a point of a path. */
export function tableOfFig3a({ trajectories }: Fig3aResult): string {
  return csv(
    trajectories.flatMap(({ algorithm, start, step, a, b }) =>
      step.map((at, i): Row => ({
        algorithm,
        startA: start[0],
        startB: start[1],
        step: at,
        a: a[i]!,
        b: b[i]!,
      })),
    ),
  );
}

/** A row a step that was recorded of the chains: their means. */
export function tableOfChains({ chains }: Fig3aResult): string {
  return csv(
    chains.flatMap(({ variant, step, invariant, product }) =>
      step.map((at, i): Row => ({
        variant,
        step: at,
        meanInvariant: invariant[i]!,
        meanProduct: product[i]!,
      })),
    ),
  );
}

/** A row a step: ratio, errors, and the power of the coefficients that are followed. */
export function tableOfFig3b(result: Fig3bResult): string {
  const { step, ratio, imbalance, extrapolationError, loss, coefficients } = result;
  return csv(
    step.map((at, i): Row => {
      const powers = coefficients.flatMap(({ frequency, first, second }): [string, number][] => [
        [`k1Power${frequency}`, first[i]!],
        [`k2Power${frequency}`, second[i]!],
      ]);
      return {
        step: at,
        ratio: ratio[i]!,
        imbalance: imbalance[i]!,
        extrapolationError: extrapolationError[i]!,
        loss: loss[i]!,
        ...Object.fromEntries(powers),
      };
    }),
  );
}

/** A row a pixel. */
export function tableOfKernels({ kernels }: Fig3bResult): string {
  return csv(
    kernels.true.k1.map((value, pixel): Row => ({
      pixel,
      trueK1: value,
      trueK2: kernels.true.k2[pixel]!,
      initialK1: kernels.initial.k1[pixel]!,
      initialK2: kernels.initial.k2[pixel]!,
      finalK1: kernels.final.k1[pixel]!,
      finalK2: kernels.final.k2[pixel]!,
    })),
  );
}

/** A row a recorded step of each training. */
export function tableOfSpectral(runs: readonly SpectralRun[]): string {
  return csv(
    runs.flatMap(({ name, start, spectral, step, ratio, extrapolationError }) =>
      step.map((at, i): Row => ({
        training: name,
        start,
        spectral,
        step: at,
        ratio: ratio[i]!,
        extrapolationError: extrapolationError[i]!,
      })),
    ),
  );
}

/** A row a check. */
export function tableOfPropositions(results: readonly PropositionResult[]): string {
  return csv(
    results.flatMap(({ proposition, source, parameters, checks }) =>
      checks.map(({ name, measured, relation, expected, tolerance, holds }): Row => ({
        proposition,
        source,
        prime: parameters.prime,
        seed: parameters.seed,
        check: name,
        measured,
        relation,
        expected,
        tolerance,
        holds,
      })),
    ),
  );
}

/** The propositions for people: verdict and caveat of each, then its checks. Markdown. */
export function pageOfPropositions(results: readonly PropositionResult[]): string {
  const cell = (text: string): string => text.replaceAll('|', '\\|');
  const verdict = (holds: boolean): string => (holds ? 'holds' : 'FAILS');
  const overview = results.map(
    ({ proposition, title, source, holds, caveat }) =>
      `| ${proposition}${source === 'rebuilt' ? ' (rebuilt)' : ''} | ${cell(title)} | ${verdict(holds)} | ${cell(caveat ?? '')} |`,
  );
  const details = results.flatMap(({ proposition, statement, parameters, checks }) => [
    `\n## Proposition ${proposition}\n`,
    `${statement} Tested with d = ${parameters.prime}, seed ${parameters.seed}.\n`,
    '| Check | Measured | | Expected | Verdict |',
    '|---|---|---|---|---|',
    ...checks.map(
      ({ name, measured, relation, expected, tolerance, holds }) =>
        `| ${cell(name)} | ${figure(measured)} | ${relation} | ${figure(expected)}${tolerance > 0 ? ` ± ${figure(tolerance)}` : ''} | ${verdict(holds)} |`,
    ),
  ]);
  const head = [
    '# The propositions, by numbers\n',
    'A check is evidence, not a proof. "Rebuilt": the statement is in an appendix that was not available.\n',
    '| Proposition | What it says | Verdict | Caveat |',
    '|---|---|---|---|',
  ];
  return `${[...head, ...overview, ...details].join('\n')}\n`;
}
