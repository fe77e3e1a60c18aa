import { useEffect, useRef, useState } from 'react';
import { ConnectionLost } from './connection.ts';
import { sentenceOf } from './errors.ts';

export interface Live<A> {
  /** Of the newest question that was answered; null before the first. */
  value: A | null;
  /** From the question to the answer in the page. */
  milliseconds: number | null;
  error: string | null;
  /** True while the value is that of an earlier question. */
  isStale: boolean;
}

/** A question that takes longer than this makes way for a newer one. */
const patience = 300;

/**
 * Answers that follow what is dragged. One question is under way at a time; when it is answered, the newest of those
 * that came meanwhile is asked and the others never are. One that takes long is aborted.
 * @param question plain data; the same data is the same question. Null asks nothing
 */
export function useLive<Q, A>(
  question: Q | null,
  ask: (question: Q, signal: AbortSignal) => Promise<A>,
): Live<A> {
  const key = question === null ? null : JSON.stringify(question);
  const asker = useRef<Asker<A>>(null);
  const latestAsk = useRef(ask);
  const [shown, setShown] = useState<Shown<A>>({ key: null, value: null, milliseconds: null, error: null });
  useEffect(() => {
    latestAsk.current = ask;
  });
  useEffect(() => {
    const own = new Asker<A>((text, signal) => latestAsk.current(JSON.parse(text) as Q, signal), setShown);
    asker.current = own;
    return () => {
      own.stop();
    };
  }, []);
  useEffect(() => {
    if (key !== null) asker.current?.want(key);
  }, [key]);
  const { value, milliseconds, error } = shown;
  return { value, milliseconds, error, isStale: shown.key !== key };
}

interface Shown<A> extends Omit<Live<A>, 'isStale'> {
  key: string | null;
}

/** Asks one question at a time, and then the newest. */
export class Asker<A> {
  readonly #ask: (key: string, signal: AbortSignal) => Promise<A>;
  readonly #show: (update: (before: Shown<A>) => Shown<A>) => void;
  #wanted: string | null = null;
  #current: { since: number; abort: AbortController } | null = null;
  #isStopped = false;

  constructor(
    ask: (key: string, signal: AbortSignal) => Promise<A>,
    show: (update: (before: Shown<A>) => Shown<A>) => void,
  ) {
    this.#ask = ask;
    this.#show = show;
  }

  want(key: string): void {
    this.#wanted = key;
    if (this.#current === null) void this.#run(key);
    else if (performance.now() - this.#current.since > patience) this.#current.abort.abort();
  }

  stop(): void {
    this.#isStopped = true;
    this.#current?.abort.abort();
  }

  async #run(key: string): Promise<void> {
    const current = { since: performance.now(), abort: new AbortController() };
    this.#current = current;
    let isLost = false;
    try {
      const value = await this.#ask(key, current.abort.signal);
      const milliseconds = performance.now() - current.since;
      if (!this.#isStopped) this.#show(() => ({ key, value, milliseconds, error: null }));
    } catch (error) {
      // What a broken connection cut off is asked again; the call waits until the connection is back.
      isLost = error instanceof ConnectionLost;
      const isOver = current.abort.signal.aborted || isLost || this.#isStopped;
      if (!isOver) this.#show((before) => ({ ...before, key, error: sentenceOf(error) }));
    }
    this.#current = null;
    const wanted = this.#wanted;
    const isAborted = current.abort.signal.aborted;
    if (!this.#isStopped && wanted !== null && (wanted !== key || isLost || isAborted))
      void this.#run(wanted);
  }
}
