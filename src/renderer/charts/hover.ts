import { useSyncExternalStore } from 'react';
import type { Point } from './series.ts';

/** The step that is pointed at in one of several charts, and shown in all of them; outside React, as it changes with each move. */
export class HoveredStep {
  #step: number | null = null;
  readonly #listeners = new Set<() => void>();

  readonly get = (): number | null => this.#step;

  readonly set = (step: number | null): void => {
    if (step === this.#step) return;
    this.#step = step;
    for (const listener of [...this.#listeners]) listener();
  };

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };
}

export function useHoveredStep(hovered: HoveredStep): number | null {
  return useSyncExternalStore(hovered.subscribe, hovered.get, hovered.get);
}

/** What was measured nearest to a step; null outside what was measured. Points rise in x. */
export function pointAt(points: readonly Point[], step: number): Point | null {
  const [first, last] = [points[0], points.at(-1)];
  if (first === undefined || last === undefined || step < first.x || step > last.x) return null;
  let [low, high] = [0, points.length - 1];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (points[middle]!.x <= step) low = middle;
    else high = middle;
  }
  return step - points[low]!.x <= points[high]!.x - step ? points[low]! : points[high]!;
}
