import { useEffect, useRef } from 'react';
import type { JSX, KeyboardEvent, PointerEvent } from 'react';
import { colourOf, hexOf } from './colours.ts';
import type { HueColour } from './colours.ts';
import styles from './ColourWheel.module.css';

const side = 152;
const radius = side / 2;

export interface ColourWheelProps {
  colour: HueColour;
  onChange: (colour: HueColour) => void;
}

/** Hue around, saturation outwards. Arrows turn and move the mark, with Shift ten steps at once. */
export function ColourWheel({ colour, onChange }: ColourWheelProps): JSX.Element {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const context = canvas.current?.getContext('2d');
    if (context) drawWheel(context);
  }, []);
  const { hue, saturation, value } = colour;
  const angle = (hue / 180) * Math.PI;
  const follow = (event: PointerEvent<HTMLElement>): void => {
    const box = event.currentTarget.getBoundingClientRect();
    const x = event.clientX - box.left - radius;
    const y = event.clientY - box.top - radius;
    onChange({
      hue: (Math.atan2(y, x) * 180) / Math.PI + (y < 0 ? 360 : 0),
      saturation: Math.min(1, Math.hypot(x, y) / (radius - 4)),
      value: value === 0 ? 1 : value,
    });
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const size = event.shiftKey ? 10 : 1;
    const turns = { ArrowRight: size, ArrowLeft: -size }[event.key];
    const moves = { ArrowUp: size / 100, ArrowDown: -size / 100 }[event.key];
    if (turns !== undefined) onChange({ ...colour, hue: (hue + turns + 360) % 360 });
    else if (moves !== undefined)
      onChange({ ...colour, saturation: Math.min(1, Math.max(0, saturation + moves)) });
    else return;
    event.preventDefault();
  };
  const words = `hue ${Math.round(hue)}°, saturation ${Math.round(saturation * 100)} %`;
  return (
    <div
      className={styles.wheel}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        follow(event);
      }}
      onPointerMove={(event) => {
        if (event.currentTarget.hasPointerCapture(event.pointerId)) follow(event);
      }}
    >
      <canvas ref={canvas} width={side} height={side} aria-hidden="true" />
      <b
        role="slider"
        tabIndex={0}
        aria-label="Hue and saturation"
        aria-valuemin={0}
        aria-valuemax={360}
        aria-valuenow={Math.round(hue)}
        aria-valuetext={words}
        onKeyDown={onKeyDown}
        style={{
          left: radius + Math.cos(angle) * saturation * (radius - 4),
          top: radius + Math.sin(angle) * saturation * (radius - 4),
          background: hexOf(colourOf(colour)),
        }}
      />
    </div>
  );
}

function drawWheel(context: CanvasRenderingContext2D): void {
  const image = context.createImageData(side, side);
  for (let y = 0; y < side; y++) {
    for (let x = 0; x < side; x++) {
      const [dx, dy] = [x + 0.5 - radius, y + 0.5 - radius];
      const distance = Math.hypot(dx, dy);
      const hue = ((Math.atan2(dy, dx) * 180) / Math.PI + 360) % 360;
      const colour = colourOf({ hue, saturation: Math.min(1, distance / (radius - 4)), value: 1 });
      const at = (y * side + x) * 4;
      colour.forEach((part, c) => (image.data[at + c] = Math.round(part * 255)));
      // The rim fades over a pixel, so that it is round.
      image.data[at + 3] = Math.round(255 * Math.min(1, Math.max(0, radius - distance)));
    }
  }
  context.putImageData(image, 0, 0);
}
