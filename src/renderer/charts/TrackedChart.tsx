import type { Chart } from 'chart.js';
import { useRef, useState } from 'react';
import type { JSX, PointerEvent } from 'react';
import { rangeBetween } from '../../charts/zoom.ts';
import type { StepRange } from '../../charts/zoom.ts';
import type { HoveredStep } from './hover.ts';
import { LineChart } from './LineChart.tsx';
import type { LineChartProps } from './LineChart.tsx';
import styles from './LineChart.module.css';

/** What several charts of the same runs share: the step that is pointed at, and the part of the axis that is shown. */
export interface Tracker {
  hovered: HoveredStep;
  range: StepRange | null;
  /** All that there is: the same in all charts, so that they stand step by step below each other. */
  whole: StepRange;
  zoom: (range: StepRange | null) => void;
}

/** Pixels that a press moves before it is a drag. */
const leastDrag = 5;

interface Drag {
  from: number;
  to: number;
}

/** A chart that is pointed at together with others: a drag shows a part of the steps, a double click all of them. */
export function TrackedChart({
  tracker,
  ...props
}: Omit<LineChartProps, 'range' | 'hovered' | 'chartRef'> & { tracker: Tracker }): JSX.Element {
  const { hovered, range, whole, zoom } = tracker;
  const chart = useRef<Chart<'line'> | null>(null);
  const [drag, setDrag] = useState<Drag | null>(null);
  const isDrag = drag !== null && Math.abs(drag.to - drag.from) >= leastDrag;
  const stepAt = (pixel: number): number | null => {
    const value = chart.current?.scales['x']?.getValueForPixel(pixel);
    return value === undefined || !Number.isFinite(value) ? null : value;
  };
  const placeOf = (event: PointerEvent<HTMLDivElement>): number => {
    const pixel = event.clientX - event.currentTarget.getBoundingClientRect().left;
    const area = chart.current?.chartArea;
    return area === undefined ? pixel : Math.min(area.right, Math.max(area.left, pixel));
  };
  const end = (): void => {
    if (drag !== null && isDrag) {
      const [from, to] = [stepAt(drag.from), stepAt(drag.to)];
      const next = from === null || to === null ? null : rangeBetween(from, to, whole);
      if (next !== null) zoom(next);
    }
    setDrag(null);
  };
  return (
    <div
      className={styles.tracked}
      onPointerDown={(event) => {
        if (event.button !== 0) return;
        event.currentTarget.setPointerCapture(event.pointerId);
        const at = placeOf(event);
        setDrag({ from: at, to: at });
      }}
      onPointerMove={(event) => {
        const at = placeOf(event);
        if (drag !== null) setDrag({ ...drag, to: at });
        const step = stepAt(at);
        hovered.set(step === null ? null : Math.round(step));
      }}
      onPointerUp={end}
      onPointerCancel={() => {
        setDrag(null);
      }}
      onPointerLeave={() => {
        hovered.set(null);
      }}
      onDoubleClick={() => {
        zoom(null);
      }}
    >
      <LineChart {...props} range={range ?? whole} hovered={hovered} chartRef={chart} />
      {isDrag && (
        <div
          className={styles.drag}
          style={{ left: Math.min(drag.from, drag.to), width: Math.abs(drag.to - drag.from) }}
        />
      )}
    </div>
  );
}
