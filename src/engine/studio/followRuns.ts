import type { FollowedRun, RunListEvent, RunSummary } from '../../contract/studio.ts';
import { pauseFor } from '../session/signal.ts';
import type { RunLooks } from './runLooks.ts';
import type { ListedRuns, RunSummaries } from './runSummaries.ts';

/** Charts take new points at most twice a second; looking at a few files costs less than being told by the system. */
const lookEveryMilliseconds = 500;
/** A look that another page had a moment ago is as good as one's own. */
const recentShare = 0.9;
/** Looking takes a hundredth of the time at most, however many runs there are … */
const restForLook = 100;
/** … but one look that something held up, as TensorFlow's start does, must not leave pages without news for longer than this. */
const mostRestMilliseconds = 4000;

/** All runs, then those that changed whenever one does. */
export async function* followList(
  summaries: RunSummaries,
  signal: AbortSignal | undefined,
): AsyncGenerator<RunListEvent, void, void> {
  let told: ListedRuns | undefined;
  let pause = lookEveryMilliseconds;
  do {
    const listed = await summaries.recent(told === undefined ? 0 : recentShare * pause);
    const rest = Math.min(mostRestMilliseconds, summaries.lookTook * restForLook);
    pause = Math.max(lookEveryMilliseconds, rest);
    const event = changesOf(told, listed);
    told = listed;
    if (event !== undefined) yield event;
  } while (await summaries.rest(pause, signal));
}

/** What is to be told after `before`; undefined where that is nothing. */
function changesOf(before: ListedRuns | undefined, now: ListedRuns): RunListEvent | undefined {
  const { folder, unreadable } = now;
  if (before === undefined || before.folder !== folder) {
    return { folder, unreadable, runs: now.runs, gone: [], restarted: true };
  }
  if (before === now) return undefined;
  const known = new Map(before.runs.map((run) => [run.folder, run]));
  const runs = now.runs.filter((run) => !isSame(known.get(run.folder), run));
  for (const run of now.runs) known.delete(run.folder);
  const gone = [...known.keys()];
  const isNothing = runs.length === 0 && gone.length === 0 && before.unreadable.join() === unreadable.join();
  return isNothing ? undefined : { folder, unreadable, runs, gone, restarted: false };
}

/** A run in which nothing happened is told by the same object. */
function isSame(before: RunSummary | undefined, now: RunSummary): boolean {
  return before === now || (before !== undefined && JSON.stringify(before) === JSON.stringify(now));
}

/** One run: where it stands and what was measured since the event before. */
export async function* followRun(
  looks: RunLooks,
  folder: string,
  signal: AbortSignal | undefined,
): AsyncGenerator<FollowedRun, void, void> {
  let told: { fingerprint: string; generation: object; lines: number } | undefined;
  do {
    const age = told === undefined ? 0 : recentShare * lookEveryMilliseconds;
    const { fingerprint, generation, lines, ...look } = await looks.look(folder, age);
    if (fingerprint === told?.fingerprint) continue;
    const restarted = generation !== told?.generation;
    const metrics = lines.slice(restarted ? 0 : told?.lines);
    told = { fingerprint, generation, lines: lines.length };
    yield { ...look, metrics, restarted };
  } while (await pauseFor(lookEveryMilliseconds, signal));
}
