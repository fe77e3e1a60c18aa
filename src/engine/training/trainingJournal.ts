import { hostname } from 'node:os';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Watch } from '../../contract/progress.ts';
import type { MetricsLine, RunFile, StatusFile } from '../../contract/runFiles.ts';
import { withTensorBoardTags } from '../runs/metricNames.ts';
import { appendMetrics } from '../runs/metricsFile.ts';
import type { RunLock } from '../runs/runLock.ts';
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

/** Tells the world how training goes: metrics, status, the lock's heartbeat, and whoever watches. */
export class TrainingJournal {
  readonly #folder: string;
  readonly #run: RunFile;
  readonly #lock: RunLock;
  readonly #summary: SummaryFile | undefined;
  readonly #unread: { step: number; metrics: Unread<StepMetrics> }[] = [];
  /** The losses that were read last, which are shown until others are. */
  #newest: StepMetrics | undefined;
  #sums = new Map<string, number>();
  #steps = 0;
  /** Seconds of training before this process took over. */
  #secondsBefore = 0;
  #startedAt = performance.now();
  #lastStatus = { at: performance.now(), step: 0 };
  #rate = 0;

  constructor(folder: string, run: RunFile, lock: RunLock) {
    this.#folder = folder;
    this.#run = run;
    this.#lock = lock;
    this.#summary = run.tensorboard ? new SummaryFile(runPaths(folder).tensorboard) : undefined;
  }

  /** @param lines what was measured up to this step */
  async start(step: number, lines: readonly MetricsLine[]): Promise<void> {
    this.#secondsBefore = lines[lines.length - 1]?.seconds ?? 0;
    this.#startedAt = performance.now();
    this.#lastStatus = { at: this.#startedAt, step };
    await this.#writeStatus('training', step, null);
  }

  /**
   * After each step, whose losses are read when a line is due, when they are shown, or when many wait.
   * Lets timers and signals in, since TensorFlow holds the thread while it computes.
   * @throws StudioError `diverged`
   */
  async record(step: number, metrics: Unread<StepMetrics>, watch: Watch): Promise<void> {
    this.#unread.push({ step, metrics });
    const due = step % this.#run.measureEvery === 0 || step === this.#run.steps;
    const waited = performance.now() - this.#lastStatus.at >= statusEveryMilliseconds;
    if (due || waited || this.#newest === undefined || this.#unread.length >= mostUnread) this.readLosses();
    if (due) {
      const means = [...this.#sums].map(([name, sum]) => [name, sum / this.#steps] as const);
      const values = Object.fromEntries(means);
      await this.measured(step, values);
      this.#report(watch, step, values, true);
      this.#sums = new Map();
      this.#steps = 0;
    }
    const elapsed = performance.now() - this.#lastStatus.at;
    if (elapsed >= statusEveryMilliseconds) {
      const rate = ((step - this.#lastStatus.step) / elapsed) * 1000;
      this.#rate = this.#rate === 0 ? rate : rateSmoothing * rate + (1 - rateSmoothing) * this.#rate;
      this.#lastStatus = { at: performance.now(), step };
      await this.#writeStatus('training', step, null);
      await this.#lock.renew();
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
      assertFinite(numbers, next.step);
      for (const [name, value] of Object.entries(numbers)) {
        this.#sums.set(name, (this.#sums.get(name) ?? 0) + value);
      }
      this.#steps += 1;
      this.#newest = numbers;
    }
  }

  #report(watch: Watch, step: number, values: Record<string, number>, milestone: boolean): void {
    const parts = Object.entries(values).map(([name, value]) => `${name} ${value.toPrecision(4)}`);
    const note = [...parts, `${this.#rate.toFixed(1)} steps/s`].join(' · ');
    watch.onProgress?.({ phase: 'training', done: step, total: this.#run.steps, note, milestone });
  }

  async measured(step: number, values: Record<string, number>): Promise<void> {
    if (Object.keys(values).length === 0) return;
    await appendMetrics(this.#folder, { step, seconds: this.#seconds(), values });
    this.#summary?.write(step, withTensorBoardTags(values));
    // Measuring is no part of the rate: the time it took is not counted.
    this.#lastStatus = { at: performance.now(), step };
  }

  async end(phase: 'finished' | 'stopped', step: number): Promise<void> {
    this.#summary?.close();
    await this.#writeStatus(phase, step, null);
  }

  async fail(reason: string): Promise<void> {
    for (const { metrics } of this.#unread.splice(0)) metrics.dispose();
    this.#summary?.close();
    await this.#writeStatus('failed', this.#lastStatus.step, reason);
  }

  #seconds(): number {
    return Math.round((this.#secondsBefore + (performance.now() - this.#startedAt) / 1000) * 1000) / 1000;
  }

  async #writeStatus(phase: StatusFile['phase'], step: number, error: string | null): Promise<void> {
    const { steps } = this.#run;
    await writeStatus(this.#folder, {
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
    });
  }
}
