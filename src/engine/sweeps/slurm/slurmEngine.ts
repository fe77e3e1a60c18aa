import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { StudioError } from '../../../contract/errors.ts';
import { counted } from '../../../contract/figures.ts';
import type { Watch } from '../../../contract/progress.ts';
import type { SlurmEngineFile } from '../../../contract/slurm.ts';
import type { SlurmOptions } from '../../../contract/sweeps.ts';
import { whileLocked } from '../../files/folderLock.ts';
import { writeWhole } from '../../files/safeFiles.ts';
import { isLocked } from '../../runs/runLock.ts';
import type { CellJob, CellLook, SweepEngine, SweepPlace, SweepStarter } from '../sweepEngine.ts';
import { arrayOf, jobScript, outputPattern } from './jobScript.ts';
import { forgetTasks, recentTasks } from './recentTasks.ts';
import { freeOptions, signalOption } from './sbatchOptions.ts';
import { shellQuoted } from './shellWords.ts';
import { SlurmCommands } from './slurmCommands.ts';
import { readSubmissions, writeSubmissions } from './submissions.ts';
import { isLiving, lookOf, nameOfTask } from './taskList.ts';
import type { Task } from './taskList.ts';

/** So long after it was handed in a cell that Slurm does not list may still come: its controller may be starting again. */
const settlingMilliseconds = 120_000;
/** The scheduler has looked at a new job, and said why it waits, within seconds. */
const reasonMilliseconds = 6000;
/** What a job has for a reason before it was looked at: the second where sbatch itself saw that it cannot start at once. */
const firstReasons = ['None', 'PartitionConfig'];
const lookMilliseconds = 500;

export interface SlurmSettings {
  environment?: NodeJS.ProcessEnv;
  /** Milliseconds since 1970. */
  clock?: () => number;
}

/**
 * Trains the cells of a sweep as tasks of array jobs: task N is cell N. Whether a cell is finished is read from its run; Slurm is
 * asked what waits and runs, by the sweep's id, which is the name of its jobs.
 */
export class SlurmEngine implements SweepEngine {
  readonly #place: SweepPlace;
  readonly #options: SlurmOptions;
  readonly #starter: SweepStarter | undefined;
  readonly #commands: SlurmCommands;
  readonly #environment: NodeJS.ProcessEnv;
  readonly #clock: () => number;

  constructor(
    place: SweepPlace,
    options: SlurmOptions,
    starter: SweepStarter | undefined,
    { environment = process.env, clock = Date.now }: SlurmSettings = {},
  ) {
    this.#place = place;
    this.#options = options;
    this.#starter = starter;
    this.#commands = new SlurmCommands(environment);
    this.#environment = environment;
    this.#clock = clock;
  }

