import { existsSync } from 'node:fs';
import { basename, join } from 'node:path';
import { StudioError } from '../../contract/errors.ts';
import type { Watch } from '../../contract/progress.ts';
import type { QueueEntry, QueueFile } from '../../contract/queue.ts';
import { endRuns, takeOut } from '../queue/changeEntries.ts';
import { addToQueue, alikeOf, usualTries } from '../queue/queueEntries.ts';
import type { NewEntry } from '../queue/queueEntries.ts';
import { QueueWorker } from '../queue/queueWorker.ts';
import { trainsOnGpu } from '../queue/room.ts';
import { checkpointSteps } from '../runs/checkpoints.ts';
import { readRun, readStatus, runPaths } from '../runs/runFolder.ts';
import { isLocked } from '../runs/runLock.ts';
import type { CommandLine } from '../studio/childRuns.ts';
import { Trainers } from '../studio/trainers.ts';
import type { NeededRun, ScalePlan } from './experiment.ts';
import { clearUnbegunRun, nameOfRun, requireFits, settingsOf, trainArguments } from './neededRuns.ts';
import type { WantedData } from './neededRuns.ts';
import { stepsOf } from './scales.ts';

export interface TrainingPlace {
  plan: ScalePlan;
  commandLine: CommandLine;
  /** Below which the runs lie, and what their trainers say. */
  runs: string;
  logs: string;
  /** The pictures of a run; drawn now where `toTrain`. */
  dataOf(needed: NeededRun, toTrain: boolean): Promise<WantedData>;
}

/** How far each run is, by its name: 1 has what the scale asks for. */
export type TrainingShares = ReadonlyMap<string, { share: number; doing: string }>;

/**
 * Looks at the runs that are there before any is trained, so that nobody waits for hours to hear that one does not fit.
 * @returns why a run cannot be used, by its name
 */
export async function misfitsOf(
  needed: readonly NeededRun[],
  place: TrainingPlace,
): Promise<Map<string, StudioError>> {
  const misfits = new Map<string, StudioError>();
  for (const run of needed) {
    try {
      await standingOf(run, place);
    } catch (error) {
      if (!(error instanceof StudioError)) throw error;
      misfits.set(nameOfRun(run), error);
    }
  }
  return misfits;
}

/**
 * Puts what is not trained yet into the queue, each run with one thread, and works on it until all are trained: two runs of one
 * thread side by side are faster than one of two threads after the other (measured). What was begun goes on from its newest
 * checkpoint; a run that another process trains is waited for.
 *
 * @returns why a run could not be trained, by its name
 * @throws StudioError `interrupted`, when every trainer has saved and ended
 */
export async function trainRuns(
  needed: readonly NeededRun[],
  place: TrainingPlace,
  tell: (shares: TrainingShares) => void,
  watch: Watch,
): Promise<Map<string, StudioError>> {
  const failed = new Map<string, StudioError>();
  for (;;) {
    const lacking: NeededRun[] = [];
    for (const run of needed) {
      if (!failed.has(nameOfRun(run)) && (await standingOf(run, place)) !== 'trained') lacking.push(run);
    }
    requireGoingOn(watch);
    if (lacking.length === 0) return failed;
    const entries: NewEntry[] = [];
    for (const run of lacking) {
      if (!(await isLocked(folderOf(run, place)))) entries.push(await entryOf(run, place));
    }
    await addToQueue(entries);
    const folders = lacking.map((run) => folderOf(run, place));
    try {
      await new QueueWorker(new Trainers(place.commandLine, 'own')).work(async (queue) => {
        for (const entry of await givenUp(queue, folders)) failed.set(...failureOf(entry, place));
        tell(await sharesOf(needed, place, failed));
        return isDone(queue, folders);
      }, watch.signal);
    } finally {
      if (watch.signal?.aborted === true) await endRuns(folders);
    }
    requireGoingOn(watch);
    for (const entry of entries) {
      const name = basename(entry.folder);
      if (failed.has(name) || (await checkpointSteps(entry.folder)).includes(entry.steps)) continue;
      failed.set(...failureOf({ ...entry, error: 'it was taken out of the queue.' }, place));
    }
  }
}

/** Nothing of ours is left in the queue, and nobody trains one of ours beside it. */
async function isDone(queue: QueueFile, folders: readonly string[]): Promise<boolean> {
  if (queue.entries.some(({ folder }) => folders.includes(folder))) return false;
  for (const folder of folders) if (await isLocked(folder)) return false;
  return true;
}

