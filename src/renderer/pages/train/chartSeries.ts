import type { SavedChart } from '../../../contract/analysis.ts';
import { exponentialMean } from '../../../charts/exponentialMean.ts';
import { meanings } from '../../../charts/seriesStyles.ts';
import type { Tone } from '../../../charts/seriesStyles.ts';
import type { ModelKind } from '../../../contract/hyperParameters.ts';
import { hiddenLevels, levels } from '../../../contract/levels.ts';
import type { Level } from '../../../contract/levels.ts';
import type { MetricsLine } from '../../../contract/runFiles.ts';
import { savedChart } from '../../charts/savedChart.ts';
import type { Point, Series } from '../../charts/series.ts';
import { miniCharts } from './minis.ts';

/** A run as charts draw it. */
export interface Drawn {
  name: string;
  metrics: readonly MetricsLine[];
}

/** Colours of overlaid runs, in the order they were ticked; the run itself is s1. */
export const overlayColours: readonly Tone[] = ['s2', 's3', 's4'];

export interface DrawnRuns {
  own: Drawn;
  overlays: readonly Drawn[];
}

/**
 * What a run wrote down. Untrained pictures are all alike, stretched or not, and their tiny error would press all others
 * flat: it is drawn only where there is no other, as the table shows it then, too.
 */
export function pointsOf(metrics: readonly MetricsLine[], value: string): Point[] {
  const points = metrics.flatMap(({ step, values }) => {
    const y = values[value];
    return y === undefined ? [] : [{ x: step, y }];
  });
  const trained = points.filter(({ x }) => x > 0);
  return value.startsWith('stretching.') && trained.length > 0 ? trained : points;
}

/** Other runs behind, the run itself last and in front; where they are smoothed, what was measured is faint behind them all. */
export function lossSeries(runs: DrawnRuns, value: string, smoothing = 0): Series[] {
  const lines = rawSeries(runs, value);
  if (smoothing === 0) return lines;
  return [
    ...lines.map((line) => ({ ...line, faint: true })),
    ...lines.map((line) => smoothed(line, smoothing)),
  ];
}

function smoothed(line: Series, weight: number): Series {
  const means = exponentialMean(
    line.points.map(({ y }) => y),
    weight,
  );
  return { ...line, points: line.points.map(({ x }, index) => ({ x, y: means[index]! })) };
}

function rawSeries({ own, overlays }: DrawnRuns, value: string): Series[] {
  return [
    ...overlays.map((overlay, index) => ({
      name: overlay.name,
      tone: overlayColours[index]!,
      marker: 'circle' as const,
      points: pointsOf(overlay.metrics, value),
      overlaid: true,
    })),
    { name: own.name, tone: 's1', marker: 'circle', points: pointsOf(own.metrics, value) },
  ];
}

/** A line a level of one run; of several runs a line a run, of one level, in the colours that all charts and the key have. */
export function levelSeries<L extends Level>(
  { own, overlays }: DrawnRuns,
  names: readonly L[],
  valueOf: (level: L) => string,
  level: Level = 'fine',
): Series[] {
  const seriesStyles: Record<Level, Pick<Series, 'tone' | 'marker'>> = meanings;
  if (overlays.length > 0) {
    const one = names.find((name) => name === level) ?? names.find((name) => name === 'fine');
    const lines = one === undefined ? [] : rawSeries({ own, overlays }, valueOf(one));
    return lines.map((line) => ({ ...line, name: line.name.slice(0, 22) }));
  }
  return names.map((name) => ({
    name,
    ...seriesStyles[name],
    points: pointsOf(own.metrics, valueOf(name)),
  }));
}

/** All charts of the panel for a file; those without a point are left out. */
export function savedCharts(kind: ModelKind, runs: DrawnRuns, level: Level = 'fine'): SavedChart[] {
  return [
    ...miniCharts[kind].map(({ title, value }) => savedChart({ title }, lossSeries(runs, value))),
    savedChart(
      { title: 'SDR, median of a level', note: '1 = independent' },
      levelSeries(runs, levels, (each) => `sdr.${each}.median`, level),
    ),
    savedChart(
      { title: 'Stretching error at × 1.5', note: 'MSE' },
      levelSeries(runs, hiddenLevels, (each) => `stretching.${each}`, level),
      { isLogY: true },
    ),
  ].filter(({ series }) => series.length > 0);
}

/** Whether a logarithmic axis has a place for any of it: 0 has none. */
export function isAboveZero(series: readonly Series[]): boolean {
  return series.some(({ points }) => points.some(({ y }) => y > 0));
}
