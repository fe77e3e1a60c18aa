import { figure } from '../../contract/figures.ts';
import { stemsPath } from '../../charts/paths.ts';
import type { Tone } from '../../charts/seriesStyles.ts';
import { element, text } from '../pictures/svg.ts';
import { colours, tones } from '../pictures/tokens.ts';

export interface Frame {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface Stems {
  readonly values: readonly number[];
  readonly tone: Tone;
  /** What the values are compared with, as quiet bars behind them. */
  readonly behind?: readonly number[];
  /** Values that the height must hold; default: those drawn. */
  readonly range?: readonly [low: number, high: number];
}

/** A kernel on a line: a stem for each pixel on a sunken field, from zero, with the largest value in words. */
export function drawStems(frame: Frame, { values, tone, behind = [], range }: Stems): string {
  const all = [0, ...values, ...behind];
  const low = range?.[0] ?? Math.min(...all);
  const high = range?.[1] ?? Math.max(...all);
  const room = 8;
  const span = high > low ? high - low : 1;
  const at = (value: number): number => frame.y + room + ((high - value) / span) * (frame.height - 2 * room);
  const step = (frame.width - 8) / values.length;
  const middle = (pixel: number): number => frame.x + 4 + (pixel + 0.5) * step;
  const stems = (list: readonly number[]): string => stemsPath(list, middle, at);
  const line = (d: string, stroke: string, width: number): string =>
    d === '' ? '' : element('path', { d, stroke, 'stroke-width': width, fill: 'none' });
  return [
    element('rect', { ...frame, rx: 2, fill: '#F4F5F6' }),
    element('line', {
      x1: frame.x,
      x2: frame.x + frame.width,
      y1: at(0),
      y2: at(0),
      stroke: colours.line,
    }),
    line(stems(behind), '#B4BAC1', Math.min(8, step * 0.8)),
    line(stems(values), tones[tone], Math.max(0.4, Math.min(2, step * 0.6))),
    text(frame.x + frame.width - 4, frame.y + 12, `max ${figure(Math.max(...values))}`, { anchor: 'end' }),
  ].join('');
}
