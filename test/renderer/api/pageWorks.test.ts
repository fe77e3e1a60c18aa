import { describe, expect, it } from 'vitest';
import type { Progress } from '../../../src/contract/progress.ts';
import { inOne, PageWorks } from '../../../src/renderer/api/pageWorks.ts';

const about = { name: 'modules of faces', title: 'Finding the modules of faces', address: '#/intervene' };

interface Waiting {
  promise: Promise<IteratorResult<Progress, string>>;
  resolve: (result: IteratorResult<Progress, string>) => void;
  reject: (reason: Error) => void;
}

function waiting(): Waiting {
  let settle: Omit<Waiting, 'promise'> | undefined;
  const promise = new Promise<IteratorResult<Progress, string>>((resolve, reject) => {
    settle = { resolve, reject };
  });
  if (settle === undefined) throw new Error('a promise runs its function at once');
  return { promise, ...settle };
}

/** Work that goes on as it is told to. */
class Told {
  signal: AbortSignal | undefined;
  #next = waiting();

  readonly start = (signal: AbortSignal): Promise<{ next(): Promise<IteratorResult<Progress, string>> }> => {
    this.signal = signal;
    signal.addEventListener('abort', () => {
      this.fail('aborted');
    });
    return Promise.resolve({ next: () => this.#next.promise });
  };

  async progress(value: Progress): Promise<void> {
    await this.#tell({ value });
  }

  async end(value: string): Promise<void> {
    await this.#tell({ done: true, value });
  }

  fail(words: string): void {
    this.#next.reject(new Error(words));
  }

  async #tell(result: IteratorResult<Progress, string>): Promise<void> {
    const { resolve } = this.#next;
    this.#next = waiting();
    resolve(result);
    await new Promise((settled) => setImmediate(settled));
  }
}

function begun(): { works: PageWorks; told: Told; result: Promise<string>; clock: { now: number } } {
  const clock = { now: 1000 };
  const works = new PageWorks(String, () => clock.now);
  const told = new Told();
  const result = works.run(about, told.start);
  result.catch(() => undefined);
  return { works, told, result, clock };
}

describe('work that a page has asked for', () => {
  it('is listed from the start with the page it belongs to, and gone once its result is there', async () => {
    const { works, told, result } = begun();
    await new Promise((settled) => setImmediate(settled));
    expect(works.list()).toEqual([
      { ...about, startedAt: 1000, progress: null, etaSeconds: null, error: null },
    ]);
    await told.end('found');
    expect(await result).toBe('found');
    expect([works.list(), works.isUnderWay(about.name)]).toEqual([[], false]);
  });

  it('guesses the time left from the pace of the phase it is in', async () => {
    const { works, told, clock } = begun();
    await new Promise((settled) => setImmediate(settled));
    await told.progress({ phase: 'influence', done: 0, total: 100 });
    clock.now += 10_000;
    await told.progress({ phase: 'influence', done: 50, total: 100 });
    // 50 in 10 s: the other 50 take as long.
    expect(works.list()[0]?.etaSeconds).toBe(10);
    await told.progress({ phase: 'modules', done: 0, total: 4 });
    expect(works.list()[0]?.etaSeconds).toBeNull();
    clock.now += 2000;
    await told.progress({ phase: 'modules', done: 1, total: 4 });
    expect(works.list()[0]?.etaSeconds).toBe(6);
  });

  it('stays with its reason when it fails, until it is dismissed', async () => {
    const { works, told, result } = begun();
    await new Promise((settled) => setImmediate(settled));
    told.fail('The run is gone.');
    await expect(result).rejects.toThrow('The run is gone.');
    expect(works.list()).toMatchObject([{ title: about.title, error: 'Error: The run is gone.' }]);
    expect(works.isUnderWay(about.name)).toBe(false);
    works.dismiss(about.name);
    expect(works.list()).toEqual([]);
  });

  it('leaves nothing behind where a person cancels it, and is not dismissed while it is under way', async () => {
    const { works, told, result } = begun();
    await new Promise((settled) => setImmediate(settled));
    works.dismiss(about.name);
    expect(works.isUnderWay(about.name)).toBe(true);
    works.cancel(about.name);
    await expect(result).rejects.toThrow('aborted');
    expect([told.signal?.aborted, works.list()]).toEqual([true, []]);
  });

  it('is one for one question: asked again, it takes the place of what was there', async () => {
    const { works, told, result } = begun();
    await new Promise((settled) => setImmediate(settled));
    told.fail('once');
    await expect(result).rejects.toThrow('once');
    const second = new Told();
    const again = works.run(about, second.start);
    await new Promise((settled) => setImmediate(settled));
    expect(works.list()).toMatchObject([{ error: null }]);
    await second.end('found');
    expect(await again).toBe('found');
  });
});

it('lists work that says nothing on its way, and ends it at Cancel', async () => {
  const works = new PageWorks(String);
  const about = { name: 'pairs', title: 'Pairs', address: '#/analyse' };
  const answered = works.run(about, () => inOne(Promise.resolve(3)));
  expect(works.list().map(({ title, progress }) => [title, progress])).toEqual([['Pairs', null]]);
  expect([await answered, works.list()]).toEqual([3, []]);
  const stopped = works.run(about, (signal) =>
    inOne(
      new Promise((_resolve, reject) => {
        signal.addEventListener('abort', () => {
          reject(new Error('stopped'));
        });
      }),
    ),
  );
  works.cancel('pairs');
  await expect(stopped).rejects.toThrow('stopped');
  expect(works.list()).toEqual([]);
});
