import { describe, expect, it } from 'vitest';
import { axesOf, ticksFor } from '../../../src/renderer/charts/axes.ts';
import type { Series } from '../../../src/renderer/charts/series.ts';

const line = (points: Series['points'], band: Series['band'] = []): Series => ({
  ...{ name: 'a', tone: 's1', marker: 'circle' },
  ...{ points, band },
});
const linear = { isLogX: false, isLogY: false, xMax: undefined, height: 168 };

describe('axes of a live chart', () => {
  it('begin at step 0, end at the last known step, and reach round values', () => {
    const { x, y } = axesOf(
      [
        line([
          { x: 500, y: 0.97 },
          { x: 3500, y: 1.4 },
        ]),
      ],
      linear,
    );
    // By hand: four pieces of 3,500 are 1,000 long; of 0.43, 0.2.
    expect([x.range, x.ticks]).toEqual([{ low: 0, high: 3500 }, [0, 1000, 2000, 3000]]);
    expect(y.range).toEqual({ low: 0.8, high: 1.4 });
    expect(y.tickTexts).toEqual(['0.8', '1.0', '1.2', '1.4']);
    expect(axesOf([line([{ x: 10, y: 1 }])], { ...linear, xMax: 4000 }).x.range).toEqual({
      low: 0,
      high: 4000,
    });
  });

  it('have room for bands, and fewer numbers where the chart is low', () => {
    const series = [line([{ x: 1, y: 2 }], [{ x: 1, low: 1, high: 7 }])];
    expect(axesOf(series, linear).y.ticks).toEqual([0, 2, 4, 6, 8]);
    expect(axesOf(series, { ...linear, height: 84 }).y.ticks).toEqual([0, 5, 10]);
  });

  it('leave what is not above zero out of a logarithmic axis', () => {
    const points = [
      { x: 0, y: 0 },
      { x: 100, y: 0.001 },
      { x: 1000, y: 0.1 },
    ];
    const { x, y } = axesOf([line(points)], { ...linear, isLogX: true, isLogY: true });
    expect(x.range).toEqual({ low: 100, high: 1000 });
    expect(x.tickTexts).toEqual(['100', '200', '500', '1,000']);
    // By hand: with doubles and fivefolds there were seven, with threefolds as many as there is room for.
    expect(y.ticks).toEqual([0.001, 0.003, 0.01, 0.03, 0.1]);
  });

  it('show a range of the steps alone, with the values that are in it', () => {
    const points = [1, 10, 100, 1000].map((x) => ({ x, y: x }));
    const zoomed = { ...linear, range: { from: 5, to: 200 } };
    const { x, y } = axesOf([line(points)], zoomed);
    expect([x.range, y.range]).toEqual([
      { low: 5, high: 200 },
      { low: 0, high: 100 },
    ]);
    const log = axesOf([line(points)], { ...zoomed, isLogX: true, range: { from: 0, to: 200 } });
    expect(log.x.range).toEqual({ low: 1, high: 200 });
    expect(log.x.tickTexts).toEqual(['1', '3', '10', '30', '100']);
  });

  it('are told to Chart.js as they are', () => {
    const { y } = axesOf(
      [
        line([
          { x: 1, y: 0 },
          { x: 2, y: 30 },
        ]),
      ],
      linear,
    );
    const { min, max, ticks } = ticksFor(y, { padding: 6 });
    expect([min, max, ticks.padding]).toEqual([0, 30, 6]);
    expect(y.ticks.map((value) => ticks.callback(value))).toEqual(['0', '10', '20', '30']);
    expect(ticks.callback(5)).toBe('');
  });
});
