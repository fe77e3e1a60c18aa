import type { QueuedRun, QueueReport } from '../../../contract/queue.ts';

export interface QueueProps {
  queue: QueueReport;
  /** The queue as it is after a change. */
  onChange: (report: QueueReport) => void;
}

/** A run as the panel shows it; `place` counts those that wait. */
export interface QueueRow {
  entry: QueuedRun;
  place: number | null;
}

/** What is trained first, then what waits, in order, then what failed. */
export function rowsOf({ runs }: QueueReport): QueueRow[] {
  const of = (state: QueuedRun['state']): QueuedRun[] => runs.filter((entry) => entry.state === state);
  return [
    ...of('running').map((entry) => ({ entry, place: null })),
    ...of('waiting').map((entry, at) => ({ entry, place: at + 1 })),
    ...of('failed').map((entry) => ({ entry, place: null })),
  ];
}

/**
 * What moves an entry among those that wait to the place of another, or by one place.
 * @returns the entry before which it will stand, null for the end, undefined where it stays where it is
 */
export function moveTo(rows: readonly QueueRow[], id: string, place: number): string | null | undefined {
  const waiting = rows.filter((row) => row.place !== null).map(({ entry }) => entry.id);
  const from = waiting.indexOf(id);
  if (from < 0 || place < 1 || place > waiting.length || place === from + 1) return undefined;
  const others = waiting.filter((other) => other !== id);
  return others[place - 1] ?? null;
}
