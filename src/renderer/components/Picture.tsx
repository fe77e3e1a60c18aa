import { useEffect, useRef } from 'react';
import type { JSX } from 'react';
import { imageDataOf } from './pictures.ts';
import type { Pictures } from './pictures.ts';

/** One picture on a canvas of its own size; the style makes it larger without smoothing. */
export function Picture({
  pictures,
  index,
  label,
}: {
  pictures: Pictures;
  index: number;
  label?: string;
}): JSX.Element {
  const ref = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    if (index < pictures.count)
      ref.current?.getContext('2d')?.putImageData(imageDataOf(pictures, index), 0, 0);
  }, [pictures, index]);
  return (
    <canvas
      ref={ref}
      width={pictures.width}
      height={pictures.height}
      {...(label === undefined ? { 'aria-hidden': true } : { role: 'img', 'aria-label': label })}
    />
  );
}
