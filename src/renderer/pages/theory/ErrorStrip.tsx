import type { JSX } from 'react';
import type { Fig2Result } from '../../../contract/theory.ts';

const width = 654;
const height = 56;
const foot = 14;

/** The other solution's error at every distance; a click goes there. */
export function ErrorStrip({
  result,
  to,
  onMove,
}: {
  result: Fig2Result;
  to: number;
  onMove: (to: number) => void;
}): JSX.Element {
  const { curve, parameters, meanError } = result;
  const most = Math.max(0.1, ...curve.map(({ error }) => error));
  const step = width / parameters.size;
  const at = (distance: number): number => distance * step;
  const y = (error: number): number => height - foot - (error / most) * (height - foot - 12);
  return (
    <svg
      className="strip"
      width={width}
      height={height}
      viewBox={`0 0 ${width} ${height}`}
      role="img"
      aria-label={`Error of the other solution at every distance: mean ${meanError.toFixed(3)}, largest ${most.toFixed(3)}, none at ${parameters.distance} pixels and its mirror image.`}
      onClick={(event) => {
        const box = event.currentTarget.getBoundingClientRect();
        const place = Math.round(((event.clientX - box.left) / box.width) * parameters.size);
        onMove(Math.min(parameters.size - 1, Math.max(1, place)));
      }}
    >
      <rect width={width} height={height} fill="none" pointerEvents="all" />
      <path d={`M0 ${height - foot}H${width}`} stroke="var(--line)" />
      {curve.map(({ distance, error }) => (
        <path
          key={distance}
          d={`M${at(distance)} ${height - foot}V${y(error)}`}
          stroke={distance === to ? 'var(--accent)' : 'var(--s2)'}
          strokeOpacity={distance === to ? 1 : 0.55}
          strokeWidth={distance === to ? 5 : 3}
        />
      ))}
      <text x={0} y={9}>
        error at every distance, mean {meanError.toFixed(3)}
      </text>
      <text x={at(parameters.distance)} y={height - 2} textAnchor="middle">
        {parameters.distance}
      </text>
      {Math.abs(to - parameters.distance) > 2 && (
        <text className="strong" x={at(to)} y={height - 2} textAnchor="middle">
          {to}
        </text>
      )}
    </svg>
  );
}
