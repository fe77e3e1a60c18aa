import { exact, figure, percent } from '../../contract/figures.ts';
import type { Fig2Result, Fig3aResult, PropositionResult } from '../../contract/theory.ts';
import { differenceText, roundingText } from './numbers.ts';

/** What the numbers of a figure say, in plain words: what the paper claims, and what it does not. */

export function findingsOfFig2(result: Fig2Result): string[] {
  const { parameters, rows, curve, trainedDifference, meanError, meanOutside } = result;
  const [truth, other] = rows;
  const here = curve.find(({ g }) => g === parameters.stretch);
  if (truth === undefined || other === undefined || here === undefined) return [];
  return [
    `Trained, both solutions make the same X: they differ by ${differenceText(trainedDifference)}.`,
    `With the eyes moved from ${parameters.distance} to ${here.distance} pixels, the true parameters show two whole eyes; the other solution is off by ${roundingText(here.error)} (squared error relative to the true picture). Over all stretches the mean is ${roundingText(meanError)}, and ${percent(meanOutside.other)} of its energy lies outside the eyes.`,
    `The ratio (8) is ${figure(truth.ratio)} for the truth and ${figure(other.ratio)} for the other solution; the generic ratio over the enumerated group (6) is ${figure(truth.groupRatio)} and ${figure(other.groupRatio)}.${caveatOfRatios(parameters)}`,
  ];
}

function caveatOfRatios({ dimension, stride }: Fig2Result['parameters']): string {
  if (stride === 2) return '';
  return dimension === 1
    ? ' The truth is generic only as the axis grows: with eyes of width w it has about 1 − w/N.'
    : ' In two dimensions the two ratios need not agree: the stretch is horizontal alone, and some stretches let the eyes overlap.';
}

export function findingsOfFig3a({ parameters, endpoints, chains, predicted }: Fig3aResult): string[] {
  const distance = Math.max(
    ...endpoints.map(({ closedForm, integrated }) =>
      Math.hypot(closedForm[0] - integrated[0], closedForm[1] - integrated[1]),
    ),
  );
  const flow = `The gradient flow keeps a² − b²: where it ends on ab = ${exact(parameters.target)} depends on the start, and it agrees with the closed form to ${differenceText(distance)}.`;
  const [a, b] = parameters.chainStart;
  const before = a * a - b * b;
  const told = chains.map(({ variant, label, final, rate }) => {
    const mean = `From (${exact(a)}, ${exact(b)}) over ${exact(parameters.steps)} steps its mean a² − b² goes from ${figure(before)} to ${figure(final.meanInvariant)}, with a spread of ${figure(final.deviationInvariant)}`;
    if (variant === 'sgd') {
      const rated =
        rate === null
          ? ''
          : `: it loses ${figure(rate)} of itself a step (predicted ${figure(predicted.rate)})`;
      return `${label}. ${mean}${rated}. ${Math.abs(final.meanInvariant) < 0.1 * Math.abs(before) ? 'Noise has erased what told the factors apart: the chains have gathered near a = b.' : 'The chains are on their way to a = b.'} The mean of ab is ${figure(final.meanProduct)} (predicted ${figure(predicted.meanProduct)}).`;
    }
    return `${label}. ${mean}: ${driftWords(before, final)}`;
  });
  const open = chains.some(({ variant }) => variant !== 'sgd')
    ? [
        'The paper’s main text does not say which asynchronous descent it means. The variants here are our choice, and they differ: the drift belongs to the algorithm.',
      ]
    : [];
  return [flow, ...told, ...open];
}

function driftWords(
  before: number,
  { meanInvariant, deviationInvariant }: Fig3aResult['chains'][number]['final'],
): string {
  if (Math.abs(meanInvariant) > Math.abs(before) && Math.abs(meanInvariant) > 2 * deviationInvariant)
    return 'it drifts along the curve, away from a = b.';
  return deviationInvariant > 2 * Math.abs(meanInvariant)
    ? 'the chains spread along the curve and do not gather.'
    : 'it has not arrived yet.';
}

export function findingsOfProposition({ proposition, holds, caveat, checks }: PropositionResult): string[] {
  const failed = checks.filter((check) => !check.holds).length;
  const verdict = holds ? 'holds in every check' : `fails in ${failed} of ${checks.length} checks`;
  return [`Proposition ${proposition} ${verdict}.${caveat === null ? '' : ` ${caveat}`}`];
}
