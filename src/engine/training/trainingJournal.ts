import { figure } from '../../contract/figures.ts';
import { hostname } from 'node:os';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Watch } from '../../contract/progress.ts';
import type { MetricsLine, RunFile, StatusFile } from '../../contract/runFiles.ts';
import { withTensorBoardTags } from '../runs/metricNames.ts';
import { appendMetrics } from '../runs/metricsFile.ts';
import type { FolderLock } from '../files/folderLock.ts';
import { runPaths, writeStatus } from '../runs/runFolder.ts';
import { SummaryFile } from '../tensorflow/summaryFile.ts';
import type { StepMetrics } from './trainer.ts';
import { assertFinite } from './trainingErrors.ts';
import type { Unread } from './unread.ts';

const statusEveryMilliseconds = 1000;
/** Steps whose losses may wait unread: that training diverged is known so many steps late at most. */
const mostUnread = 50;
/** Weight of the newest second in the moving average of the rate that is shown. */
const rateSmoothing = 0.3;

/** Losses fall fastest before the first regular line: at steps 1, 2, 4, 8, … they have lines too, so that charts begin at step 1. */
function isEarly(step: number, measureEvery: number): boolean {
  return step < measureEvery && Number.isInteger(Math.log2(step));
}

/** Losses that are read and not yet written: their sums over so many steps. */
export interface Unwritten {
  steps: number;
  sums: Readonly<Record<string, number>>;
}

/** Tells the world how training goes: metrics, status, and whoever watches. Nothing is written once the run's lock is lost. */
export class TrainingJournal {
  readonly #folder: string;
  readonly #run: RunFile;
  readonly #lock: FolderLock;
  readonly #summary: SummaryFile | undefined;
  readonly #unread: { step: number; metrics: Unread<StepMetrics> }[] = [];
  /** The losses that were read last, which are shown until others are. */
  #newest: StepMetrics | undefined;
  #sums = new Map<string, number>();
  #steps = 0;
  /** Seconds of training before this process took over. */
  #secondsBefore = 0;
  #startedAt = performance.now();
  #step = 0;
  /** When a status was written last; neither measuring nor anything else but a status sets it. */
  #statusAt = performance.now();
  /** Since when, and from which step on, the rate is counted; measuring and saving are no part of it. */
  #rateFrom = { at: performance.now(), step: 0 };
  #rate = 0;
  /** Keeps the status young while something takes long between two steps. */
  #timer: NodeJS.Timeout | undefined;
  #writing: Promise<void> = Promise.resolve();

  constructor(folder: string, run: RunFile, lock: FolderLock) {
    this.#folder = folder;
    this.#run = run;
    this.#lock = lock;
    this.#summary = run.tensorboard ? new SummaryFile(runPaths(folder).tensorboard) : undefined;
  }

