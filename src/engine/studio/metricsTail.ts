import { open } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { MetricsLine } from '../../contract/runFiles.ts';
import { isTextOfSteps, metricsOf } from '../runs/metricsFile.ts';

/** Read at a time, so that others get their turn. */
const chunkBytes = 2 ** 21;
/** More than a chart can show: some 10,000 lines. Of a longer file every second, third, … line of losses is told: what is measured at checkpoints is told whole. */
const mostBytes = 2 ** 20;
/** Lines that are told all before others are left out: losses fall fastest at the beginning, and logarithmic steps show it. */
const wholeBeginning = 200;

/**
 * Reads what was appended to a metrics file since the time before. A resumed run writes the file anew without the lines
 * after its checkpoint: then everything is read again and `restarted` says so.
 */
export class MetricsTail {
  readonly #file: string;
  #inode = -1;
  #offset = 0;

  constructor(file: string) {
    this.#file = file;
  }

  async read(): Promise<{ lines: MetricsLine[]; restarted: boolean }> {
    let handle;
    try {
      handle = await open(this.#file, 'r');
    } catch {
      return { lines: [], restarted: false };
    }
    try {
      const { ino, size } = await handle.stat();
      const restarted = this.#inode !== -1 && (ino !== this.#inode || size < this.#offset);
      if (restarted) this.#offset = 0;
      this.#inode = ino;
      return { lines: await this.#readTo(handle, size), restarted };
    } finally {
      await handle.close();
    }
  }

  async #readTo(handle: FileHandle, size: number): Promise<MetricsLine[]> {
    const every = Math.max(1, Math.ceil((size - this.#offset) / mostBytes));
    const lines: MetricsLine[] = [];
    let count = 0;
    let chunk = chunkBytes;
    while (this.#offset < size) {
      const buffer = Buffer.alloc(Math.min(chunk, size - this.#offset));
      const { bytesRead } = await handle.read(buffer, 0, buffer.length, this.#offset);
      const whole = buffer.subarray(0, bytesRead).lastIndexOf(0x0a) + 1;
      if (whole === 0) {
        // A line that is not whole yet; or one longer than was read.
        if (bytesRead < chunk) break;
        chunk *= 2;
        continue;
      }
      const texts = buffer.toString('utf8', 0, whole - 1).split('\n');
      this.#offset += whole;
      const isLast = this.#offset === size;
      const told = texts.filter(
        (text, at) =>
          ++count <= wholeBeginning ||
          count % every === 0 ||
          !isTextOfSteps(text) ||
          (isLast && at === texts.length - 1),
      );
      lines.push(...metricsOf(told.join('\n')));
      await nextTurn();
    }
    return lines;
  }
}
