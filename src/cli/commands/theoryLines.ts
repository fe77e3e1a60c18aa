import { count, exact, fixedTo } from '../../contract/figures.ts';
import type { Fig2Result, Fig3aResult, Fig3bResult, PropositionResult } from '../../contract/theory.ts';

/** The theory's numbers as lines for people. */

/** Four significant digits; what rounding left is 0. */
function rounded(value: number): string {
  return Math.abs(value) < 1e-12 ? '0' : exact(Number(value.toPrecision(4)));
}

function table(rows: readonly (readonly string[])[]): string[] {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows.map((row) =>
    row
      .map((cell, column) => (column === 0 ? cell.padEnd(widths[0]!) : cell.padStart(widths[column]!)))
      .join('   '),
  );
}

export function linesOfFig2({ parameters, rows, curve }: Fig2Result): string[] {
  const here = curve.find(({ g }) => g === parameters.stretch);
  const outside = (isTruth: boolean): string => {
    if (here === undefined || here.outside === null) return 'eyes overlap';
    return rounded(isTruth ? here.outside.true : here.outside.other);
  };
  return [
    `Figure 2, the eye generator: eyes moved from ${parameters.distance} to ${here?.distance ?? 0} pixels (g = ${parameters.stretch} modulo ${parameters.size})`,
    ...table([
      ['', 'error', 'energy outside', 'ratio (8), SDR', 'ratio (6), group'],
      ...rows.map(({ solution, label, ratio, groupRatio }) => [
        label,
        solution === 'true' ? '0' : rounded(here?.error ?? 0),
        outside(solution === 'true'),
        rounded(ratio),
        rounded(groupRatio),
      ]),
    ]),
  ];
}

export function linesOfFig3a({ parameters, endpoints, chains }: Fig3aResult): string[] {
  const point = ([a, b]: readonly [number, number]): string => `(${rounded(a)}, ${rounded(b)})`;
  const flow = table([
    ['gradient flow from', 'ends at', 'closed form', 'a² − b²'],
    ...endpoints.map(({ start, integrated, closedForm, invariant }) => [
      point(start),
      point(integrated),
      point(closedForm),
      rounded(invariant),
    ]),
  ]);
  const stochastic = table([
    [`after ${count(parameters.steps)} steps`, 'mean a', 'mean b', 'mean a² − b²', 'its spread', 'mean ab'],
    ...chains.map(({ variant, final }) => [
      variant,
      ...[final.meanA, final.meanB, final.meanInvariant, final.deviationInvariant, final.meanProduct].map(
        rounded,
      ),
    ]),
  ]);
  return [
    `Figure 3a, descent on |c − ab|² with c = ${exact(parameters.target)}`,
    ...flow,
    ...(chains.length > 0
      ? ['', `${count(parameters.chains)} chains from ${point(parameters.chainStart)}`, ...stochastic]
      : []),
  ];
}

/** Round steps first: they are recorded whatever the number of points. */
const roundSteps: readonly number[] = [0, 1_000, 5_000, 10_000, 20_000, 40_000];

export function linesOfFig3b(result: Fig3bResult): string[] {
  const { parameters, step, ratio, imbalance, extrapolationError, bound, trueRatio } = result;
  const last = step.length - 1;
  const shown = step.flatMap((at, i) => (roundSteps.includes(at) || i === last ? [i] : []));
  return [
    `Figure 3b, SGD of the eye generator in frequencies: N = ${parameters.size}, step size ${exact(parameters.stepSize)}, noise ${exact(parameters.noise)}`,
    ...table([
      ['step', 'SDR', '|log10 of |k1|²/|k2|²|', 'extrapolation error'],
      ...shown.map((i) => [
        count(step[i]!),
        fixedTo(ratio[i]!, 6),
        rounded(imbalance[i]!),
        rounded(extrapolationError[i]!),
      ]),
    ]),
    `SDR of the truth ${fixedTo(trueRatio, 6)}; largest over all solutions ${fixedTo(bound, 6)}`,
  ];
}

export function linesOfProposition(result: PropositionResult): string[] {
  const { proposition, title, statement, source, parameters, checks } = result;
  return [
    `Proposition ${proposition}${source === 'rebuilt' ? ' (appendix, rebuilt)' : ''}: ${title}`,
    statement,
    ...table([
      [`with d = ${parameters.prime}, seed ${parameters.seed}`, 'measured', '', 'expected', ''],
      ...checks.map(({ name, measured, relation, expected, tolerance, holds }) => [
        name,
        rounded(measured),
        relation,
        `${rounded(expected)}${tolerance > 0 ? ` ± ${rounded(tolerance)}` : ''}`,
        holds ? 'holds' : 'FAILS',
      ]),
    ]),
  ];
}

/** One line a proposition. */
export function linesOfAll(propositions: readonly PropositionResult[]): string[] {
  return table([
    ['', '', '', ''],
    ...propositions.map(({ proposition, title, holds, caveat }) => [
      `Proposition ${proposition}  ${title}`,
      holds ? 'holds' : 'FAILS',
      caveat === null ? '' : 'with a caveat',
    ]),
  ]).slice(1);
}
