import type { SavedChart } from '../../contract/analysis.ts';
import type { Series } from './series.ts';

/** A chart of the page as the engine draws it for a file. Lines without a point are left out. */
export function savedChart(
  words: { title: string; note?: string },
  series: readonly Series[],
  scales: { isLogX?: boolean; isLogY?: boolean } = {},
): SavedChart {
  return {
    ...words,
    ...scales,
    series: series
      .filter(({ points }) => points.length > 0)
      .map(({ name, tone, marker, points, overlaid = false, dash = false, band }) => ({
        ...{ name, tone, marker },
        dash: overlaid || dash,
        x: points.map(({ x }) => x),
        y: points.map(({ y }) => y),
        ...(band?.length === points.length && {
          low: band.map(({ low }) => low),
          high: band.map(({ high }) => high),
        }),
      })),
  };
}
