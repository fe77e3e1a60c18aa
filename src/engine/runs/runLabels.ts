import { existsSync } from 'node:fs';
import { StudioError } from '../../contract/errors.ts';
import { labelsFileSchema, mostTags, noLabels } from '../../contract/runLabels.ts';
import type { LabelChanges, RunLabels } from '../../contract/runLabels.ts';
import { inTurn } from '../files/inTurn.ts';
import { writeWhole } from '../files/safeFiles.ts';
import { requireOwnRun } from './bundledModel.ts';
import { findRun, readJson, runPaths } from './runFolder.ts';

/** What people wrote about a run; runs of earlier versions have none. @throws StudioError `damaged` */
export async function readLabels(folder: string): Promise<RunLabels> {
  const { labels } = runPaths(folder);
  if (!existsSync(labels)) return noLabels;
  const wayOut = 'Delete it: the run loses its name, tags and note, and nothing else.';
  const { name, tags, note, archived, changedAt } = await readJson(labels, labelsFileSchema, { wayOut });
  return { name, tags, note, archived, changedAt };
}

/** The same where a list must not fail for one run; what is wrong goes to `complain`. */
export async function labelsForList(
  folder: string,
  complain: (sentence: string) => void,
): Promise<RunLabels> {
  try {
    return await readLabels(folder);
  } catch (error) {
    if (!(error instanceof StudioError)) throw error;
    complain(error.message);
    return noLabels;
  }
}

/**
 * Changes what is said to change, in the labels as they are now: of two people who write different parts both are kept.
 * @throws StudioError `busy` where the note is another one than the new one was written from; `wrong-usage`, `damaged`
 */
export async function changeLabels(
  changes: LabelChanges,
  now: () => Date = () => new Date(),
): Promise<RunLabels> {
  const folder = findRun(changes.run);
  requireOwnRun(folder);
  return oneAtATime(folder, async () => {
    const before = await readLabels(folder);
    const after = changed(before, changes, folder);
    if (JSON.stringify(after) === JSON.stringify(before)) return before;
    const labels = { ...after, changedAt: now().toISOString() };
    await writeWhole(runPaths(folder).labels, `${JSON.stringify({ version: 1, ...labels }, null, 2)}\n`);
    return labels;
  });
}

function changed(before: RunLabels, changes: LabelChanges, folder: string): RunLabels {
  const { name, addTags = [], removeTags = [], note, noteBefore, archived } = changes;
  if (note !== undefined && noteBefore !== undefined && ![noteBefore, note].includes(before.note)) {
    throw new StudioError(
      'busy',
      `The note of ${folder} was changed by someone else meanwhile, so it was not replaced. Read theirs, then save yours or keep theirs.`,
    );
  }
  const tags = [...new Set([...before.tags, ...addTags])].filter((tag) => !removeTags.includes(tag));
  if (tags.length > mostTags) {
    throw new StudioError('wrong-usage', `A run has at most ${mostTags} tags. Remove some first.`);
  }
  return {
    name: name ?? before.name,
    tags,
    note: note ?? before.note,
    archived: archived ?? before.archived,
    changedAt: before.changedAt,
  };
}

/** Pages and command lines change labels at the same time. */
function oneAtATime<R>(folder: string, work: () => Promise<R>): Promise<R> {
  const what = `The labels of the run in ${folder}`;
  return inTurn({ folder, name: 'labels.lock', what, deed: 'are being changed' }, work);
}
