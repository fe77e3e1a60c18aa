import { hostname } from 'node:os';
import type { ExperimentId, ExperimentScale, ReproductionState } from '../../contract/experiments.ts';
import { writeWhole } from '../files/safeFiles.ts';
import type { FolderLock } from '../files/folderLock.ts';
import { reproductionPaths } from './reproductionFolder.ts';

type ExperimentState = ReproductionState['experiments'][number];

const beatMilliseconds = 1000;

/** Keeps progress.json: written about once a second while the work lasts, and whenever it ends. */
export class ReproductionBoard {
  readonly #path: string;
  readonly #lock: FolderLock;
  readonly #experiments: Map<ExperimentId, ExperimentState>;
  readonly #scale: ExperimentScale;
  readonly #timer: NodeJS.Timeout;
  #phase: ReproductionState['phase'] = 'working';
  #error: string | null = null;
  #writing: Promise<void> = Promise.resolve();

  constructor(
    folder: string,
    lock: FolderLock,
    { scale, experiments }: { scale: ExperimentScale; experiments: readonly ExperimentId[] },
  ) {
    this.#path = reproductionPaths(folder).progress;
    this.#lock = lock;
    this.#scale = scale;
    this.#experiments = new Map(
      experiments.map((experiment) => [
        experiment,
        { experiment, state: 'waiting', doing: null, share: 0, error: null },
      ]),
    );
    this.#timer = setInterval(() => {
      this.#write();
    }, beatMilliseconds);
  }

  set(experiment: ExperimentId, change: Partial<ExperimentState>): void {
    const before = this.#experiments.get(experiment);
    if (before !== undefined) this.#experiments.set(experiment, { ...before, ...change });
  }

  stateOf(experiment: ExperimentId): ExperimentState['state'] | undefined {
    return this.#experiments.get(experiment)?.state;
  }

  /** The last word; nothing is written after it. */
  async end(
    phase: Exclude<ReproductionState['phase'], 'working'>,
    error: string | null = null,
  ): Promise<void> {
    clearInterval(this.#timer);
    this.#phase = phase;
    this.#error = error;
    this.#write();
    await this.#writing;
  }

  /** One after another, so that the file is always a whole one; that it cannot be written is no reason to stop. */
  #write(): void {
    this.#writing = this.#writing
      .then(() => this.#lock.confirm())
      .then(() => writeWhole(this.#path, `${JSON.stringify(this.#state(), null, 2)}\n`))
      .catch(() => undefined);
  }

  #state(): ReproductionState {
    return {
      version: 1,
      phase: this.#phase,
      pid: this.#phase === 'working' ? process.pid : null,
      host: hostname(),
      heartbeat: new Date().toISOString(),
      scale: this.#scale,
      experiments: [...this.#experiments.values()],
      error: this.#error,
    };
  }
}