  async check(): Promise<void> {
    freeOptions(this.#options);
    const partitions = await this.#commands.partitions();
    const asked = this.#options.partition?.split(',') ?? [];
    const unknown = asked.find((name) => !partitions.includes(name));
    if (unknown === undefined) return;
    throw new StudioError(
      'wrong-usage',
      `There is no partition "${unknown}" on this cluster. It has ${partitions.join(', ')}: choose one with --partition.`,
    );
  }

  async submit(jobs: readonly CellJob[], watch: Watch): Promise<string[]> {
    const { folder } = this.#place;
    const lockable = { folder, name: 'slurm.lock', what: `The sweep in ${folder}`, deed: 'is handed in' };
    // Two commands that both find a cell missing would both hand it in.
    const { sentences, id } = await whileLocked(lockable, () => this.#handInMissing(jobs, watch));
    return id === undefined ? sentences : [...sentences, ...(await this.#whatWaits(id, watch))];
  }

  async #handInMissing(
    jobs: readonly CellJob[],
    watch: Watch,
  ): Promise<{ sentences: string[]; id?: string }> {
    const file = await readSubmissions(this.#place.folder);
    const newest = newestTasks(await this.#commands.tasks(this.#place.id), file);
    const lacking: CellJob[] = [];
    const kept = new Map<string, number>();
    for (const job of jobs) {
      const why = await this.#whyNotStart(job, newest.get(job.index), file);
      if (why === undefined) lacking.push(job);
      else kept.set(why, (kept.get(why) ?? 0) + 1);
    }
    const sentences = [...kept].map(([why, number]) => `${counted(number, 'cell')} not handed in: ${why}.`);
    if (lacking.length === 0 || watch.signal?.aborted === true) return { sentences };
    const id = await this.#handIn(lacking, file);
    const parallel = this.#options.parallel;
    const atOnce = parallel === undefined ? '' : `, at most ${parallel} at a time`;
    sentences.push(
      `Slurm has ${counted(lacking.length, 'cell')} as job ${id}${atOnce}. Its script is ${this.#at('job.sh')}.`,
    );
    return { sentences, id };
  }

  async look(jobs: readonly CellJob[]): Promise<Map<number, CellLook>> {
    const file = await readSubmissions(this.#place.folder);
    const { folder, id } = this.#place;
    const asked = recentTasks(folder, this.#clock(), () => this.#commands.tasks(id));
    const known = await asked.catch((error: unknown) => {
      // It stands at every cell: the first sentence will do.
      if (error instanceof StudioError) return error.message.split(/[.:] /, 1)[0]!;
      throw error;
    });
    const looks = new Map<number, CellLook>();
    const newest = typeof known === 'string' ? undefined : newestTasks(known, file);
    for (const { index, log } of jobs) {
      const task = newest?.get(index);
      // What begins no log says why in Slurm's own file.
      const words = task === undefined || existsSync(log) ? log : this.#at(`${nameOfTask(task)}.out`);
      const look = task === undefined ? this.#lookOfUnlisted(index, file, known) : lookOf(task, words);
      if (look !== undefined) looks.set(index, look);
    }
    return looks;
  }

  async stop(jobs: readonly CellJob[]): Promise<string[]> {
    const file = await readSubmissions(this.#place.folder);
    const indices = new Set(jobs.map(({ index }) => index));
    const tasks = await this.#commands.tasks(this.#place.id);
    const living = tasks.filter((task) => indices.has(task.index) && isLiving(task));
    if (living.length === 0) return ['Slurm has no cell of this sweep that waits or runs.'];
    await this.#commands.cancel(living.map(nameOfTask));
    forgetTasks(this.#place.folder);
    const stopped = [...new Set(living.map(({ index }) => index))].sort((a, b) => a - b);
    const at = new Date(this.#clock()).toISOString();
    await writeSubmissions(this.#place.folder, { ...file, stops: [...file.stops, { at, indices: stopped }] });
    return [
      `Slurm was asked to end ${counted(stopped.length, 'cell')}. Those that run save first; "sweep status" shows when they have ended.`,
    ];
  }

  /** Undefined where a cell can be handed in. */
  async #whyNotStart(
    job: CellJob,
    task: Task | undefined,
    file: SlurmEngineFile,
  ): Promise<string | undefined> {
    if (task !== undefined && isLiving(task)) {
      const { state, reason = '' } = lookOf(task);
      if (state === 'running' && wasStopped(task, file)) {
        return 'it was asked to end, and Slurm still lists it as running; "sweep resume" takes it when it has ended';
      }
      if (state === 'running') return 'already running under Slurm, or just ending';
      return `already in Slurm's queue${reason === '' ? '' : ` (${reason})`}`;
    }
    if (await isLocked(job.folder)) return 'its run is being trained';
    if (task !== undefined || !this.#mayStillCome(job.index, file)) return undefined;
    return 'Slurm does not list what was handed in a moment ago; try again in two minutes';
  }

  /**
   * Of a cell that Slurm does not list, or, by `known`, that it cannot be asked about. A controller forgets minutes after the end, and may
   * lose what it took just before it died; then the run's folder alone tells.
   */
  #lookOfUnlisted(
    index: number,
    file: SlurmEngineFile,
    known: string | readonly Task[],
  ): CellLook | undefined {
    const last = lastOf(index, file);
    if (last === undefined) return undefined;
    const job = `${last.job}_${index}`;
    if (isStopped(index, last, file)) return { state: 'stopped', job };
    if (typeof known === 'string') return { state: 'unknown', reason: known, job };
    return this.#mayStillCome(index, file)
      ? { state: 'unknown', reason: `Slurm does not list ${job}`, job }
      : undefined;
  }

  #mayStillCome(index: number, file: SlurmEngineFile): boolean {
    const last = lastOf(index, file);
    return (
      last !== undefined &&
      !isStopped(index, last, file) &&
      this.#clock() - Date.parse(last.at) < settlingMilliseconds
    );
  }

  async #handIn(jobs: readonly CellJob[], file: SlurmEngineFile): Promise<string> {
    const { folder, id, threads } = this.#place;
    if (this.#starter === undefined)
      throw new TypeError('cells are handed in with a command line that trains them');
    const { commandLine } = this.#starter;
    const asked = freeOptions(this.#options);
    const indices = jobs.map(({ index }) => index);
    const limit = this.#options.parallel === undefined ? '' : `%${this.#options.parallel}`;
    const script = this.#at('job.sh');
    const args = [
      ...asked,
      ...['--parsable', `--array=${arrayOf(indices)}${limit}`, `--job-name=${id}`],
      ...['--nodes=1', '--ntasks=1', `--cpus-per-task=${threads}`, '--requeue', '--open-mode=append'],
      ...[signalOption(this.#options), `--output=${outputPattern(dirname(script))}`, script],
    ];
    // A folder of logs that is not there makes a cell fail without a word when it starts.
    for (const place of [dirname(script), ...new Set(jobs.map(({ log }) => dirname(log)))]) {
      await mkdir(place, { recursive: true });
    }
    await writeWhole(script, jobScript(folder, commandLine, jobs, ['sbatch', ...args], this.#environment));
    const job = await this.#commands.submit(args, asked);
    forgetTasks(folder);
    const at = new Date(this.#clock()).toISOString();
    const submission = { at, job, indices, arguments: args };
    await writeSubmissions(folder, { ...file, submissions: [...file.submissions, submission] });
    return job;
  }

  /** What Slurm accepts and will never start is told by its reason alone, after the scheduler has looked at it. */
  async #whatWaits(id: string, watch: Watch): Promise<string[]> {
    const until = this.#clock() + reasonMilliseconds;
    for (;;) {
      const all = await this.#commands.tasks(this.#place.id);
      const own = all.filter(({ array }) => array === id);
      const isOpen = own.some(({ state, reason }) => state === 'PENDING' && firstReasons.includes(reason));
      if (!isOpen || this.#clock() >= until || watch.signal?.aborted === true) {
        return this.#wordsOnWaiting(id, own);
      }
      await pause(lookMilliseconds);
    }
  }

  #wordsOnWaiting(id: string, tasks: readonly Task[]): string[] {
    const blocked = new Map<string, number>();
    for (const { state, reason = '' } of tasks.map((task) => lookOf(task))) {
      if (state === 'blocked') blocked.set(reason, (blocked.get(reason) ?? 0) + 1);
    }
    const stop = `extrapolate sweep stop ${shellQuoted(this.#place.folder)}`;
    const next = 'Then "sweep resume" takes other options of Slurm, such as --time.';
    return [...blocked].map(
      ([reason, number]) =>
        `Job ${id} ${reason}: ${counted(number, 'cell')}. Take it back with "${stop}". ${next}`,
    );
  }

  #at(name: string): string {
    return join(this.#place.folder, 'slurm', name);
  }
}

/** Each cell's task: one that may still run, else that of the newest job. Jobs that are not written down were handed in last. */
function newestTasks(tasks: readonly Task[], { submissions }: SlurmEngineFile): Map<number, Task> {
  const rank = ({ array }: Task): number => {
    const place = submissions.findLastIndex(({ job }) => job === array);
    return place < 0 ? submissions.length : place;
  };
  const newest = new Map<number, Task>();
  for (const task of tasks) {
    const other = newest.get(task.index);
    const isBetter =
      other === undefined || (isLiving(task) === isLiving(other) ? rank(task) > rank(other) : isLiving(task));
    if (isBetter) newest.set(task.index, task);
  }
  return newest;
}

type Submission = SlurmEngineFile['submissions'][number];

function lastOf(index: number, { submissions }: SlurmEngineFile): Submission | undefined {
  return submissions.findLast(({ indices }) => indices.includes(index));
}

/** Of a task that is listed. */
function wasStopped({ array, index }: Task, file: SlurmEngineFile): boolean {
  const last = lastOf(index, file);
  return last?.job === array && isStopped(index, last, file);
}

/** Whether that was asked for after it was handed in: a task that waits is gone from Slurm's list at once then. */
function isStopped(index: number, { at }: Submission, { stops }: SlurmEngineFile): boolean {
  return stops.some((stop) => stop.at >= at && stop.indices.includes(index));
}
