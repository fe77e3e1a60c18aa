import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { stretchingResultSchema } from '../../../contract/analysis.ts';
import type { StretchingResult } from '../../../contract/analysis.ts';
import { StudioError } from '../../../contract/errors.ts';
import { checkpointStateSchema } from '../../../contract/runFiles.ts';
import { writeWhole } from '../../files/safeFiles.ts';
import { readJson, runPaths, stepName } from '../../runs/runFolder.ts';
import type { TrainedRun } from '../experiment.ts';

const fileSchema = z.strictObject({
  version: z.literal(1),
  /** By the SHA-256 of a checkpoint's weights and the number of samples. */
  measured: z.record(z.string(), stretchingResultSchema),
});

/**
 * What was measured before, cached beside the result: a run that goes on needs its new checkpoints measured, and an
 * interrupted measurement goes on. A number depends on the weights and the number of samples alone.
 */
export class MeasuredStretching {
  readonly #file: string;
  readonly #samples: number;
  readonly #measured: Map<string, StretchingResult>;

  private constructor(file: string, samples: number, measured: Map<string, StretchingResult>) {
    this.#file = file;
    this.#samples = samples;
    this.#measured = measured;
  }

  static async open(folder: string, samples: number): Promise<MeasuredStretching> {
    const file = join(folder, 'measured.json');
    if (!existsSync(file)) return new MeasuredStretching(file, samples, new Map());
    try {
      const { measured } = await readJson(file, fileSchema);
      return new MeasuredStretching(file, samples, new Map(Object.entries(measured)));
    } catch (error) {
      if (error instanceof StudioError) return new MeasuredStretching(file, samples, new Map());
      throw error;
    }
  }

  /** The errors of a checkpoint, measured by `work` where they are not known. */
  async of(run: TrainedRun, step: number, work: () => Promise<StretchingResult>): Promise<StretchingResult> {
    const state = join(runPaths(run.folder).checkpoints, stepName(step), 'state.json');
    const { sha256 } = await readJson(state, checkpointStateSchema);
    const key = `${sha256.weights} ${this.#samples}`;
    const known = this.#measured.get(key);
    if (known !== undefined) return known;
    const measured = await work();
    this.#measured.set(key, measured);
    const content = { version: 1, measured: Object.fromEntries(this.#measured) };
    await writeWhole(this.#file, `${JSON.stringify(content)}\n`);
    return measured;
  }
}
