import { useEffect, useRef } from 'react';
import type { JSX } from 'react';
import { stemsPath } from '../../../charts/paths.ts';
import styles from './theory.module.css';

export interface GreyProps {
  /** One byte a pixel, row by row. */
  grey: Uint8Array;
  width: number;
  height: number;
  /** Screen pixels for each. */
  scale: number;
  label: string;
}

/** A grey picture at whole multiples of its pixels. */
export function GreyPicture({ grey, width, height, scale, label }: GreyProps): JSX.Element {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const context = canvas.current?.getContext('2d');
    if (context === null || context === undefined) return;
    const image = new ImageData(width, height);
    grey.forEach((value, i) => {
      image.data[4 * i] = value;
      image.data[4 * i + 1] = value;
      image.data[4 * i + 2] = value;
      image.data[4 * i + 3] = 255;
    });
    context.putImageData(image, 0, 0);
  }, [grey, width, height]);
  return (
    <canvas
      ref={canvas}
      className={styles.grey}
      width={width}
      height={height}
      style={{ width: width * scale, height: height * scale }}
      role="img"
      aria-label={label}
    />
  );
}

export interface StemsProps {
  values: readonly number[];
  width: number;
  height: number;
  colour: string;
  label: string;
  /** What the values are compared with, as quiet bars behind them. */
  behind?: readonly number[];
  /** Ends that the height must hold; default: the values' own. */
  range?: readonly [low: number, high: number];
}

/** A kernel on a line: a stem for each pixel, from zero. */
export function Stems({ values, width, height, colour, label, behind, range }: StemsProps): JSX.Element {
  const all = [0, ...values, ...(behind ?? [])];
  const low = range?.[0] ?? Math.min(...all);
  const high = range?.[1] ?? Math.max(...all);
  const room = 6;
  const y = (value: number): number =>
    room + ((high - value) / (high > low ? high - low : 1)) * (height - 2 * room);
  const step = (width - 4) / values.length;
  const stems = (list: readonly number[]): string => stemsPath(list, (i) => 2 + (i + 0.5) * step, y);
  return (
    <svg width={width} height={height} viewBox={`0 0 ${width} ${height}`} role="img" aria-label={label}>
      <rect width={width} height={height} rx={2} fill="var(--bg)" />
      <path d={`M0 ${y(0).toFixed(1)}H${width}`} stroke="var(--line)" />
      {behind !== undefined && (
        <path
          d={stems(behind)}
          stroke="var(--strong)"
          strokeOpacity={0.5}
          strokeWidth={Math.min(6, step * 0.8)}
        />
      )}
      <path d={stems(values)} stroke={colour} strokeWidth={Math.max(0.75, Math.min(1.5, step * 0.8))} />
    </svg>
  );
}