/** Entries that will not be trained, taken out of the queue: what became of them is told by the reproduction. */
async function givenUp({ entries }: QueueFile, folders: readonly string[]): Promise<QueueEntry[]> {
  const isOver = ({ state, isHeld, error }: QueueEntry): boolean =>
    state === 'failed' || (isHeld && error !== null);
  const over = entries.filter((entry) => folders.includes(entry.folder) && isOver(entry));
  if (over.length === 0) return [];
  const ids = over.map(({ id }) => id);
  return takeOut((entry) => ids.includes(entry.id) && isOver(entry));
}

type Standing = 'trained' | 'unbegun' | 'unfinished';

/** @throws StudioError where what lies there is another run, or goes further without the step that is needed */
async function standingOf(needed: NeededRun, place: TrainingPlace): Promise<Standing> {
  const folder = folderOf(needed, place);
  await clearUnbegunRun(folder);
  if (!existsSync(runPaths(folder).run)) return 'unbegun';
  const run = await readRun(folder);
  await requireFits(folder, run, needed, place.plan, await place.dataOf(needed, false));
  const { steps } = stepsOf(place.plan, needed.kind);
  const checkpoints = await checkpointSteps(folder);
  if (checkpoints.includes(steps)) return 'trained';
  if ((checkpoints.at(-1) ?? 0) > steps) {
    throw new StudioError(
      'wrong-usage',
      `The run in ${folder} has gone past step ${steps} without a checkpoint there. Move it elsewhere, or choose another folder with --out.`,
    );
  }
  return 'unfinished';
}

async function entryOf(needed: NeededRun, place: TrainingPlace): Promise<NewEntry> {
  const folder = folderOf(needed, place);
  const { folder: data } = await place.dataOf(needed, true);
  return {
    folder,
    title: nameOfRun(needed),
    from: 'reproduction',
    begin: trainArguments(needed, place.plan, data, folder),
    goOn: ['train', '--resume', folder],
    log: logOf(folder, place),
    steps: stepsOf(place.plan, needed.kind).steps,
    threads: 1,
    isOnGpu: trainsOnGpu(),
    alike: alikeOf([{ ...settingsOf(needed, place.plan), seed: null }]),
    mostTries: usualTries,
  };
}

async function sharesOf(
  needed: readonly NeededRun[],
  place: TrainingPlace,
  failed: ReadonlyMap<string, StudioError>,
): Promise<TrainingShares> {
  const shares = new Map<string, { share: number; doing: string }>();
  for (const run of needed) {
    const name = nameOfRun(run);
    if (failed.has(name)) continue;
    const folder = folderOf(run, place);
    const { steps } = stepsOf(place.plan, run.kind);
    if ((await checkpointSteps(folder).catch((): number[] => [])).includes(steps)) {
      shares.set(name, { share: 1, doing: `${name} is trained` });
      continue;
    }
    const status = await readStatus(folder).catch(() => undefined);
    const step = Math.min(status?.step ?? 0, steps);
    // Not yet 1: what a run was asked for is there when its checkpoint is.
    const share = status?.phase === 'training' ? Math.min(0.999, step / steps) : 0;
    shares.set(name, {
      share,
      doing: share > 0 ? `training ${name}, step ${step} of ${steps}` : `waiting: ${name}`,
    });
  }
  return shares;
}

function failureOf(
  { folder, error }: Pick<QueueEntry, 'folder' | 'error'>,
  place: TrainingPlace,
): [string, StudioError] {
  const name = basename(folder);
  const reason = error ?? 'its trainer ended without a word.';
  const code = /disk/i.test(reason) ? 'no-space' : 'unavailable';
  const sentence = `The run ${name} could not be trained: ${reason} Its log is in ${logOf(folder, place)}.`;
  return [name, new StudioError(code, sentence)];
}

function folderOf(needed: NeededRun, { runs }: Pick<TrainingPlace, 'runs'>): string {
  return join(runs, nameOfRun(needed));
}

function logOf(folder: string, { logs }: TrainingPlace): string {
  return join(logs, `${basename(folder)}.log`);
}

function requireGoingOn(watch: Watch): void {
  if (watch.signal?.aborted !== true) return;
  throw new StudioError(
    'interrupted',
    'Stopped; what was trained is saved. The same command continues from there.',
  );
}
