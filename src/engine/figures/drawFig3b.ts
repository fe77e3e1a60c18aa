import { figure } from '../../contract/figures.ts';
import type { Fig3bResult, SpectralRun } from '../../contract/theory.ts';
import { drawHead, drawLegend, headHeight, margin } from '../pictures/chartFrame.ts';
import { lineChart } from '../pictures/lineChart.ts';
import type { LineSeries } from '../pictures/lineChart.ts';
import { panels } from '../pictures/panels.ts';
import { svgDocument, text } from '../pictures/svg.ts';
import { colours, tones } from '../pictures/tokens.ts';
import { movingMean } from '../../charts/movingMean.ts';
import { layOutPlane, plane } from './plane.ts';
import type { PlaneOptions, PlanePath } from './plane.ts';
import { drawStems } from './stems.ts';

const side = 420;
const leftWidth = 400;

/** Points to either side that the thick lines average over. */
const neighbours = 6;

/**
 * Figure 3b in the paper's arrangement: the final kernels on the left, the paths of several Fourier coefficients on the
 * right; under them the ratio (8) with its bound, and the extrapolation error.
 */
export function drawFig3b(result: Fig3bResult): string {
  const whole = { title: 'Figure 3b: the drift of Fourier coefficients' };
  const options = planeOf(result);
  const { width, height } = layOutPlane(options);
  const upper = panels([drawKernels(result, height), plane(options)], 2, whole);
  return panels([upper, panels([drawRatio(result), drawError(result, width)], 2)], 1, whole);
}

function drawKernels({ kernels, step }: Fig3bResult, height: number): string {
  const last = step[step.length - 1]!;
  const title = { title: 'The kernels', note: 'Example 1 in one dimension' };
  const legend = drawLegend(
    [
      { name: 'true', tone: 's0', marker: 'none', dash: false, key: 'band' },
      {
        name: `after ${last.toLocaleString('en')} steps`,
        tone: 's2',
        marker: 'none',
        dash: false,
        key: 'line',
      },
    ],
    margin,
    headHeight,
    leftWidth - margin,
  );
  const top = headHeight + legend.height + 4;
  const each = (height - top - 12) / 2;
  const frame = (row: number): { x: number; y: number; width: number; height: number } => ({
    x: margin,
    y: top + 20 + row * each,
    width: leftWidth - 2 * margin,
    height: each - 28,
  });
  const kernel = (row: number, name: string, values: number[], behind: number[]): string =>
    text(margin, top + 14 + row * each, name, { colour: colours.ink2 }) +
    drawStems(frame(row), { values, behind, tone: 's2' });
  const content = [
    drawHead(title, leftWidth),
    legend.markup,
    kernel(0, 'positions k₁', middle(kernels.final.k1), middle(kernels.true.k1)),
    kernel(1, 'eye k₂', middle(kernels.final.k2), middle(kernels.true.k2)),
  ];
  const description = `Both kernels as they were and after ${last} steps. Largest value of k1 ${figure(Math.max(...kernels.true.k1))}, then ${figure(Math.max(...kernels.final.k1))}; of k2 ${figure(Math.max(...kernels.true.k2))}, then ${figure(Math.max(...kernels.final.k2))}.`;
  return svgDocument(leftWidth, height, { title: 'The kernels', description }, content.join(''));
}

/** Moves pixel 0 a third of the way in: the kernels begin there, and what grows around them shows on both sides. */
function middle(values: readonly number[]): number[] {
  const by = Math.floor(values.length / 3);
  return values.map((_, pixel) => values[(pixel - by + values.length) % values.length]!);
}

