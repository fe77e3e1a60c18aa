import { existsSync } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { StudioError } from '../../contract/errors.ts';
import { removedFileSchema, trashDays } from '../../contract/trash.ts';
import type { RemovedRun } from '../../contract/trash.ts';
import { namesIn, removeQuietly, syncFolder, writeWhole } from '../files/safeFiles.ts';
import { idOfRun, requireOwnRun } from './bundledModel.ts';
import { findRun, readJson, runsFolder } from './runFolder.ts';
import { isLocked } from './runLock.ts';

const dayMilliseconds = 24 * 3600 * 1000;

/** Where a deleted run goes: beside it, so that it is one rename, whatever its size; a cell's, beside its sweep. */
export function trashBeside(folder: string): string {
  const parent = dirname(resolve(folder));
  return join(isCell(idOfRun(folder)) ? dirname(parent) : parent, '.trash');
}

/** Of a sweep in the runs folder: sweep/cell. */
function isCell(id: string): boolean {
  return id.includes('/');
}

/**
 * Moves a run into the trash, and deletes for good what has lain there for thirty days.
 * @throws StudioError `busy` while it is being trained, `wrong-usage` for the bundled model
 */
export async function removeRun(input: { run: string }, now = new Date()): Promise<RemovedRun> {
  const folder = findRun(input.run);
  requireOwnRun(folder);
  if (await isLocked(folder)) {
    throw new StudioError(
      'busy',
      `The run in ${folder} is being trained, so it is not removed. Stop it first.`,
    );
  }
  const trash = trashBeside(folder);
  const id = idOfRun(folder);
  const removedAt = now.toISOString();
  const entry = `${removedAt.replace(/[-:.Z]/g, '').replace('T', '-')}-${id.replace('/', '-').slice(0, 200)}`;
  const place = join(trash, entry);
  await mkdir(place, { recursive: true });
  try {
    const file = { version: 1, id, from: folder, removedAt };
    await writeWhole(factsOf(place), `${JSON.stringify(file, null, 2)}\n`);
    await rename(folder, join(place, basename(folder)));
  } catch (error) {
    await removeQuietly(place);
    throw error;
  }
  await syncFolder(dirname(folder));
  await sweep(trash, now);
  return { entry, id, from: folder, removedAt, keptUntil: keptUntil(removedAt) };
}

/** The deleted runs of the runs folder, newest first. What cannot be read is left alone. */
export async function listRemoved(): Promise<RemovedRun[]> {
  return removedIn(trashBeside(join(runsFolder(), 'any')));
}

/**
 * Moves a run back to where it lay.
 * @throws StudioError `not-found`; `wrong-usage` where something lies there now
 */
export async function restoreRun({ entry }: { entry: string }): Promise<{ id: string; folder: string }> {
  const trash = trashBeside(join(runsFolder(), 'any'));
  const found = (await removedIn(trash)).find((each) => each.entry === entry);
  if (found === undefined) {
    throw new StudioError(
      'not-found',
      `There is no deleted run ${entry} in ${trash}. "extrapolate runs trash" lists what is there.`,
    );
  }
  // Runs folders are moved and renamed: a run comes back to the one whose trash it lies in.
  const parent = isCell(found.id) ? join(dirname(trash), basename(dirname(found.from))) : dirname(trash);
  const folder = join(parent, basename(found.from));
  if (!existsSync(parent)) {
    throw new StudioError(
      'wrong-usage',
      `${folder} was a cell of a sweep, and ${parent} is not there any more. Put the sweep back first.`,
    );
  }
  if (existsSync(folder)) {
    throw new StudioError(
      'wrong-usage',
      `There is another run or folder at ${folder} now. Rename it, then restore this one.`,
    );
  }
  await rename(join(trash, entry, basename(found.from)), folder);
  await syncFolder(parent);
  await removeQuietly(join(trash, entry));
  return { id: found.id, folder };
}

/** Deletes for good what lies in the trash of the runs folder. */
export async function emptyTrash(): Promise<{ count: number }> {
  const trash = trashBeside(join(runsFolder(), 'any'));
  const removed = await removedIn(trash);
  for (const { entry } of removed) await rm(join(trash, entry), { recursive: true });
  return { count: removed.length };
}

async function sweep(trash: string, now: Date): Promise<void> {
  const old = (await removedIn(trash)).filter((each) => Date.parse(each.keptUntil) <= now.getTime());
  for (const { entry } of old) await removeQuietly(join(trash, entry));
}

async function removedIn(trash: string): Promise<RemovedRun[]> {
  const found: RemovedRun[] = [];
  for (const entry of (await namesIn(trash)).sort().reverse()) {
    const facts = await readJson(factsOf(join(trash, entry)), removedFileSchema).catch(() => undefined);
    if (facts === undefined || !existsSync(join(trash, entry, basename(facts.from)))) continue;
    const { id, from, removedAt } = facts;
    found.push({ entry, id, from, removedAt, keptUntil: keptUntil(removedAt) });
  }
  return found;
}

function factsOf(place: string): string {
  return join(place, 'removed.json');
}

function keptUntil(removedAt: string): string {
  return new Date(Date.parse(removedAt) + trashDays * dayMilliseconds).toISOString();
}
