import { inListOrder } from '../../contract/studio.ts';
import type { RunListEvent, RunSummary } from '../../contract/studio.ts';

export interface RunList {
  folder: string;
  runs: RunSummary[];
  unreadable: string[];
}

/** A list with what changed in it. */
export function withChanges(
  before: RunList | undefined,
  { folder, runs, gone, unreadable, restarted }: RunListEvent,
): RunList {
  if (restarted || before === undefined) return { folder, runs, unreadable };
  const changed = new Set([...gone, ...runs.map((run) => run.folder)]);
  const kept = before.runs.filter((run) => !changed.has(run.folder));
  return { folder, runs: [...kept, ...runs].sort(inListOrder), unreadable };
}
