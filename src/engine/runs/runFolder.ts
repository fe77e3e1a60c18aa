import { existsSync } from 'node:fs';
import { mkdir, readdir, rmdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { z } from 'zod';
import { fileWords, sentenceOfIssues } from '../../contract/complaints.ts';
import { StudioError } from '../../contract/errors.ts';
import { runFileSchema, statusFileSchema } from '../../contract/runFiles.ts';
import type { RunFile, StatusFile } from '../../contract/runFiles.ts';
import { isUnfinished, removeQuietly, removeUnfinished, syncFolder, writeWhole } from '../files/safeFiles.ts';
import { refuseNewerVersion } from '../files/knownVersion.ts';
import { readRunFile } from './readRunFile.ts';
import { bundledModelFolder, bundledName, idOfRun } from './bundledModel.ts';
import { runsFolder, sweepFileOf } from './runsFolder.ts';

export { runsFolder };

/** Where everything of a run lies; see docs/architecture.md, "The run directory". */
export function runPaths(
  folder: string,
): Record<'run' | 'status' | 'metrics' | 'lock' | 'labels' | 'log', string> &
  Record<'samples' | 'checkpoints' | 'recipes' | 'gates' | 'exports' | 'tensorboard', string> {
  return {
    run: join(folder, 'run.json'),
    status: join(folder, 'status.json'),
    metrics: join(folder, 'metrics.jsonl'),
    lock: join(folder, 'run.lock'),
    labels: join(folder, 'labels.json'),
    log: join(folder, 'trainer.log'),
    samples: join(folder, 'samples'),
    checkpoints: join(folder, 'checkpoints'),
    recipes: join(folder, 'recipes'),
    gates: join(folder, 'gates'),
    exports: join(folder, 'exports'),
    tensorboard: join(folder, 'tensorboard'),
  };
}

/** step-00001000: sorts by step as text. */
export function stepName(step: number): string {
  return `step-${String(step).padStart(8, '0')}`;
}

/**
 * The folder of a run given as a path, as an id in the runs folder, or as `bundled` for the model that comes along.
 * @throws StudioError `not-found`
 */
export function findRun(run: string): string {
  if (run === bundledName) return findBundledModel();
  for (const folder of [resolve(run), join(runsFolder(), run)]) {
    if (existsSync(runPaths(folder).run)) return folder;
  }
  throw new StudioError(
    'not-found',
    `There is no run at ${run}, neither as a folder nor as a name in ${runsFolder()}. "extrapolate runs ls" lists the runs there.`,
  );
}

function findBundledModel(): string {
  const folder = bundledModelFolder();
  if (existsSync(runPaths(folder).run)) return folder;
  throw new StudioError(
    'not-found',
    `The model that comes with the Studio is not at ${folder}. Restore that folder from the project, or use a run of your own: "extrapolate runs ls" lists them.`,
  );
}

/**
 * Makes a run folder with its run.json. What cannot be made whole is taken back, and what a killed or a full disk's earlier attempt left
 * is in nobody's way: a folder is a run's once run.json is there.
 * @throws StudioError `wrong-usage` where a run or anything else is there already
 */
export async function createRun(folder: string, run: RunFile): Promise<void> {
  if (existsSync(runPaths(folder).run)) {
    throw new StudioError(
      'wrong-usage',
      `${folder} already holds a run. Continue it with "--resume ${folder}", or choose another folder with --run.`,
    );
  }
  const made = await mkdir(folder, { recursive: true });
  if (!(await isUnbegun(folder))) {
    throw new StudioError(
      'wrong-usage',
      `${folder} is not empty and holds no run. Choose another folder with --run.`,
    );
  }
  let isRun = false;
  try {
    await removeUnfinished(folder);
    for (const part of firstParts(folder)) await mkdir(part, { recursive: true });
    await writeRunFile(folder, run);
    isRun = true;
    await syncFolder(folder);
  } catch (error) {
    if (isRun) await removeQuietly(runPaths(folder).run);
    for (const part of firstParts(folder)) await rmdir(part).catch(() => undefined);
    if (made !== undefined) await rmdir(folder).catch(() => undefined);
    throw error;
  }
}

function firstParts(folder: string): string[] {
  const { samples, checkpoints, recipes, exports } = runPaths(folder);
  return [samples, checkpoints, recipes, exports];
}

/** Whether a folder holds no more than what `createRun` makes before run.json is there. */
export async function isUnbegun(folder: string): Promise<boolean> {
  const parts = firstParts(folder);
  for (const name of await readdir(folder)) {
    if (isUnfinished(name)) continue;
    const path = join(folder, name);
    const inside = parts.includes(path) ? await readdir(path).catch(() => undefined) : undefined;
    if (inside?.length !== 0) return false;
  }
  return true;
}

export async function writeRun(folder: string, run: RunFile): Promise<void> {
  await writeRunFile(folder, run);
  await syncFolder(folder);
}

async function writeRunFile(folder: string, run: RunFile): Promise<void> {
  await writeWhole(runPaths(folder).run, `${JSON.stringify(runFileSchema.parse(run), null, 2)}\n`);
}

export async function readRun(folder: string): Promise<RunFile> {
  return readJson(runPaths(folder).run, runFileSchema);
}

export async function writeStatus(folder: string, status: StatusFile): Promise<void> {
  await writeWhole(runPaths(folder).status, `${JSON.stringify(status)}\n`);
}

/** Undefined where the trainer has not written one yet. */
export async function readStatus(folder: string): Promise<StatusFile | undefined> {
  const { status } = runPaths(folder);
  const wayOut = 'Delete it: training writes it again.';
  return existsSync(status) ? readJson(status, statusFileSchema, { wayOut }) : undefined;
}

export interface ListedRun {
  id: string;
  folder: string;
  run: RunFile;
  status: StatusFile | undefined;
}

/** The folders in a folder that hold a run, and those of sweeps in it, by name; none where the folder is not there. */
export async function runFolders(parent: string): Promise<string[]> {
  const folders = await foldersIn(parent);
  const found = await Promise.all(
    folders.map(async (folder) => {
      if (existsSync(runPaths(folder).run)) return [folder];
      if (!existsSync(sweepFileOf(folder))) return [];
      return (await foldersIn(folder)).filter((cell) => existsSync(runPaths(cell).run));
    }),
  );
  return found.flat();
}

async function foldersIn(parent: string): Promise<string[]> {
  const names = await readdir(parent).catch((): string[] => []);
  return names.sort().map((name) => join(parent, name));
}

/** The runs of a folder, newest first; folders whose files cannot be read are named apart. */
export async function listRuns(parent: string): Promise<{ runs: ListedRun[]; unreadable: string[] }> {
  const runs: ListedRun[] = [];
  const unreadable: string[] = [];
  for (const folder of await runFolders(parent)) {
    try {
      const [run, status] = [await readRun(folder), await readStatus(folder)];
      runs.push({ id: idOfRun(folder), folder, run, status });
    } catch (error) {
      if (!(error instanceof StudioError)) throw error;
      unreadable.push(error.message);
    }
  }
  runs.sort((a, b) => b.run.createdAt.localeCompare(a.run.createdAt));
  return { runs, unreadable };
}

/**
 * Reads and checks a JSON file of a run.
 * @param options the newest version of such files, and what to do where one is damaged
 * @throws StudioError that names the file: `damaged`, `not-found`, or `unavailable` where it cannot be read here and now, or is a
 * newer version's
 */
export async function readJson<T>(
  path: string,
  schema: z.ZodType<T>,
  { newest = 1, wayOut = 'Restore it from a copy, or start a new run.' } = {},
): Promise<T> {
  const text = (await readRunFile(path)).toString('utf8');
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (cause) {
    throw new StudioError('damaged', `${path} is not valid JSON. ${wayOut}`, { cause });
  }
  const parsed = schema.safeParse(json);
  if (!parsed.success) {
    refuseNewerVersion(path, json, newest);
    const rule = sentenceOfIssues(parsed.error.issues.slice(0, 1), fileWords);
    throw new StudioError('damaged', `${path} does not have the form this version reads. ${rule} ${wayOut}`);
  }
  return parsed.data;
}
