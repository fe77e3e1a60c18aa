import { open } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { isTextOfSteps, metricsOf } from '../runs/metricsFile.ts';

/** Read of the end of a file at first: of a run that has ended both kinds of lines are there. */
const firstBytes = 2 ** 13;
/** Looked through for what is measured at checkpoints alone. */
const mostBytes = 2 ** 22;

/**
 * The newest value of every measure of a run, kept up with what is appended. Of a long file little is read, and of its losses the
 * newest line alone: a list of a thousand runs asks for them all at once.
 */
export class LatestMeasures {
  readonly #file: string;
  #inode = -1;
  /** Up to where the file is known: the end of a whole line. */
  #offset = 0;
  #latest: Record<string, number> = {};

  /** @param file metrics.jsonl, which need not be there yet */
  constructor(file: string) {
    this.#file = file;
  }

  /** Not to be called again before it has answered. */
  async read(): Promise<Record<string, number>> {
    const handle = await open(this.#file, 'r').catch(() => undefined);
    if (handle === undefined) return { ...this.#latest };
    try {
      const { ino, size } = await handle.stat();
      // A resumed run writes the file anew without the lines after its checkpoint.
      if (ino !== this.#inode || size < this.#offset) {
        this.#inode = ino;
        this.#offset = 0;
        this.#latest = {};
      }
      const { lines, end } = await this.#newLines(handle, size);
      this.#offset = end;
      for (const { values } of metricsOf(newest(lines).join('\n'))) Object.assign(this.#latest, values);
      return { ...this.#latest };
    } finally {
      await handle.close();
    }
  }

  /** What was not read before; of more than is quick to read, its end with both kinds of lines. */
  async #newLines(handle: FileHandle, size: number): Promise<{ lines: string[]; end: number }> {
    for (let bytes = firstBytes; ; bytes *= 8) {
      const from = Math.max(this.#offset, size - bytes);
      const read = await wholeLines(handle, from, size, from > this.#offset);
      const hasBoth = read.lines.some(isTextOfSteps) && read.lines.some((line) => !isTextOfSteps(line));
      if (from === this.#offset || hasBoth || bytes >= mostBytes) return read;
    }
  }
}

async function wholeLines(
  handle: FileHandle,
  from: number,
  to: number,
  isWithinLine: boolean,
): Promise<{ lines: string[]; end: number }> {
  const buffer = Buffer.alloc(to - from);
  const { bytesRead } = await handle.read(buffer, 0, buffer.length, from);
  const read = buffer.subarray(0, bytesRead);
  const begin = isWithinLine ? read.indexOf(0x0a) + 1 : 0;
  const end = read.lastIndexOf(0x0a) + 1;
  const lines = end > begin ? read.toString('utf8', begin, end - 1).split('\n') : [];
  return { lines, end: from + end };
}

function newest(lines: readonly string[]): string[] {
  const last = lines.findLastIndex(isTextOfSteps);
  return lines.filter((line, at) => at === last || !isTextOfSteps(line));
}
