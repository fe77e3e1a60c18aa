import { element, svgDocument } from './svg.ts';

export interface PanelOptions {
  readonly title?: string;
  /** Pixels between panels. Default 8. */
  readonly gap?: number;
}

const root = /^<svg xmlns="[^"]*" width="([\d.]+)" height="([\d.]+)"/;
const words = /^<svg[^>]*><title>([^<]*)<\/title>/;

/**
 * Charts side by side, row by row, each as it is; a column is as wide as its widest, a row as high as its highest.
 * Takes SVGs that this folder made; any other is refused with a RangeError.
 */
export function panels(svgs: readonly string[], columns: number, options: PanelOptions = {}): string {
  if (svgs.length === 0 || !Number.isInteger(columns) || columns < 1)
    throw new RangeError('panels: nothing to show');
  const { gap = 8 } = options;
  const charts = svgs.map((svg) => {
    const [, width, height] = root.exec(svg) ?? [];
    if (width === undefined || height === undefined)
      throw new RangeError('panels: not a chart of this program');
    return { svg, width: Number(width), height: Number(height) };
  });
  const rowCount = Math.ceil(charts.length / columns);
  const widths = Array.from({ length: Math.min(columns, charts.length) }, (_, column) =>
    Math.max(...charts.filter((_chart, i) => i % columns === column).map(({ width }) => width)),
  );
  const heights = Array.from({ length: rowCount }, (_, row) =>
    Math.max(...charts.filter((_chart, i) => Math.floor(i / columns) === row).map(({ height }) => height)),
  );
  const before = (sizes: readonly number[], place: number): number =>
    sizes.slice(0, place).reduce((sum, size) => sum + size + gap, 0);
  const content = charts.map(({ svg }, i) => {
    const x = before(widths, i % columns);
    const y = before(heights, Math.floor(i / columns));
    return element('g', { transform: `translate(${x} ${y})` }, svg);
  });
  const titles = svgs.map((svg) => words.exec(svg)?.[1] ?? '').join('; ');
  const whole = svgDocument(
    before(widths, widths.length) - gap,
    before(heights, rowCount) - gap,
    { title: options.title ?? `${svgs.length} charts`, description: '' },
    content.join(''),
  );
  // The titles are escaped already; a group lets each chart's own words be heard.
  return whole
    .replace('role="img"', 'role="group"')
    .replace('<desc/>', '')
    .replace('<desc></desc>', `<desc>${titles}</desc>`);
}
