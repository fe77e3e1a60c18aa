import { useMemo, useState } from 'react';
import type { JSX, KeyboardEvent, MouseEvent } from 'react';
import { movingMean } from '../../../charts/movingMean.ts';
import { valuesPath } from '../../../charts/paths.ts';
import type { Scale } from '../../../charts/scale.ts';
import type { Fig3aResult, Trajectory } from '../../../contract/theory.ts';
import { figure } from '../../words.ts';
import { styleOf } from './algorithms.ts';
import type { Algorithm } from './algorithms.ts';
import { linearAxis } from './axis.ts';
import { Marker, Plane } from './Plane.tsx';
import type { Start } from './useTheoryAddress.ts';
import styles from './theory.module.css';

const side = 296;
const box = { left: 28, top: 12, right: 284, bottom: 272 };
/** Points to either side that the thick lines average over. */
const neighbours = 10;
const defaultSide = 3;

interface PlaneProps {
  result: Fig3aResult | undefined;
  /** Paths are shown as far as this step. */
  step: number;
  onStart: (start: Start) => void;
}

/** The plane of a and b. A click, or Enter at the cross that the arrow keys move, starts a path. */
export function PathsPlane({ result, step, onStart }: PlaneProps): JSX.Element {
  const [cross, setCross] = useState<Start | null>(null);
  const far = Math.max(defaultSide, ...(result?.parameters.starts.flat() ?? []));
  const high = Math.ceil(far);
  const x = useMemo(() => linearAxis(high, box.left, box.right), [high]);
  const y = useMemo(() => linearAxis(high, box.bottom, box.top), [high]);
  const start = (a: number, b: number): void => {
    const inside = (value: number): number => Number(Math.min(high, Math.max(0.02, value)).toFixed(2));
    onStart([inside(a), inside(b)]);
  };
  const onClick = (event: MouseEvent<HTMLDivElement>): void => {
    const edge = event.currentTarget.getBoundingClientRect();
    const [px, py] = [event.clientX - edge.left, event.clientY - edge.top];
    if (px < box.left || px > box.right || py < box.top || py > box.bottom) return;
    start(x.from(px), y.from(py));
  };
  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>): void => {
    const [a, b] = cross ?? [1, 1];
    const by = event.shiftKey ? 0.5 : 0.1;
    const move = { ArrowRight: [by, 0], ArrowLeft: [-by, 0], ArrowUp: [0, by], ArrowDown: [0, -by] }[
      event.key
    ];
    const held = (value: number): number => Number(Math.min(high, Math.max(0.1, value)).toFixed(2));
    if (move !== undefined) setCross([held(a + move[0]!), held(b + move[1]!)]);
    else if (event.key === 'Enter') start(a, b);
    else return;
    event.preventDefault();
  };
  return (
    <div
      className={styles.plane}
      role="application"
      tabIndex={0}
      aria-label={`Plane of a and b. Arrow keys move a cross, Enter starts a path at it.${cross === null ? '' : ` The cross is at a ${cross[0]}, b ${cross[1]}.`}`}
      onClick={onClick}
      onKeyDown={onKeyDown}
      onFocus={() => {
        setCross((before) => before ?? [1, 1]);
      }}
      onBlur={() => {
        setCross(null);
      }}
    >
      <Plane
        width={side}
        height={side}
        box={box}
        x={x}
        y={y}
        names={['a', 'b']}
        summary={summaryOf(result, step)}
        over={<Ends result={result} step={step} x={x} y={y} high={high} />}
      >
        <Background result={result} x={x} y={y} high={high} />
        {result !== undefined && <Paths result={result} step={step} x={x} y={y} />}
        {cross !== null && (
          <path
            className={styles.cross}
            d={`M${x.at(cross[0]) - 7} ${y.at(cross[1])}h14M${x.at(cross[0])} ${y.at(cross[1]) - 7}v14`}
          />
        )}
      </Plane>
    </div>
  );
}

interface LayerProps {
  result: Fig3aResult | undefined;
  x: Scale;
  y: Scale;
  high: number;
}

