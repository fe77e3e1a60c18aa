import { open } from 'node:fs/promises';
import type { MetricsLine } from '../../contract/runFiles.ts';
import { metricsOf } from '../runs/metricsFile.ts';

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
      if (size === this.#offset) return { lines: [], restarted };
      const buffer = Buffer.alloc(size - this.#offset);
      const { bytesRead } = await handle.read(buffer, 0, buffer.length, this.#offset);
      const whole = buffer.subarray(0, bytesRead).lastIndexOf(0x0a) + 1;
      this.#offset += whole;
      return { lines: metricsOf(buffer.toString('utf8', 0, whole)), restarted };
    } finally {
      await handle.close();
    }
  }
}
