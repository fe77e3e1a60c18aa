import { describe, expect, it } from 'vitest';
import { StudioError } from '../../../src/contract/errors.ts';
import type { Progress, Watch } from '../../../src/contract/progress.ts';
import { streamed } from '../../../src/engine/api/streamed.ts';

const at = (done: number, milestone = false): Progress => ({
  phase: 'work',
  done,
  total: 9,
  ...(milestone && { milestone }),
});

async function readAll<R>(
  iterator: AsyncGenerator<Progress, R>,
): Promise<{ progress: Progress[]; result: R }> {
  const progress: Progress[] = [];
  for (;;) {
    const next = await iterator.next();
    if (next.done === true) return { progress, result: next.value };
    progress.push(next.value);
  }
}

describe('long work as an event iterator', () => {
  it('tells the latest of many reports, every milestone, and the result', async () => {
    const work = async ({ onProgress }: Watch): Promise<string> => {
      await Promise.resolve();
      for (let i = 1; i <= 5; i++) onProgress?.(at(i, i === 2 || i === 4));
      return 'done';
    };
    const { progress, result } = await readAll(streamed(work, undefined));
    expect(result).toBe('done');
    expect(progress).toEqual([at(2, true), at(4, true), at(5)]);
  });

  it('carries our errors with their code, and others as they are', async () => {
    const ours = streamed(() => Promise.reject(new StudioError('empty', 'nothing there')), undefined);
    await expect(readAll(ours)).rejects.toMatchObject({
      code: 'STUDIO',
      message: 'nothing there',
      data: { code: 'empty' },
    });
    const other = new TypeError('a fault');
    await expect(readAll(streamed(() => Promise.reject(other), undefined))).rejects.toBe(other);
  });

  it('is stopped by its signal, and by a reader that leaves', async () => {
    const stopped = (watch: Watch): Promise<string> =>
      new Promise((resolve) => {
        watch.onProgress?.(at(1));
        watch.signal?.addEventListener('abort', () => {
          resolve('stopped');
        });
      });
    const controller = new AbortController();
    const reading = readAll(streamed(stopped, controller.signal));
    controller.abort();
    expect((await reading).result).toBe('stopped');

    let left = false;
    const iterator = streamed(async (watch) => {
      const result = await stopped(watch);
      left = true;
      return result;
    }, undefined);
    await iterator.next();
    await iterator.return('');
    await new Promise((resolve) => setImmediate(resolve));
    expect(left).toBe(true);
  });
});
