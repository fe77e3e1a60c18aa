import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { basename, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { StudioError } from '../../contract/errors.ts';
import type { Watch } from '../../contract/progress.ts';
import { checkpointSteps } from '../runs/checkpoints.ts';
import { readRun, readStatus, runPaths } from '../runs/runFolder.ts';
import { isLocked } from '../runs/runLock.ts';
import { ChildRuns } from '../studio/childRuns.ts';
import type { CommandLine } from '../studio/childRuns.ts';
import type { NeededRun, ScalePlan } from './experiment.ts';
import { clearUnbegunRun, nameOfRun, requireFits, trainArguments } from './neededRuns.ts';
import type { WantedData } from './neededRuns.ts';
import { stepsOf } from './scales.ts';

const lookMilliseconds = 500;

export interface TrainingPlace {
  plan: ScalePlan;
  commandLine: CommandLine;
  /** Below which the runs lie, and what their trainers say. */
  runs: string;
  logs: string;
  /** The pictures of a run; drawn now where `toTrain`. */
  dataOf(needed: NeededRun, toTrain: boolean): Promise<WantedData>;
  /** Trainers that work at the same time. */
  sideBySide: number;
}

interface WorkingPlace extends TrainingPlace {
  trainers: ChildRuns;
}

/** How far each run is, by its name: 1 has what the scale asks for. */
export type TrainingShares = ReadonlyMap<string, { share: number; doing: string }>;

/**
 * Looks at the runs that are there before any is trained, so that nobody waits for hours to hear that one does not fit.
 * @returns why a run cannot be used, by its name
 */
export async function misfitsOf(
  needed: readonly NeededRun[],
  place: Omit<TrainingPlace, 'sideBySide'>,
): Promise<Map<string, StudioError>> {
  const misfits = new Map<string, StudioError>();
  for (const run of needed) {
    try {
      await standingOf(join(place.runs, nameOfRun(run)), run, place);
    } catch (error) {
      if (!(error instanceof StudioError)) throw error;
      misfits.set(nameOfRun(run), error);
    }
  }
  return misfits;
}

/**
 * Trains what is not trained yet, each run in a process of its own with one thread, as many at a time as there are
 * cores: two runs of one thread side by side are faster than one of two threads after the other (measured). What was
 * begun goes on from its newest checkpoint; a run that another process trains is waited for.
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
  const shares = new Map(
    needed.map((run) => [nameOfRun(run), { share: 0, doing: `waiting: ${nameOfRun(run)}` }]),
  );
  const failed = new Map<string, StudioError>();
  const waiting = [...needed];
  const working = { ...place, trainers: trainersOf(place) };
  const work = async (): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      const name = nameOfRun(next);
      try {
        await trainOne(next, working, watch, (share, doing) => {
          shares.set(name, { share, doing });
          tell(shares);
        });
      } catch (error) {
        if (!(error instanceof StudioError) || error.code === 'interrupted') throw error;
        failed.set(name, error);
      }
    }
  };
  const outcomes = await Promise.allSettled(Array.from({ length: place.sideBySide }, work));
  for (const outcome of outcomes) if (outcome.status === 'rejected') throw outcome.reason;
  return failed;
}

/** Trainers that this machine has room for. */
export function roomForTrainers(device: 'cpu' | 'gpu'): number {
  return device === 'gpu' ? 1 : Math.max(1, availableParallelism());
}

type Standing = 'trained' | 'unbegun' | 'unfinished' | 'busy';

function trainersOf(place: TrainingPlace): ChildRuns {
  return new ChildRuns({
    commandLine: place.commandLine,
    logOf: (folder) => logOf(folder, place),
    busy: (folder) => `The run in ${folder} is already being trained.`,
    elsewhere: (folder, owner) => `The run in ${folder} is trained by ${owner}.`,
    idle: (folder) => `The run in ${folder} is not being trained now.`,
    priority: 'own',
    environment: {
      EXTRAPOLATION_THREADS: '1',
      // Those that this process's TensorFlow was started with.
      TF_NUM_INTRAOP_THREADS: undefined,
      TF_NUM_INTEROP_THREADS: undefined,
    },
  });
}

async function trainOne(
  needed: NeededRun,
  place: WorkingPlace,
  watch: Watch,
  tell: (share: number, doing: string) => void,
): Promise<void> {
  const folder = join(place.runs, nameOfRun(needed));
  for (let attempt = 0; ;) {
    const standing = await standingOf(folder, needed, place);
    if (standing === 'trained') {
      tell(1, `${nameOfRun(needed)} is trained`);
      return;
    }
    requireGoingOn(watch);
    await tellProgress(folder, needed, place.plan, tell);
    if (standing === 'busy') {
      await pause(lookMilliseconds);
      continue;
    }
    attempt += 1;
    if (attempt > 1) throw await failureOf(folder, needed, place);
    await runTrainer(folder, await argumentsFor(folder, standing, needed, place), needed, place, watch, tell);
  }
}

/** @throws StudioError where what lies there is another run, or goes further without the step that is needed */
async function standingOf(
  folder: string,
  needed: NeededRun,
  place: Omit<TrainingPlace, 'sideBySide'>,
): Promise<Standing> {
  await clearUnbegunRun(folder);
  if (!existsSync(runPaths(folder).run)) return 'unbegun';
  const run = await readRun(folder);
  await requireFits(folder, run, needed, place.plan, await place.dataOf(needed, false));
  const { steps } = stepsOf(place.plan, needed.kind);
  const checkpoints = await checkpointSteps(folder);
  if (checkpoints.includes(steps)) return 'trained';
  if (await isLocked(folder)) return 'busy';
  if ((checkpoints.at(-1) ?? 0) > steps) {
    throw new StudioError(
      'wrong-usage',
      `The run in ${folder} has gone past step ${steps} without a checkpoint there. Move it elsewhere, or choose another folder with --out.`,
    );
  }
  return 'unfinished';
}

async function argumentsFor(
  folder: string,
  standing: 'unbegun' | 'unfinished',
  needed: NeededRun,
  place: TrainingPlace,
): Promise<string[]> {
  const { folder: data } = await place.dataOf(needed, true);
  if (standing === 'unbegun') return trainArguments(needed, place.plan, data, folder);
  const lacking = stepsOf(place.plan, needed.kind).steps - (await readRun(folder)).steps;
  return ['train', '--resume', folder, ...(lacking > 0 ? ['--extend', String(lacking)] : [])];
}

/** Runs a trainer to its end; asked to stop, it saves first. */
async function runTrainer(
  folder: string,
  args: readonly string[],
  needed: NeededRun,
  place: WorkingPlace,
  watch: Watch,
  tell: (share: number, doing: string) => void,
): Promise<void> {
  const { trainers } = place;
  await trainers.begin(folder, args);
  const end = trainers.ended(folder).then(() => 'ended' as const);
  // One that has just ended needs no stopping.
  const stop = (): void => void trainers.pause(folder).catch(() => undefined);
  watch.signal?.addEventListener('abort', stop, { once: true });
  if (watch.signal?.aborted === true) stop();
  while ((await Promise.race([end, pause(lookMilliseconds, 'going on')])) !== 'ended') {
    await tellProgress(folder, needed, place.plan, tell);
  }
  watch.signal?.removeEventListener('abort', stop);
}

async function tellProgress(
  folder: string,
  needed: NeededRun,
  plan: ScalePlan,
  tell: (share: number, doing: string) => void,
): Promise<void> {
  const { steps } = stepsOf(plan, needed.kind);
  const status = await readStatus(folder).catch(() => undefined);
  const step = Math.min(status?.step ?? 0, steps);
  // Not yet 1: what a run was asked for is there when its checkpoint is.
  tell(Math.min(0.999, step / steps), `training ${nameOfRun(needed)}, step ${step} of ${steps}`);
}

async function failureOf(folder: string, needed: NeededRun, place: WorkingPlace): Promise<StudioError> {
  const status = await readStatus(folder).catch(() => undefined);
  const said = (await place.trainers.lastWords(folder)) ?? place.trainers.failureOf(folder) ?? '';
  const reason = status?.phase === 'failed' && status.error !== null ? status.error : said;
  return new StudioError(
    /disk/i.test(reason) ? 'no-space' : 'unavailable',
    `The run ${nameOfRun(needed)} could not be trained: ${reason} Its log is in ${logOf(folder, place)}.`,
  );
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
