import { toHex } from './colour.ts';
import type { Rgb } from './colour.ts';

/**
 * What a shape belongs to in the ground truth. `other` hides what is behind it and belongs to nothing that is measured
 * (neck, ears, clothes, beard, glasses); `detail` is light, shadow or a feature on its ground and hides nothing.
 */
export type Part = 'background' | 'hair' | 'face' | 'other' | 'detail';

export type Point = readonly [x: number, y: number];

/** Colours of the mask picture: red hair, green face, blue background. */
const maskColours: Record<Exclude<Part, 'detail'>, string> = {
  background: '#0000ff',
  hair: '#ff0000',
  face: '#00ff00',
  other: '#000000',
};

export const pictureWidth = 178;
export const pictureHeight = 218;

interface Layer {
  part: Part;
  /** An element up to its paint. */
  shape: string;
  paint: string;
  /** Width of the line where the shape is one. */
  line: number;
  transform: string;
  clip: string;
}

export interface Look {
  fill?: Rgb | string;
  line?: Rgb;
  width?: number;
  opacity?: number;
  clip?: string;
}

/** Coordinates with two decimals: the same text on every machine. */
export function num(value: number): string {
  const rounded = Math.round(value * 100) / 100;
  return String(rounded === 0 ? 0 : rounded);
}

export function at([x, y]: Point): string {
  return `${num(x)} ${num(y)}`;
}

/** A smooth line through the points (Catmull and Rom's, as Bézier segments). */
export function smooth(points: readonly Point[], closed = false): string {
  const count = points.length;
  const get = (index: number): Point =>
    points[closed ? (index + count) % count : Math.min(count - 1, Math.max(0, index))]!;
  let path = `M${at(get(0))}`;
  for (let i = 0; i < (closed ? count : count - 1); i++) {
    const [before, from, to, after] = [get(i - 1), get(i), get(i + 1), get(i + 2)];
    const first: Point = [from[0] + (to[0] - before[0]) / 6, from[1] + (to[1] - before[1]) / 6];
    const second: Point = [to[0] - (after[0] - from[0]) / 6, to[1] - (after[1] - from[1]) / 6];
    path += `C${at(first)} ${at(second)} ${at(to)}`;
  }
  return closed ? `${path}Z` : path;
}

/** Mirrors at x = 0 and turns the order, to close a symmetric outline. */
export function mirrored(points: readonly Point[]): Point[] {
  return points.map(([x, y]): Point => [-x, y]).reverse();
}

/** A picture as a stack of shapes, written once in its colours and once as its mask. */
export class Drawing {
  readonly #layers: Layer[] = [];
  readonly #definitions: string[] = [];
  #transform = '';
  #names = 0;

  /** Shapes from here on are moved so; '' for the picture's own frame. */
  frame(transform: string): void {
    this.#transform = transform;
  }

  path(part: Part, d: string, look: Look): void {
    this.#add(part, `<path d="${d}"`, look);
  }

  ellipse(part: Part, [x, y]: Point, rx: number, ry: number, look: Look): void {
    this.#add(part, `<ellipse cx="${num(x)}" cy="${num(y)}" rx="${num(rx)}" ry="${num(ry)}"`, look);
  }

  rectangle(part: Part, [x, y]: Point, width: number, height: number, radius: number, look: Look): void {
    const size = `width="${num(width)}" height="${num(height)}" rx="${num(radius)}"`;
    this.#add(part, `<rect x="${num(x)}" y="${num(y)}" ${size}`, look);
  }

  /** A gradient between stops, in the box of the shape it fills; returns its name for `fill`. */
  gradient(
    stops: readonly (readonly [offset: number, colour: Rgb, opacity?: number])[],
    from: Point,
    to: Point,
  ): string {
    const axis = `x1="${num(from[0])}" y1="${num(from[1])}" x2="${num(to[0])}" y2="${num(to[1])}"`;
    return this.#define((id) => `<linearGradient id="${id}" ${axis}>${stopTags(stops)}</linearGradient>`);
  }

  radialGradient(
    stops: readonly (readonly [offset: number, colour: Rgb, opacity?: number])[],
    [x, y]: Point,
    radius: number,
  ): string {
    const place = `cx="${num(x)}" cy="${num(y)}" r="${num(radius)}"`;
    return this.#define((id) => `<radialGradient id="${id}" ${place}>${stopTags(stops)}</radialGradient>`);
  }

  /** Cuts shapes to an outline given in their own frame; returns its name for `clip`. */
  clip(d: string): string {
    return this.#define((id) => `<clipPath id="${id}"><path d="${d}"/></clipPath>`);
  }

  picture(): string {
    return this.#write((layer) => layer.paint);
  }

  mask(): string {
    return this.#write(({ part, line }) => {
      if (part === 'detail') return undefined;
      const colour = maskColours[part];
      return line > 0 ? `fill="none" stroke="${colour}" stroke-width="${num(line)}"` : `fill="${colour}"`;
    });
  }

  #define(write: (id: string) => string): string {
    const id = `d${this.#names++}`;
    this.#definitions.push(write(id));
    return `url(#${id})`;
  }

  #add(part: Part, shape: string, { fill, line, width = 0, opacity = 1, clip = '' }: Look): void {
    const colour = fill === undefined ? 'none' : typeof fill === 'string' ? fill : toHex(fill);
    const stroke = line === undefined ? '' : ` stroke="${toHex(line)}" stroke-width="${num(width)}"`;
    const alpha = opacity === 1 ? '' : ` opacity="${num(opacity)}"`;
    const isLine = fill === undefined ? width : 0;
    this.#layers.push({
      part,
      shape,
      paint: `fill="${colour}"${stroke}${alpha}`,
      line: isLine,
      transform: this.#transform,
      clip,
    });
  }

  #write(paintOf: (layer: Layer) => string | undefined): string {
    let body = '';
    for (const layer of this.#layers) {
      const paint = paintOf(layer);
      if (paint === undefined) continue;
      const transform = layer.transform === '' ? '' : ` transform="${layer.transform}"`;
      const clip = layer.clip === '' ? '' : ` clip-path="${layer.clip}"`;
      body += `${layer.shape} ${paint}${transform}${clip}/>`;
    }
    return (
      `<svg xmlns="http://www.w3.org/2000/svg" width="${pictureWidth}" height="${pictureHeight}" ` +
      `stroke-linecap="round" stroke-linejoin="round"><defs>${this.#definitions.join('')}</defs>${body}</svg>`
    );
  }
}

function stopTags(stops: readonly (readonly [offset: number, colour: Rgb, opacity?: number])[]): string {
  return stops
    .map(([offset, colour, opacity = 1]) => {
      const alpha = opacity === 1 ? '' : ` stop-opacity="${num(opacity)}"`;
      return `<stop offset="${num(offset)}" stop-color="${toHex(colour)}"${alpha}/>`;
    })
    .join('');
}
