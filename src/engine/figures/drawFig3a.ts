import { exact, figure } from '../../contract/figures.ts';
import type { Fig3aResult, Trajectory } from '../../contract/theory.ts';
import { movingMean } from '../../charts/movingMean.ts';
import type { SeriesStyle } from '../../charts/seriesStyles.ts';
import { stepOf } from '../../charts/ticks.ts';
import { lineChart } from '../pictures/lineChart.ts';
import { panels } from '../pictures/panels.ts';
import { colours, tones } from '../pictures/tokens.ts';
import { plane } from './plane.ts';
import type { PlaneLabel, PlanePath } from './plane.ts';

type Algorithm = Trajectory['algorithm'];

/** In the order of the legend. The paper draws the flow red, SGD green and ASGD blue; these can be told apart by everyone. */
const styles: Readonly<Record<Algorithm, SeriesStyle & { name: string }>> = {
  flow: { tone: 's1', marker: 'circle', dash: false, name: 'gradient flow (CTGD)' },
  sgd: { tone: 's2', marker: 'square', dash: false, name: 'SGD' },
  asynchronous: { tone: 's3', marker: 'triangle', dash: false, name: 'ASGD, random factor' },
  independent: { tone: 's3', marker: 'diamond', dash: true, name: 'ASGD, a sample each' },
  alternating: { tone: 's4', marker: 'square', dash: true, name: 'ASGD, a then b' },
  'gauss-seidel': { tone: 's4', marker: 'diamond', dash: false, name: 'ASGD, a then b, one sample' },
};

const side = 400;

/** Points to either side that the thick lines average over. */
const neighbours = 10;

/** Figure 3a in the paper's arrangement: paths of the descents in the plane of a and b; beside it what many chains do. */
export function drawFig3a(result: Fig3aResult): string {
  const whole = drawPlane(result);
  return result.chains.length === 0
    ? whole
    : panels([whole, drawChains(result)], 2, { title: 'Figure 3a: where training ends' });
}

function drawPlane(result: Fig3aResult): string {
  const { parameters, trajectories, solutions, endpoints } = result;
  const shown = trajectories.filter(({ algorithm }) => algorithm === 'flow' || algorithm === 'sgd');
  const far = Math.max(...shown.flatMap(({ a, b }) => [...a, ...b]), ...parameters.starts.flat());
  const step = stepOf({ low: 0, high: far }, 5);
  const high = Math.ceil((far * 1.02) / step) * step;
  const used = new Set(trajectories.map(({ algorithm }) => algorithm));
  const order = Object.keys(styles) as Algorithm[];
  const legend = order
    .filter((algorithm) => used.has(algorithm))
    .map((algorithm) => ({ ...styles[algorithm], key: 'line' as const }));
  const invariants = endpoints.map(({ invariant }) => hyperbola(invariant, high));
  const axis = { range: [0, high] as const };
  const paths: PlanePath[] = [
    ...invariants.map((curve) => ({ ...curve, colour: colours.line, width: 1.5 })),
    { x: [0, high], y: [0, high], colour: tones.s0, width: 1, dash: true },
    { x: solutions.a, y: solutions.b, colour: colours.ink, width: 1.75 },
    ...[...order]
      .reverse()
      .flatMap((algorithm) => trajectories.filter((path) => path.algorithm === algorithm).flatMap(pathsOf)),
    ...parameters.starts.map(([a, b]) => ({
      x: [a],
      y: [b],
      colour: colours.ink,
      width: 0,
      start: true,
    })),
  ];
  return plane({
    title: 'Where training ends',
    note: 'Model 2, Figure 3a; thick: means of 21 points',
    side,
    x: { ...axis, label: 'a' },
    y: { ...axis, label: 'b' },
    legend,
    paths,
    labels: labelsOf(parameters.target, high, solutions),
    description: describe(result),
  });
}

/** A path of the flow as it is; of a descent with noise every point, thin, and the mean over its neighbours on top. */
function pathsOf({ algorithm, a, b }: Trajectory): PlanePath[] {
  const { tone, marker, dash } = styles[algorithm];
  const path = { x: a, y: b, colour: tones[tone], dash, end: { marker, tone } };
  if (algorithm === 'flow') return [{ ...path, width: 2.25 }];
  return [
    { x: a, y: b, colour: tones[tone], width: 0.75, opacity: 0.3 },
    { ...path, x: movingMean(a, neighbours), y: movingMean(b, neighbours), width: 1.75 },
  ];
}

/** The curve a² − b² = κ, on which the flow stays, in the square from 0 to `high`. */
function hyperbola(kappa: number, high: number): { x: number[]; y: number[] } {
  const along = Array.from({ length: 81 }, (_, i) => (i / 80) * high);
  const across = along.map((value) => Math.sqrt(value * value + Math.abs(kappa)));
  return kappa >= 0 ? { x: across, y: along } : { x: along, y: across };
}

function labelsOf(target: number, high: number, solutions: { a: number[]; b: number[] }): PlaneLabel[] {
  const place = solutions.a.findIndex((a) => a > 0.86 * high);
  const labels: PlaneLabel[] = [
    { x: 0.92 * high, y: 0.92 * high, content: 'a = b', anchor: 'end', move: [-10, 0] },
  ];
  if (place > 0) {
    const at = { x: solutions.a[place]!, y: solutions.b[place]! };
    labels.push({ ...at, content: `ab = ${exact(target)}`, anchor: 'middle', move: [0, -8] });
  }
  return labels;
}

function drawChains({ parameters, chains, predicted }: Fig3aResult): string {
  const [a, b] = parameters.chainStart;
  const before = a * a - b * b;
  const first = chains[0]?.step ?? [];
  const limit = Math.max(1, Math.abs(before));
  return lineChart({
    title: 'a² − b² on average',
    note: `${parameters.chains.toLocaleString('en')} chains from (${a}, ${b})`,
    series: [
      ...chains.map(({ variant, step, invariant }) => ({ ...styles[variant], x: step, y: invariant })),
      {
        name: 'SGD, predicted',
        tone: 's0' as const,
        marker: 'none' as const,
        dash: true,
        x: first,
        y: first.map((step) => before * Math.exp(-predicted.rate * step)),
      },
    ],
    x: { label: 'step' },
    y: { range: [-limit, limit] },
    names: 'legend',
    width: 440,
    height: side + 100,
  });
}

function describe({ parameters, endpoints, chains }: Fig3aResult): string {
  const ends = endpoints.map(
    ({ start, closedForm }) =>
      `From (${start[0]}, ${start[1]}) the flow ends at (${figure(closedForm[0])}, ${figure(closedForm[1])}).`,
  );
  const means = chains.map(
    ({ variant, final }) =>
      `${styles[variant].name}: mean a² − b² at the end ${figure(final.meanInvariant)}.`,
  );
  return `The plane of a and b with the curve ab = ${exact(parameters.target)}, the line a = b and paths of descent. ${ends.join(' ')} ${means.join(' ')}`;
}
