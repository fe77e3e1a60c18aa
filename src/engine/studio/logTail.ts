import { open } from 'node:fs/promises';
import type { LogEvent } from '../../contract/runLog.ts';
import { mostLogLines } from '../../contract/runLog.ts';
import { pauseFor } from '../session/signal.ts';

/** Of a log only its end is read at first; that is some thousand lines. */
const mostBytes = 2 ** 17;
const lookEveryMilliseconds = 500;

/** The end of a log, then the lines that are written to it. What is not a whole line yet waits. */
export async function* followLog(
  file: string,
  signal: AbortSignal | undefined,
): AsyncGenerator<LogEvent, void, void> {
  const tail = new LogTail(file);
  let isFirst = true;
  do {
    const event = await tail.read();
    if (isFirst || event.restarted || event.lines.length > 0) yield event;
    isFirst = false;
  } while (await pauseFor(lookEveryMilliseconds, signal));
}

class LogTail {
  readonly #file: string;
  #inode = -1;
  #offset = 0;

  constructor(file: string) {
    this.#file = file;
  }

  async read(): Promise<LogEvent> {
    const handle = await open(this.#file, 'r').catch(() => undefined);
    if (handle === undefined) {
      const wasThere = this.#inode !== -1;
      this.#inode = -1;
      this.#offset = 0;
      return { lines: [], restarted: wasThere, isCut: false, isThere: false };
    }
    try {
      const { ino, size } = await handle.stat();
      const isFirst = this.#inode === -1;
      const restarted = isFirst || ino !== this.#inode || size < this.#offset;
      if (restarted) this.#offset = 0;
      this.#inode = ino;
      const skipped = Math.max(this.#offset, size - mostBytes);
      const isSkipping = skipped > this.#offset;
      const buffer = Buffer.alloc(Math.max(0, size - skipped));
      const { bytesRead } = await handle.read(buffer, 0, buffer.length, skipped);
      const read = buffer.subarray(0, bytesRead);
      const end = read.lastIndexOf(0x0a) + 1;
      const begin = isSkipping ? read.indexOf(0x0a) + 1 : 0;
      this.#offset = skipped + end;
      const whole = end > begin ? read.toString('utf8', begin, end - 1).split('\n') : [];
      const lines = whole.slice(-mostLogLines);
      return { lines, restarted, isCut: isSkipping || lines.length < whole.length, isThere: true };
    } finally {
      await handle.close();
    }
  }
}
