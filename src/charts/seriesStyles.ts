import type { Point } from './paths.ts';

/** Names of the series' colours: the theme of the page and that of the files say which they are. `s0` is for baselines. */
export type Tone = 's0' | 's1' | 's2' | 's3' | 's4';
export type Marker = 'circle' | 'square' | 'triangle' | 'diamond' | 'ring' | 'none';

export interface SeriesStyle {
  readonly tone: Tone;
  readonly marker: Marker;
  readonly dash: boolean;
}

/** Series that mean something look the same in every chart. Choose one meaning a chart. */
export const meanings = {
  coarse: { tone: 's1', marker: 'circle', dash: false },
  intermediate: { tone: 's2', marker: 'square', dash: false },
  fine: { tone: 's3', marker: 'triangle', dash: false },
  image: { tone: 's4', marker: 'diamond', dash: false },
  decoder: { tone: 's1', marker: 'circle', dash: false },
  encoder: { tone: 's2', marker: 'square', dash: false },
  spectral: { tone: 's1', marker: 'circle', dash: false },
  plain: { tone: 's2', marker: 'square', dash: true },
  baseline: { tone: 's0', marker: 'ring', dash: false },
} as const satisfies Record<string, SeriesStyle>;

const inOrder = [meanings.coarse, meanings.intermediate, meanings.fine, meanings.image] as const;

/** The style of the series at this place, as far as the series itself says nothing; from the fifth on dashed. */
export function styleOf(series: Partial<SeriesStyle>, place: number): SeriesStyle {
  const usual = inOrder[place % inOrder.length]!;
  return {
    tone: series.tone ?? usual.tone,
    marker: series.marker ?? usual.marker,
    dash: series.dash ?? place >= inOrder.length,
  };
}

/** Pixels, of a marker at the end of a line. */
export const markerRadius = 3.5;

/** The corners of a marker that has some, around (x, y), clockwise from the top left; a circle's radius is `radius` itself. */
export function cornersOf(
  marker: 'square' | 'triangle' | 'diamond',
  x: number,
  y: number,
  radius: number,
): Point[] {
  const r = radius;
  switch (marker) {
    case 'square': {
      const half = r - 0.25;
      return [
        [x - half, y - half],
        [x + half, y - half],
        [x + half, y + half],
        [x - half, y + half],
      ];
    }
    case 'triangle':
      return [
        [x, y - r * 1.2],
        [x + r * 1.15, y + r * 0.9],
        [x - r * 1.15, y + r * 0.9],
      ];
    case 'diamond':
      return [
        [x, y - r * 1.3],
        [x + r * 1.3, y],
        [x, y + r * 1.3],
        [x - r * 1.3, y],
      ];
  }
}