/** Both axes have one length a decade, so that equal powers lie on the diagonal at half a right angle. */
function planeOf({ coefficients, parameters }: Fig3bResult): PlaneOptions {
  const x = decades(coefficients.flatMap(({ first }) => [first[0]!, first.at(-1)!]));
  const y = decades(coefficients.flatMap(({ second }) => [second[0]!, second.at(-1)!]));
  const high = Math.max(x.high, y.high);
  const low = Math.min(x.low, high - 3);
  const from = Math.min(y.low, high - 3);
  const range = (least: number): readonly [number, number] => [10 ** least, 10 ** high];
  const smooth = (powers: readonly number[]): number[] =>
    movingMean(powers.map(Math.log), neighbours).map(Math.exp);
  const paths: PlanePath[] = [
    { x: range(low), y: range(low), colour: tones.s0, width: 1, dash: true },
    ...coefficients.map(({ first, second }) => ({
      x: first,
      y: second,
      colour: tones.s2,
      width: 0.75,
      opacity: 0.3,
    })),
    ...coefficients.map(({ first, second }) => ({
      x: smooth(first),
      y: smooth(second),
      colour: tones.s2,
      width: 1.75,
      start: true,
      end: { marker: 'square' as const, tone: 's2' as const },
    })),
  ];
  return {
    title: 'Fourier coefficients',
    note: `Figure 3b, N = ${parameters.size}; thick: means of ${2 * neighbours + 1} points`,
    side,
    upright: Math.round((side * (high - from)) / (high - low)),
    x: { scale: 'log', range: range(low), label: '|k̂₁(u)|²' },
    y: { scale: 'log', range: range(from), label: '|k̂₂(u)|²' },
    legend: [
      { name: 'u, from the ring to the square', tone: 's2', marker: 'square', dash: false, key: 'line' },
      { name: 'equal powers', tone: 's0', marker: 'none', dash: true, key: 'line' },
    ],
    paths,
    labels: [],
    threads: coefficients.map(({ frequency, first, second }) => ({
      x: first[0]!,
      y: second[0]!,
      content: String(frequency),
    })),
    description: describePlane(coefficients),
  };
}

/** Exponents of ten around values above zero. */
function decades(values: readonly number[]): { low: number; high: number } {
  const logs = values.filter((value) => value > 0).map(Math.log10);
  return { low: Math.floor(Math.min(...logs) + 1e-9), high: Math.ceil(Math.max(...logs) - 1e-9) };
}

function describePlane(coefficients: Fig3bResult['coefficients']): string {
  const told = coefficients.map(
    ({ frequency, first, second }) =>
      `u = ${frequency}: from (${figure(first[0]!)}, ${figure(second[0]!)}) to (${figure(first.at(-1)!)}, ${figure(second.at(-1)!)}).`,
  );
  return `Power of ${coefficients.length} Fourier coefficients of both kernels during training, on logarithmic axes. ${told.join(' ')}`;
}

function drawRatio({ step, ratio, bound }: Fig3bResult): string {
  return lineChart({
    title: 'Ratio (8) of the two kernels, SDR',
    series: [{ name: 'SDR', x: step, y: ratio, tone: 's2', marker: 'square', dash: false }],
    references: [
      { axis: 'y', value: bound, label: `largest of all solutions ${figure(bound)}` },
      { axis: 'y', value: 1, label: 'independent' },
    ],
    x: { label: 'step' },
    width: leftWidth,
    height: 240,
  });
}

function drawError({ step, extrapolationError }: Fig3bResult, width: number): string {
  return lineChart({
    title: 'Extrapolation error',
    note: 'mean over the stretches, relative',
    series: [{ name: 'error', x: step, y: extrapolationError, tone: 's3', marker: 'triangle', dash: false }],
    x: { label: 'step' },
    y: { range: [0, 1.05 * Math.max(1e-3, ...extrapolationError)] },
    width,
    height: 240,
  });
}

/** What the step of equation (13) does to the ratio and, which is another matter, to extrapolation. */
export function drawSpectral(runs: readonly SpectralRun[]): string {
  const tonesInOrder = [
    { tone: 's2', marker: 'square', dash: false },
    { tone: 's1', marker: 'circle', dash: false },
    { tone: 's2', marker: 'none', dash: true },
    { tone: 's3', marker: 'triangle', dash: false },
    { tone: 's0', marker: 'ring', dash: false },
  ] as const;
  const series = (values: (run: SpectralRun) => number[]): LineSeries[] =>
    runs.map((run, i) => ({ ...tonesInOrder[i % 5]!, name: run.name, x: run.step, y: values(run) }));
  const common = { x: { label: 'step' }, names: 'legend' as const, width: 470, height: 360 };
  const ratio = lineChart({
    ...common,
    title: 'Ratio (8), SDR',
    series: series((run) => run.ratio),
    references: [{ axis: 'y', value: 1, label: 'independent' }],
  });
  const error = lineChart({
    ...common,
    title: 'Extrapolation error',
    note: 'relative',
    series: series((run) => run.extrapolationError),
  });
  return panels([ratio, error], 2, { title: 'What equation (13) protects' });
}
