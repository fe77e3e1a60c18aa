import type { SavedChart } from '../../contract/analysis.ts';
import type { Marker, Series } from './series.ts';

const markers: Record<Marker, 'circle' | 'square' | 'triangle' | 'diamond'> = {
  circle: 'circle',
  rect: 'square',
  triangle: 'triangle',
  rectRot: 'diamond',
};

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
      .map(({ name, colour, marker, points, overlaid = false, dashed = false, band }) => ({
        name,
        tone: colour,
        marker: markers[marker],
        dash: overlaid || dashed,
        x: points.map(({ x }) => x),
        y: points.map(({ y }) => y),
        ...(band?.length === points.length && {
          low: band.map(({ low }) => low),
          high: band.map(({ high }) => high),
        }),
      })),
  };
}
