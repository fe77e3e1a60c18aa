import { useMemo } from 'react';
import type { JSX } from 'react';
import { movingMean } from '../../../charts/movingMean.ts';
import { valuesPath } from '../../../charts/paths.ts';
import type { Scale } from '../../../charts/scale.ts';
import type { Fig3bResult } from '../../../contract/theory.ts';
import { figure } from '../../words.ts';
import { logarithmicAxis } from './axis.ts';
import { Marker, Plane } from './Plane.tsx';

const width = 296;
/** With room for 0.0001 at the left, and for half of 1,000 at the right. */
const side = 236;
const box = { left: 44, top: 12, right: 44 + side, bottom: 12 + side };
/** Points to either side that the thick lines average over. */
const neighbours = 6;

/** Decades around the powers at the beginning and at the end; what wanders beyond is cut off. */
function decadesOf({ coefficients }: Fig3bResult): { low: number; high: number } {
  const ends = coefficients
    .flatMap(({ first, second }) => [first[0]!, first.at(-1)!, second[0]!, second.at(-1)!])
    .filter((value) => value > 0)
    .map(Math.log10);
  const low = Math.floor(Math.min(...ends) + 1e-9);
  return { low, high: Math.max(low + 1, Math.ceil(Math.max(...ends) - 1e-9)) };
}

/** |k̂₁|² against |k̂₂|² on logarithmic axes, as far as one recorded step. */
export function DriftPlane({ result, frame }: { result: Fig3bResult; frame: number }): JSX.Element {
  const { x, y, ends, paths } = useMemo(() => {
    const { low, high } = decadesOf(result);
    const smooth = (powers: readonly number[]): number[] =>
      movingMean(powers.map(Math.log), neighbours).map(Math.exp);
    return {
      x: logarithmicAxis(low, high, box.left, box.right),
      y: logarithmicAxis(low, high, box.bottom, box.top),
      ends: [10 ** low, 10 ** high],
      paths: result.coefficients.map(({ frequency, first, second }) => ({
        frequency,
        first,
        second,
        smoothFirst: smooth(first),
        smoothSecond: smooth(second),
      })),
    };
  }, [result]);
  const count = frame + 1;
  return (
    <Plane
      width={width}
      height={box.bottom + 28}
      box={box}
      x={x}
      y={y}
      names={['|k̂₁(u)|²', '|k̂₂(u)|²']}
      summary={summaryOf(result, frame)}
      over={paths.map(({ frequency, first, second }) => (
        <g key={frequency}>
          <circle
            cx={heldAt(x, first[0]!)}
            cy={heldAt(y, second[0]!)}
            r={3}
            fill="var(--panel)"
            stroke="var(--ink-2)"
            strokeWidth={1.5}
          />
          <Marker
            mark="square"
            colour="var(--s2)"
            x={heldAt(x, first[frame] ?? first.at(-1)!)}
            y={heldAt(y, second[frame] ?? second.at(-1)!)}
          />
        </g>
      ))}
    >
      <path d={valuesPath(x, y, ends, ends)} className="ref" />
      {paths.map(({ frequency, first, second, smoothFirst, smoothSecond }) => (
        <g key={frequency} stroke="var(--s2)">
          <path d={valuesPath(x, y, first, second, count)} strokeWidth={0.75} strokeOpacity={0.3} />
          <path d={valuesPath(x, y, smoothFirst, smoothSecond, count)} strokeWidth={1.75} />
        </g>
      ))}
    </Plane>
  );
}

/** The pixel of a value, or of the end of the axis beyond which it lies. */
function heldAt({ at, range }: Scale, value: number): number {
  return at(Math.min(range.high, Math.max(range.low, value)));
}

function summaryOf({ coefficients, step }: Fig3bResult, frame: number): string {
  const at = Math.min(frame, step.length - 1);
  const told = coefficients.map(
    ({ frequency, first, second }) => `u ${frequency}: ${figure(first[at]!)} and ${figure(second[at]!)}.`,
  );
  return `Powers of Fourier coefficients of both kernels on logarithmic axes after ${step[at]!} steps. ${told.join(' ')}`;
}
