import { figure, fixedTo } from '../../words.ts';

/** Pixels between cells of the usual size, and between small ones. */
export const gap = 8;
const smallGap = 4;

/**
 * 64-px cells, 128 where eight of them fit; for levels of many channels 32, sixteen a row.
 * @param width of the place, px
 */
export function gridLayout(width: number, channels: number): { columns: number; cell: number } {
  const fitting = (cell: number): number => Math.max(1, Math.floor((width + gap) / (cell + gap)));
  if (channels > 64) {
    const cell = fitting(64) >= 16 ? 64 : 32;
    return { cell, columns: Math.max(1, Math.min(16, Math.floor((width + smallGap) / (cell + smallGap)))) };
  }
  if (channels <= 32 && fitting(128) >= 8) return { cell: 128, columns: 8 };
  return { cell: 64, columns: Math.min(16, fitting(64)) };
}

/** .081 where it fits, else two figures. */
export function shortEffect(value: number): string {
  return value < 1 ? fixedTo(value, 3).replace(/^0/, '') : figure(value, 2);
}

/** The selection once a channel was chosen with Ctrl or Space: taken away where it was there, else added at its end. */
export function toggled(selected: readonly number[], channel: number): number[] {
  return selected.includes(channel) ? selected.filter((one) => one !== channel) : [...selected, channel];
}
