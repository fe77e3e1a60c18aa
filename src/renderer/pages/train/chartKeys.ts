import type { KeyboardEvent } from 'react';
import { zoomedAt } from '../../../charts/zoom.ts';
import type { Tracker } from '../../charts/TrackedChart.tsx';

/** What charts do by keys: arrows point at measured steps one after another (Shift: ten), + and − zoom there, 0 shows all. */
export function chartKeys(
  { hovered, range, whole, zoom }: Tracker,
  steps: readonly number[],
  isLog: boolean,
): (event: KeyboardEvent) => void {
  return (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target !== event.currentTarget) return;
    const shown = steps.filter((step) => range === null || (step >= range.from && step <= range.to));
    const at = hovered.get() ?? shown.at(-1) ?? whole.to;
    const move = (by: number): void => {
      const place = shown.findIndex((step) => step >= at);
      const from = place < 0 ? shown.length - 1 : place;
      hovered.set(shown[Math.min(shown.length - 1, Math.max(0, from + by))] ?? null);
    };
    const far = event.shiftKey ? 10 : 1;
    switch (event.key) {
      case 'ArrowLeft':
        move(-far);
        break;
      case 'ArrowRight':
        move(far);
        break;
      case 'Home':
        hovered.set(shown[0] ?? null);
        break;
      case 'End':
        hovered.set(shown.at(-1) ?? null);
        break;
      case '+':
      case '=':
        zoom(zoomedAt(range, whole, { at, factor: 0.5, isLog }));
        break;
      case '-':
        zoom(zoomedAt(range, whole, { at, factor: 2, isLog }));
        break;
      case '0':
        zoom(null);
        break;
      case 'Escape':
        hovered.set(null);
        break;
      default:
        return;
    }
    event.preventDefault();
  };
}
