import type { SavedChart } from '../../../contract/analysis.ts';
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

/** Other runs behind, the run itself last and in front. */
export function lossSeries({ own, overlays }: DrawnRuns, value: string): Series[] {
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

/** A line a level; of other runs the fine one, in the colour of the run as all charts and the key have it. */
export function levelSeries<L extends Level>(
  { own, overlays }: DrawnRuns,
  names: readonly L[],
  valueOf: (level: L) => string,
): Series[] {
  const seriesStyles: Record<Level, Pick<Series, 'tone' | 'marker'>> = meanings;
  return names.flatMap((level) => [
    ...overlays
      .filter(() => level === 'fine')
      .map((overlay, index) => ({
        name: `fine, ${overlay.name}`.slice(0, 22),
        ...seriesStyles[level],
        tone: overlayColours[index]!,
        points: pointsOf(overlay.metrics, valueOf(level)),
        overlaid: true,
      })),
    { name: level, ...seriesStyles[level], points: pointsOf(own.metrics, valueOf(level)) },
  ]);
}

/** All charts of the panel for a file; those without a point are left out. */
export function savedCharts(kind: ModelKind, runs: DrawnRuns): SavedChart[] {
  return [
    ...miniCharts[kind].map(({ title, value }) => savedChart({ title }, lossSeries(runs, value))),
    savedChart(
      { title: 'SDR, median of a level', note: '1 = independent' },
      levelSeries(runs, levels, (level) => `sdr.${level}.median`),
    ),
    savedChart(
      { title: 'Stretching error at × 1.5', note: 'MSE' },
      levelSeries(runs, hiddenLevels, (level) => `stretching.${level}`),
      { isLogY: true },
    ),
  ].filter(({ series }) => series.length > 0);
}

/** Whether a logarithmic axis has a place for any of it: 0 has none. */
export function isAboveZero(series: readonly Series[]): boolean {
  return series.some(({ points }) => points.some(({ y }) => y > 0));
}
