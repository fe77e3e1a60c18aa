import { useSyncExternalStore } from 'react';
import type { Progress } from '../../contract/progress.ts';

/** Long work that a page has asked for. It goes on when the page is left, and is found again when one comes back. */
export interface PageWork {
  /** Of its question: the same question is the same work. */
  name: string;
  /** A name for people: "Finding the modules of faces". */
  title: string;
  /** The page where it was asked for. */
  address: string;
  /** Milliseconds since 1970. */
  startedAt: number;
  progress: Progress | null;
  /** Of the phase that is under way: phases go at paces of their own. */
  etaSeconds: number | null;
  /** Why it failed; null while it is under way. */
  error: string | null;
}

type Start<R> = (signal: AbortSignal) => PromiseLike<{ next(): Promise<IteratorResult<Progress, R>> }>;

interface Entry {
  work: PageWork;
  stop: AbortController;
}

/** All of it, for the pages that wait for it and for the bottom bar. */
export class PageWorks {
  readonly #entries = new Map<string, Entry>();
  readonly #listeners = new Set<() => void>();
  readonly #sentenceOf: (error: unknown) => string;
  readonly #clock: () => number;
  #list: readonly PageWork[] = [];

  constructor(sentenceOf: (error: unknown) => string, clock: () => number = Date.now) {
    this.#sentenceOf = sentenceOf;
    this.#clock = clock;
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly list = (): readonly PageWork[] => this.#list;

  isUnderWay(name: string): boolean {
    return this.#entries.get(name)?.work.error === null;
  }

  /** Follows work to its result; what fails stays in the list until it is dismissed or asked for again. */
  async run<R>(about: Pick<PageWork, 'name' | 'title' | 'address'>, start: Start<R>): Promise<R> {
    const { name } = about;
    const stop = new AbortController();
    const work = { ...about, startedAt: this.#clock(), progress: null, etaSeconds: null, error: null };
    const entry: Entry = { work, stop };
    this.#entries.get(name)?.stop.abort();
    this.#entries.set(name, entry);
    this.#tell();
    try {
      const result = await this.#follow(entry, await start(stop.signal));
      this.#end(entry, null);
      return result;
    } catch (error) {
      this.#end(entry, stop.signal.aborted ? null : this.#sentenceOf(error));
      throw error;
    }
  }

  /** Stops work that is under way, with no result. */
  cancel(name: string): void {
    const entry = this.#entries.get(name);
    if (entry === undefined) return;
    entry.stop.abort();
    this.#end(entry, null);
  }

  /** Forgets work that has failed. */
  dismiss(name: string): void {
    const entry = this.#entries.get(name);
    if (entry !== undefined && entry.work.error !== null) this.#end(entry, null);
  }

  async #follow<R>(entry: Entry, events: { next(): Promise<IteratorResult<Progress, R>> }): Promise<R> {
    let began = this.#clock();
    for (;;) {
      const next = await events.next();
      if (next.done === true) return next.value;
      const { value: progress } = next;
      const before = entry.work.progress?.phase;
      if (before !== undefined && before !== progress.phase) began = this.#clock();
      entry.work = { ...entry.work, progress, etaSeconds: etaOf(progress, this.#clock() - began) };
      this.#tell();
    }
  }

  #end(entry: Entry, error: string | null): void {
    const { name } = entry.work;
    // Another may have taken its place.
    if (this.#entries.get(name) !== entry) return;
    if (error === null) this.#entries.delete(name);
    else entry.work = { ...entry.work, progress: null, etaSeconds: null, error };
    this.#tell();
  }

  #tell(): void {
    this.#list = [...this.#entries.values()].map(({ work }) => work);
    for (const listener of [...this.#listeners]) listener();
  }
}

/** Work that says nothing on its way: it stands in the bottom bar, and Cancel ends it, all the same. */
export async function inOne<R>(
  answer: Promise<R>,
): Promise<{ next(): Promise<IteratorResult<Progress, R>> }> {
  const value = await answer;
  return { next: () => Promise.resolve({ done: true, value }) };
}

/** In seconds. Nothing is said of the first second, and nothing where no end is known. */
function etaOf({ done, total }: Progress, milliseconds: number): number | null {
  const elapsed = milliseconds / 1000;
  return done > 0 && total > done && elapsed > 1 ? (elapsed / done) * (total - done) : null;
}

export function usePageWorks(works: PageWorks): readonly PageWork[] {
  return useSyncExternalStore(works.subscribe, works.list, works.list);
}