  /**
   * @param lines what was measured up to this step
   * @param unwritten losses of steps up to this one that no line has yet
   */
  async start(step: number, lines: readonly MetricsLine[], unwritten?: Unwritten): Promise<void> {
    this.#secondsBefore = lines[lines.length - 1]?.seconds ?? 0;
    this.#sums = new Map(Object.entries(unwritten?.sums ?? {}));
    this.#steps = unwritten?.steps ?? 0;
    this.#step = step;
    this.#startedAt = performance.now();
    this.#rateFrom = { at: this.#startedAt, step };
    await this.#writeStatus('training', null);
    this.#timer = setInterval(() => {
      if (performance.now() - this.#statusAt < statusEveryMilliseconds) return;
      // What goes wrong here is told when something that counts is written.
      void this.#writeStatus('training', null).catch(() => undefined);
    }, statusEveryMilliseconds);
    this.#timer.unref();
  }

  /** Losses up to the last step that was recorded, where no line has them yet: a checkpoint keeps them. */
  get unwritten(): Unwritten | undefined {
    return this.#steps === 0 ? undefined : { steps: this.#steps, sums: Object.fromEntries(this.#sums) };
  }

  /**
   * After each step, whose losses are read when a line is due, when they are shown, or when many wait.
   * Lets timers and signals in, since TensorFlow holds the thread while it computes.
   * @throws StudioError `diverged`
   */
  async record(step: number, metrics: Unread<StepMetrics>, watch: Watch): Promise<void> {
    this.#step = step;
    this.#unread.push({ step, metrics });
    const regular = step % this.#run.measureEvery === 0 || step === this.#run.steps;
    const due = regular || isEarly(step, this.#run.measureEvery);
    const waited = performance.now() - this.#statusAt >= statusEveryMilliseconds;
    if (due || waited || this.#newest === undefined || this.#unread.length >= mostUnread) this.readLosses();
    if (due) {
      const means = [...this.#sums].map(([name, sum]) => [name, sum / this.#steps] as const);
      const values = Object.fromEntries(means);
      await this.measured(step, values);
      if (regular) this.#report(watch, step, values, true);
      this.#sums = new Map();
      this.#steps = 0;
    }
    this.#countRate(step);
    if (performance.now() - this.#statusAt >= statusEveryMilliseconds) {
      await this.#writeStatus('training', null);
    }
    this.#report(watch, step, this.#newest ?? {}, false);
    await nextTurn();
  }

  /**
   * Reads the losses that still wait, in the order of their steps.
   * @throws StudioError `diverged` at the first that is no finite number
   */
  readLosses(): void {
    for (let next = this.#unread.shift(); next !== undefined; next = this.#unread.shift()) {
      const numbers = next.metrics.read();
      assertFinite(numbers, next.step, this.#run);
      for (const [name, value] of Object.entries(numbers)) {
        this.#sums.set(name, (this.#sums.get(name) ?? 0) + value);
      }
      this.#steps += 1;
      this.#newest = numbers;
    }
  }

  #countRate(step: number): void {
    const elapsed = performance.now() - this.#rateFrom.at;
    if (elapsed < statusEveryMilliseconds) return;
    const rate = ((step - this.#rateFrom.step) / elapsed) * 1000;
    this.#rate = this.#rate === 0 ? rate : rateSmoothing * rate + (1 - rateSmoothing) * this.#rate;
    this.#rateFrom = { at: performance.now(), step };
  }

  /** Does what is no training between two steps: the time it takes is not counted in the rate. */
  async outside<R>(work: () => Promise<R>): Promise<R> {
    const from = performance.now();
    try {
      return await work();
    } finally {
      const { at, step } = this.#rateFrom;
      this.#rateFrom = { at: at + performance.now() - from, step };
    }
  }

  #report(watch: Watch, step: number, values: Record<string, number>, milestone: boolean): void {
    const parts = Object.entries(values).map(([name, value]) => `${name} ${figure(value, 4)}`);
    const note = [...parts, `${figure(this.#rate, 2)} steps/s`].join(' · ');
    watch.onProgress?.({ phase: 'training', done: step, total: this.#run.steps, note, milestone });
  }

  async measured(step: number, values: Record<string, number>): Promise<void> {
    if (Object.keys(values).length === 0) return;
    await this.#lock.confirm();
    await appendMetrics(this.#folder, { step, seconds: this.#seconds(), values });
    this.#summary?.write(step, withTensorBoardTags(values));
  }

  async end(phase: 'finished' | 'stopped', step: number): Promise<void> {
    this.close();
    this.#step = step;
    await this.#writeStatus(phase, null);
  }

  /** That it cannot be written hides no reason. */
  async fail(reason: string): Promise<void> {
    this.close();
    await this.#writeStatus('failed', reason).catch(() => undefined);
  }

  /** Ends it without a word: another journal goes on. */
  close(): void {
    clearInterval(this.#timer);
    for (const { metrics } of this.#unread.splice(0)) metrics.dispose();
    this.#summary?.close();
  }

  #seconds(): number {
    return Math.round((this.#secondsBefore + (performance.now() - this.#startedAt) / 1000) * 1000) / 1000;
  }

  /** One after another, so that the newest stays. */
  #writeStatus(phase: StatusFile['phase'], error: string | null): Promise<void> {
    this.#statusAt = performance.now();
    const status = this.#status(phase, error);
    this.#writing = this.#writing
      .catch(() => undefined)
      .then(() => this.#lock.confirm())
      .then(() => writeStatus(this.#folder, status));
    return this.#writing;
  }

  #status(phase: StatusFile['phase'], error: string | null): StatusFile {
    const [step, { steps }] = [this.#step, this.#run];
    return {
      version: 1,
      phase,
      step,
      steps,
      stepsPerSecond: this.#rate,
      etaSeconds: phase === 'training' && this.#rate > 0 ? (steps - step) / this.#rate : null,
      pid: phase === 'training' ? process.pid : null,
      host: hostname(),
      heartbeat: new Date().toISOString(),
      memory: process.memoryUsage.rss(),
      error,
    };
  }
}