/** The curves a² − b² = κ of the starts, the line a = b and the solutions ab = c. */
function Background({ result, x, y, high }: LayerProps): JSX.Element {
  const target = result?.parameters.target ?? 1;
  const along = Array.from({ length: 81 }, (_, i) => (i / 80) * high);
  const solutions = Array.from({ length: 81 }, (_, i) => (target / high) * (high ** 2 / target) ** (i / 80));
  return (
    <>
      {result?.endpoints.map(({ invariant }, i) => {
        const across = along.map((value) => Math.sqrt(value ** 2 + Math.abs(invariant)));
        const d = invariant >= 0 ? valuesPath(x, y, across, along) : valuesPath(x, y, along, across);
        return <path key={i} d={d} stroke="var(--line)" strokeWidth={1.5} />;
      })}
      <path d={valuesPath(x, y, [0, high], [0, high])} className="ref" />
      <path
        d={valuesPath(
          x,
          y,
          solutions,
          solutions.map((a) => target / a),
        )}
        stroke="var(--ink)"
        strokeWidth={1.5}
      />
    </>
  );
}

interface Drawn {
  path: Trajectory;
  a: number[];
  b: number[];
}

/** From the back to the front. */
const order: readonly Algorithm[] = [
  'gauss-seidel',
  'alternating',
  'independent',
  'asynchronous',
  'sgd',
  'flow',
];

function Paths({
  result,
  step,
  x,
  y,
}: Omit<LayerProps, 'high' | 'result'> & { result: Fig3aResult; step: number }): JSX.Element {
  const drawn = useMemo(
    () =>
      order.flatMap((algorithm) =>
        result.trajectories
          .filter((path) => path.algorithm === algorithm)
          .map((path): Drawn => {
            const reach = algorithm === 'flow' ? 0 : neighbours;
            return { path, a: movingMean(path.a, reach), b: movingMean(path.b, reach) };
          }),
      ),
    [result],
  );
  return (
    <>
      {drawn.map(({ path, a, b }, i) => {
        const { colour } = styleOf(path.algorithm);
        const count = shownPoints(path, step);
        const isFlow = path.algorithm === 'flow';
        return (
          <g key={i} stroke={colour}>
            {!isFlow && (
              <path d={valuesPath(x, y, path.a, path.b, count)} strokeWidth={0.75} strokeOpacity={0.25} />
            )}
            <path
              d={valuesPath(x, y, a, b, count)}
              strokeWidth={isFlow ? 2.5 : 1.75}
              strokeOpacity={isFlow ? 1 : 0.9}
            />
          </g>
        );
      })}
    </>
  );
}

function shownPoints({ step: steps }: Trajectory, step: number): number {
  const after = steps.findIndex((at) => at > step);
  return after < 0 ? steps.length : after;
}

/** A ring at each start, a marker where each path has got to, and the names of the two lines. */
function Ends({ result, step, x, y, high }: LayerProps & { step: number }): JSX.Element {
  const target = result?.parameters.target ?? 1;
  const inside = (a: number, b: number): boolean => a >= 0 && b >= 0 && a <= high && b <= high;
  return (
    <>
      {result?.trajectories.map((path, i) => {
        const at = shownPoints(path, step) - 1;
        const [a, b] = [path.a[at] ?? NaN, path.b[at] ?? NaN];
        if (!inside(a, b)) return null;
        const style = styleOf(path.algorithm);
        return <Marker key={i} {...style} x={x.at(a)} y={y.at(b)} />;
      })}
      {result?.parameters.starts.map(([a, b], i) => (
        <circle
          key={i}
          cx={x.at(a)}
          cy={y.at(b)}
          r={3}
          fill="var(--panel)"
          stroke="var(--ink-2)"
          strokeWidth={1.5}
        />
      ))}
      <text
        className={styles.named}
        x={x.at(0.93 * high)}
        y={y.at(target / (0.93 * high)) - 8}
        textAnchor="end"
      >
        ab = {target}
      </text>
      <text x={x.at(0.86 * high) - 8} y={y.at(0.86 * high)} textAnchor="end">
        a = b
      </text>
    </>
  );
}

function summaryOf(result: Fig3aResult | undefined, step: number): string {
  if (result === undefined) return 'Plane of a and b, without paths.';
  const told = result.trajectories.map((path) => {
    const at = shownPoints(path, step) - 1;
    return `${path.algorithm} from ${path.start.join(', ')} is at ${figure(path.a[at]!)}, ${figure(path.b[at]!)}.`;
  });
  return `Plane of a and b with the curve ab = ${result.parameters.target}. After ${step} steps: ${told.join(' ')}`;
}
