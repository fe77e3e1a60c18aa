import type { Watch } from '../../contract/progress.ts';
import type { SweepCell } from '../../contract/sweeps.ts';
import type { CommandLine } from '../studio/childRuns.ts';

/** A cell as an engine trains it: `extrapolate sweep cell SWEEP INDEX`, on every engine. */
export interface CellJob {
  /** Its place in sweep.json. */
  index: number;
  name: string;
  /** Its run directory; there once it has begun. */
  folder: string;
  /** Where its trainer's words go. */
  log: string;
  steps: number;
  request: SweepCell['request'];
}

/**
 * What an engine says of a cell. The run's folder decides what is true; this tells of cells that have not begun, and why one does not
 * go on. `blocked`: it will not begin as it was asked for.
 */
export type EngineState = 'queued' | 'blocked' | 'running' | 'ended' | 'failed' | 'stopped' | 'unknown';

export interface CellLook {
  state: EngineState;
  /** For people: the scheduler's reason, an exit code. */
  reason?: string;
  /** The scheduler's name of the job, such as 12_3. */
  job?: string;
}

/** How cells are started. */
export interface SweepStarter {
  commandLine: CommandLine;
  /** Whether this process works on the queue itself; in a served Studio another part of it does. */
  worksOnQueue: boolean;
}

/** Where a sweep lies. */
export interface SweepPlace {
  folder: string;
  /** Of this sweep alone: also what a scheduler's jobs are called. */
  id: string;
  threads: number;
  tries: number;
}

/** Who trains the cells of a sweep: this machine's queue, Slurm, or Ray. */
export interface SweepEngine {
  /** What can be known before anything is written. @throws StudioError with what to do */
  check(): Promise<void>;
  /**
   * Hands in cells that are not finished. It returns when they are handed in, or, where nobody else would see to them, when all have
   * ended.
   * @returns sentences for the person
   */
  submit(jobs: readonly CellJob[], watch: Watch): Promise<string[]>;
  /** By index; none for cells that it was never given. */
  look(jobs: readonly CellJob[]): Promise<Map<number, CellLook>>;
  /** Why cells that were looked at do not go on, as sentences for the person, where it is one reason for all. */
  holdUps?(looks: ReadonlyMap<number, CellLook>): Promise<string[]>;
  /** Asks those that run to save and end, and takes back those that wait. @returns sentences for the person */
  stop(jobs: readonly CellJob[]): Promise<string[]>;
}
