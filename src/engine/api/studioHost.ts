import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join, sep } from 'node:path';
import { StudioError } from '../../contract/errors.ts';
import type { About } from '../../contract/studio.ts';
import { studioVersion } from '../../contract/studioVersion.ts';
import { bundledModelFolder } from '../runs/bundledModel.ts';
import { runsFolder } from '../runs/runFolder.ts';
import { confineLinks } from '../files/allowedFolders.ts';
import { Browser } from '../data/browse.ts';
import { JobBoard } from '../studio/jobBoard.ts';
import { PathGuard } from '../studio/pathGuard.ts';
import { Reproductions } from '../experiments/reproductions.ts';
import { QueueWorker } from '../queue/queueWorker.ts';
import { holdAll, leaveQueue } from '../queue/changeEntries.ts';
import { addToQueue, entryOfRun } from '../queue/queueEntries.ts';
import type { SweepStarter } from '../sweeps/sweepEngine.ts';
import { RunLooks } from '../studio/runLooks.ts';
import { pauseFor } from '../session/signal.ts';
import { RunSummaries } from '../studio/runSummaries.ts';
import { Trainers } from '../studio/trainers.ts';
import type { GoingOn } from '../studio/trainers.ts';
import type { CommandLine } from '../studio/childRuns.ts';

export interface StudioSettings {
  /** Folders that pages may read and write, beside the runs folder. */
  folders: readonly string[];
  /** Where new sets of faces are proposed. */
  dataFolder: string;
  commandLine: CommandLine;
}

const queueRetryMilliseconds = 5000;

/** What one served engine keeps in memory. Runs are not part of it: they live in their folders. */
export class StudioHost {
  readonly guard: PathGuard;
  readonly jobs = new JobBoard();
  readonly browser = new Browser();
  readonly trainers: Trainers;
  readonly reproductions: Reproductions;
  readonly summaries: RunSummaries;
  readonly looks: RunLooks;
  readonly starter: SweepStarter;
  readonly #queue: QueueWorker;
  readonly #closing = new AbortController();
  readonly #settings: StudioSettings;

  constructor(settings: StudioSettings) {
    this.#settings = settings;
    this.guard = new PathGuard([...settings.folders, bundledModelFolder()], runsFolder());
    confineLinks(this.guard.roots);
    this.trainers = new Trainers(settings.commandLine);
    this.starter = { commandLine: settings.commandLine, worksOnQueue: false };
    this.#queue = new QueueWorker(this.trainers);
    this.reproductions = new Reproductions(settings.commandLine);
    this.summaries = new RunSummaries(this.trainers);
    this.looks = new RunLooks(this.summaries);
  }

  /** Works on the queue as long as this engine lives. A queue file that cannot be read is told where the queue is shown. */
  async workOnQueue(): Promise<void> {
    while (!this.#closing.signal.aborted) {
      await this.#queue.work(() => false, this.#closing.signal).catch(() => undefined);
      await pauseFor(queueRetryMilliseconds, this.#closing.signal);
    }
  }

  /** Puts a run into the queue, which begins it at once where there is room. @throws StudioError `busy`, `wrong-usage` */
  async train(folder: string, going: GoingOn = {}): Promise<void> {
    await this.trainers.requireStartable(folder, going);
    await addToQueue([await entryOfRun(folder, going)]);
    this.#queue.wake();
    void this.summaries.lookAgain();
  }

  /** Has a run saved and its trainer end. @throws StudioError `wrong-usage` where it is neither trained nor in the queue */
  async pause(folder: string): Promise<void> {
    if (await this.#mustEnd(folder)) await this.trainers.pause(folder);
  }

  /** Ends a run's trainer at once. @throws StudioError as `pause` does */
  async stop(folder: string): Promise<void> {
    if (await this.#mustEnd(folder)) await this.trainers.stop(folder);
  }

  /** Takes the run out of the queue, first, so that the queue does not take it for a training that somebody else ended. */
  async #mustEnd(folder: string): Promise<boolean> {
    const wasQueued = await leaveQueue(folder);
    return !wasQueued || (await this.trainers.isTaken(folder));
  }

  /** One more folder: chosen in a dialog of the desktop. */
  allow(folder: string): void {
    this.guard.allow(folder);
    confineLinks(this.guard.roots);
  }

  about(): About {
    const bundledModel = bundledModelFolder();
    return {
      version: studioVersion,
      runsFolder: runsFolder(),
      dataFolder: this.#settings.dataFolder,
      separator: sep,
      cores: availableParallelism(),
      bundledModel: { folder: bundledModel, isThere: existsSync(join(bundledModel, 'run.json')) },
    };
  }

  /** Where new sets of faces and experiments are proposed. */
  get dataFolder(): string {
    return this.#settings.dataFolder;
  }

  /** Asks every trainer of the runs folder, and every experiment this engine started, to save and end; what waits is held. */
  async pauseAll(): Promise<void> {
    await holdAll('The Studio was closed. Release it to go on.');
    const { runs } = await this.summaries.list();
    const trained = runs.filter(({ state }) => state === 'training' || state === 'starting');
    await Promise.allSettled([
      ...trained.map(({ folder }) => this.trainers.pause(folder)),
      this.reproductions.stopAll(),
    ]);
  }
}

/** What a method is called with: the host where a page calls; where the command line does, how it starts trainers. */
export interface EngineContext {
  studio?: StudioHost;
  commandLine?: CommandLine;
}

/** @throws StudioError `unavailable` where the command line calls */
export function hostOf(context: EngineContext): StudioHost {
  if (context.studio !== undefined) return context.studio;
  throw new StudioError('unavailable', 'Only a served Studio can do this: start “extrapolate serve”.');
}
