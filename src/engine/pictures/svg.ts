import { coordinate } from '../../charts/paths.ts';
import { colours, fontStack } from './tokens.ts';

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Text made safe for XML: the five entities; control characters, which XML cannot hold, become spaces. */
export function escapeText(content: string): string {
  return content
    .replace(/[\u0000-\u001f\ufffe\uffff]/g, ' ')
    .replace(/[&<>"']/g, (found) => entities[found] ?? found);
}

export type Attributes = Readonly<Record<string, string | number | undefined>>;

/** One element; numbers become coordinates, attributes that are undefined are left out. `content` is markup. */
export function element(name: string, attributes: Attributes, content = ''): string {
  const written = Object.entries(attributes)
    .filter((entry): entry is [string, string | number] => entry[1] !== undefined)
    .map(([key, value]) => ` ${key}="${typeof value === 'number' ? coordinate(value) : escapeText(value)}"`)
    .join('');
  return content === '' ? `<${name}${written}/>` : `<${name}${written}>${content}</${name}>`;
}

export interface TextStyle {
  readonly size?: 11 | 12 | 13;
  readonly colour?: string;
  readonly bold?: boolean;
  readonly anchor?: 'start' | 'middle' | 'end';
  /** A panel-coloured edge around the letters, for text that stands on data. */
  readonly halo?: boolean;
}

/** Text with its baseline at y. */
export function text(x: number, y: number, content: string, style: TextStyle = {}): string {
  const { size = 11, colour = colours.ink3, bold = false, anchor = 'start', halo = false } = style;
  return element(
    'text',
    {
      x,
      y,
      'font-size': size === 11 ? undefined : size,
      fill: colour,
      'font-weight': bold ? 600 : undefined,
      'text-anchor': anchor === 'start' ? undefined : anchor,
      ...(halo
        ? { stroke: colours.panel, 'stroke-width': 3, 'stroke-linejoin': 'round', 'paint-order': 'stroke' }
        : {}),
    },
    escapeText(content),
  );
}

export interface Description {
  readonly title: string;
  /** What the picture shows, in sentences, for people who do not see it. */
  readonly description: string;
}

/** A whole SVG on the panel colour with title, description and the product's type. */
export function svgDocument(width: number, height: number, words: Description, content: string): string {
  const root = {
    xmlns: 'http://www.w3.org/2000/svg',
    width,
    height,
    viewBox: `0 0 ${coordinate(width)} ${coordinate(height)}`,
    role: 'img',
    'font-family': fontStack,
    'font-size': 11,
    style: 'font-variant-numeric: tabular-nums',
  };
  const head = `<title>${escapeText(words.title)}</title><desc>${escapeText(words.description)}</desc>`;
  return element('svg', root, head + element('rect', { width, height, fill: colours.panel }) + content);
}

/** A window of the plane outside which nothing is drawn; its content keeps the outer coordinates. */
export function clipped(x: number, y: number, width: number, height: number, content: string): string {
  if (content === '') return '';
  const viewBox = [x, y, width, height].map(coordinate).join(' ');
  return element('svg', { x, y, width, height, viewBox, overflow: 'hidden' }, content);
}
