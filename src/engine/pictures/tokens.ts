/** The colours of the product's light theme; pictures and charts that leave the program are always light. */
export const colours = {
  panel: '#FFFFFF',
  ground: '#DFDFDF',
  sunken: '#E7E9EB',
  line: '#D6D9DD',
  strong: '#828A93',
  ink: '#14171A',
  ink2: '#434A52',
  ink3: '#5D656E',
  accent: '#0B6670',
} as const;

/** Data series: any two differ for every kind of colour vision; `s0` is for baselines. */
export const tones = {
  s0: '#5D656E',
  s1: '#3B7DDB',
  s2: '#D4601A',
  s3: '#5A148C',
  s4: '#3F4208',
} as const;

export type Tone = keyof typeof tones;
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
  const defaults = inOrder[place % inOrder.length]!;
  return {
    tone: series.tone ?? defaults.tone,
    marker: series.marker ?? defaults.marker,
    dash: series.dash ?? place >= inOrder.length,
  };
}

/** The picture ground as bytes of sRGB. */
export const groundBytes = [0xdf, 0xdf, 0xdf] as const;

/**
 * The system's own face, ending on a name that exists wherever fontconfig does; librsvg takes the first it finds.
 * Chart SVGs are the same bytes everywhere; the pixels of their letters depend on the machine's fonts.
 */
export const fontStack =
  "system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', 'Helvetica Neue', Arial, 'DejaVu Sans', sans-serif";
