import type { Tone } from '../../charts/seriesStyles.ts';

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

/** Data series: any two differ for every kind of colour vision. */
export const tones = {
  s0: '#5D656E',
  s1: '#3B7DDB',
  s2: '#D4601A',
  s3: '#5A148C',
  s4: '#3F4208',
} as const satisfies Record<Tone, string>;

/** The picture ground as bytes of sRGB. */
export const groundBytes = [0xdf, 0xdf, 0xdf] as const;

/**
 * The system's own face, ending on a name that exists wherever fontconfig does; librsvg takes the first it finds.
 * Chart SVGs are the same bytes everywhere; the pixels of their letters depend on the machine's fonts.
 */
export const fontStack =
  "system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', 'Helvetica Neue', Arial, 'DejaVu Sans', sans-serif";
