import type { KeyboardEvent } from 'react';
import { expect, it } from 'vitest';
import type { StepRange } from '../../../../src/charts/zoom.ts';
import { HoveredStep, pointAt } from '../../../../src/renderer/charts/hover.ts';
import { chartKeys } from '../../../../src/renderer/pages/train/chartKeys.ts';

const steps = Array.from({ length: 20 }, (_, index) => (index + 1) * 50);

/** Presses keys on the charts; answers with the step that is pointed at and the range after each. */
function press(...keys: string[]): [number | null, StepRange | null][] {
  const hovered = new HoveredStep();
  let range: StepRange | null = null;
  return keys.map((key) => {
    const zoom = (next: StepRange | null): void => {
      range = next;
    };
    const target = {};
    const event = { key: key.replace('Shift+', ''), shiftKey: key.startsWith('Shift+') };
    chartKeys(
      { hovered, range, whole: { from: 0, to: 1000 }, zoom },
      steps,
      false,
    )({
      ...event,
      ...{ target, currentTarget: target, ctrlKey: false, metaKey: false, altKey: false },
      preventDefault: () => undefined,
    } as KeyboardEvent);
    return [hovered.get(), range];
  });
}

it('goes through what was measured, a step or ten at a time, and no further than there is', () => {
  expect(
    press('ArrowLeft', 'ArrowLeft', 'Shift+ArrowLeft', 'Home', 'ArrowLeft', 'ArrowRight', 'End', 'Escape'),
  ).toEqual([950, 900, 400, 50, 50, 100, 1000, null].map((step) => [step, null]));
});

it('zooms where it points, stays within, and shows all again', () => {
  const told = press('Home', '+', 'End', '-', '+', '0');
  expect(told.map(([, range]) => range)).toEqual([
    null,
    { from: 25, to: 525 },
    { from: 25, to: 525 },
    { from: 0, to: 550 },
    { from: 250, to: 525 },
    null,
  ]);
  expect(told[2]![0]).toBe(500);
});

it('tells all who listen of another step, once', () => {
  const hovered = new HoveredStep();
  const heard: (number | null)[] = [];
  const leave = hovered.subscribe(() => heard.push(hovered.get()));
  for (const step of [5, 5, 6, null]) hovered.set(step);
  leave();
  hovered.set(7);
  expect(heard).toEqual([5, 6, null]);
});

it('takes the measurement nearest to a step, and none outside what was measured', () => {
  const points = [10, 20, 40].map((x) => ({ x, y: x }));
  const at = (step: number): number | undefined => pointAt(points, step)?.x;
  expect([9, 10, 14, 15, 16, 29, 30, 31, 40, 41].map(at)).toEqual([
    ...[undefined, 10, 10, 10, 20, 20, 20, 40, 40, undefined],
  ]);
  expect(pointAt([], 1)).toBeNull();
});
