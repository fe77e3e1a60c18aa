import type { Task } from './taskList.ts';

/** A page that follows a sweep looks at it every other second; the controller of a cluster wants to be asked less often. */
const keptMilliseconds = 10_000;

const recent = new Map<string, { at: number; tasks: Promise<Task[]> }>();

/** What Slurm said of a sweep's tasks in the last ten seconds, or says now; that it did not answer is kept as well. */
export function recentTasks(sweep: string, now: number, ask: () => Promise<Task[]>): Promise<Task[]> {
  for (const [other, { at }] of recent) if (now - at >= keptMilliseconds) recent.delete(other);
  const known = recent.get(sweep);
  if (known !== undefined) return known.tasks;
  const tasks = ask();
  recent.set(sweep, { at: now, tasks });
  return tasks;
}

/** After something was handed in or cancelled. */
export function forgetTasks(sweep: string): void {
  recent.delete(sweep);
}
