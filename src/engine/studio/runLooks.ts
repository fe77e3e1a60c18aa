import { LRUCache } from 'lru-cache';
import type { MetricsLine } from '../../contract/runFiles.ts';
import type { RunSummary } from '../../contract/studio.ts';
import { checkpointSteps } from '../runs/checkpoints.ts';
import { runPaths } from '../runs/runFolder.ts';
import { MeasuredSoFar } from './measuredSoFar.ts';
import { Recent } from './recent.ts';
import { fingerprintOf, sampleSteps } from './runSummaries.ts';
import type { RunSummaries } from './runSummaries.ts';

/** One run as a page shows it. */
export interface RunLook {
  summary: RunSummary;
  checkpoints: number[];
  samples: number[];
  /** What was measured; only more of them while `generation` is the same object. */
  lines: readonly MetricsLine[];
  generation: object;
  /** Changes whenever anything of this does. */
  fingerprint: string;
}

/** Runs whose measurements are kept for those who look at them. */
const mostRuns = 8;

/** Looks at runs for pages, one look for all pages that show the same run. */
export class RunLooks {
  readonly #summaries: RunSummaries;
  readonly #runs = new LRUCache<string, Recent<RunLook>>({ max: mostRuns });

  constructor(summaries: RunSummaries) {
    this.#summaries = summaries;
  }

  /** @param age how many milliseconds old it may be */
  look(folder: string, age: number): Promise<RunLook> {
    let run = this.#runs.get(folder);
    if (run === undefined) {
      const measured = new MeasuredSoFar(runPaths(folder).metrics);
      let before: RunLook | undefined;
      run = new Recent(async () => (before = await this.#lookAt(folder, measured, before)));
      this.#runs.set(folder, run);
    }
    return run.get(age);
  }

  async #lookAt(folder: string, measured: MeasuredSoFar, before: RunLook | undefined): Promise<RunLook> {
    const summary = await this.#summaries.read(folder);
    const fingerprint = `${await fingerprintOf(folder)} ${summary.state}`;
    if (fingerprint === before?.fingerprint) return before;
    const { lines, generation } = await measured.read();
    const [checkpoints, samples] = [await checkpointSteps(folder), await sampleSteps(folder)];
    return { summary, checkpoints, samples, lines, generation, fingerprint };
  }
}
