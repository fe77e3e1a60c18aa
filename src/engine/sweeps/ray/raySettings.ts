import type { CellJob } from '../sweepEngine.ts';
import type { CellStanding } from './cellStanding.ts';
import type { RayClient } from './rayClient.ts';
import type { RayPlace } from './rayJobRequest.ts';
import type { RayRecord } from './rayRecord.ts';

/** What handing in, looking and stopping have in common. */
export interface RayWork {
  client: RayClient;
  place: RayPlace;
  record: RayRecord;
  /** How often a cell is begun or gone on with, at most. */
  tries: number;
  /** Jobs at a time, where a person said how many. */
  parallel: number | undefined;
  /** What a cell's folder says. */
  standing: (job: CellJob) => Promise<CellStanding>;
  pace: RayPace;
  /** Why no job could start when the cells were handed in. */
  lack?: string;
}

/** In milliseconds. */
export interface RayPace {
  look: number;
  /** The cluster's report of what is in use is up to 5 s old. */
  reportAge: number;
  /** For so long a head that does not answer is waited for. */
  headAway: number;
  /** For so long jobs that were asked to stop are waited for. */
  stopping: number;
}

export const usualPace: RayPace = {
  look: 2000,
  reportAge: 6000,
  headAway: 3_600_000,
  stopping: 130_000,
};
