import type { Progress } from '../contract/progress.ts';
import type { Terminal } from './terminal.ts';

/** Follows long work to its result, showing its progress. */
export async function watchLong<R>(
  terminal: Terminal,
  work: PromiseLike<{ next(): Promise<IteratorResult<Progress, R>> }>,
): Promise<R> {
  const iterator = await work;
  for (;;) {
    const next = await iterator.next();
    if (next.done === true) {
      terminal.clearProgress();
      return next.value;
    }
    terminal.progress(next.value);
  }
}
