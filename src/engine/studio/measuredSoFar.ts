import type { MetricsLine } from '../../contract/runFiles.ts';
import { MetricsTail } from './metricsTail.ts';

/** Of a run that is followed for days: more are thinned again, from the file. */
const mostLines = 20_000;

/** All that was measured in a run as a chart shows it, read once for all who look, and then what is appended. */
export class MeasuredSoFar {
  readonly #file: string;
  #tail: MetricsTail;
  #lines: MetricsLine[] = [];
  #atFirst = 0;
  /** Another number whenever the lines are others than before, not only more. */
  #generation = {};

  constructor(file: string) {
    this.#file = file;
    this.#tail = new MetricsTail(file);
  }

  /** Not to be called again before it has answered. */
  async read(): Promise<{ lines: readonly MetricsLine[]; generation: object }> {
    const isLong = this.#lines.length > Math.max(mostLines, 3 * this.#atFirst);
    if (isLong) this.#tail = new MetricsTail(this.#file);
    const { lines, restarted } = await this.#tail.read();
    if (restarted || isLong || this.#lines.length === 0) {
      this.#lines = lines;
      this.#atFirst = lines.length;
      this.#generation = {};
    } else if (lines.length > 0) this.#lines = [...this.#lines, ...lines];
    return { lines: this.#lines, generation: this.#generation };
  }
}
