import { useEffect, useRef, useState } from 'react';
import type { LiveSource } from '../../../contract/live.ts';
import type { Recipe } from '../../../contract/recipe.ts';
import { api } from '../../api/api.ts';
import { ConnectionLost } from '../../api/connection.ts';
import { sentenceOf } from '../../api/errors.ts';
import { picturesOf } from '../../components/pictures.ts';
import type { Pictures } from '../../components/pictures.ts';

export interface LiveQuestion {
  run: string;
  step: number;
  source: LiveSource;
  recipe: Recipe;
}

export interface LiveAnswer {
  pictures: Pictures | null;
  /** From the question to the pictures in the page. */
  milliseconds: number | null;
  error: string | null;
  /** True while the pictures are those of an earlier question. */
  isStale: boolean;
}

/** A question that takes longer than this makes way for a newer one. */
const patience = 300;

/**
 * Pictures that follow what is dragged. One question is under way at a time; when it is answered, the newest of those
 * that came meanwhile is asked and the others never are. One that takes long is aborted.
 */
export function useLivePictures(question: LiveQuestion | null): LiveAnswer {
  const key = question === null ? null : JSON.stringify(question);
  const asker = useRef<Asker>(null);
  const [answer, setAnswer] = useState<Shown>({ key: null, pictures: null, milliseconds: null, error: null });
  useEffect(() => {
    const own = new Asker(setAnswer);
    asker.current = own;
    return () => {
      own.stop();
    };
  }, []);
  useEffect(() => {
    if (key !== null) asker.current?.ask(key);
  }, [key]);
  const { pictures, milliseconds, error } = answer;
  return { pictures, milliseconds, error, isStale: answer.key !== key };
}

interface Shown extends Omit<LiveAnswer, 'isStale'> {
  key: string | null;
}

class Asker {
  readonly #show: (update: (before: Shown) => Shown) => void;
  #wanted: string | null = null;
  #current: { key: string; since: number; abort: AbortController } | null = null;
  #isStopped = false;

  constructor(show: (update: (before: Shown) => Shown) => void) {
    this.#show = show;
  }

  ask(key: string): void {
    this.#wanted = key;
    if (this.#current === null) void this.#run(key);
    else if (performance.now() - this.#current.since > patience) this.#current.abort.abort();
  }

  stop(): void {
    this.#isStopped = true;
    this.#current?.abort.abort();
  }

  async #run(key: string): Promise<void> {
    const current = { key, since: performance.now(), abort: new AbortController() };
    this.#current = current;
    try {
      const question = JSON.parse(key) as LiveQuestion;
      const batch = await api.live.pictures(question, { signal: current.abort.signal });
      const pictures = await picturesOf(batch);
      const milliseconds = performance.now() - current.since;
      if (!this.#isStopped) this.#show(() => ({ key, pictures, milliseconds, error: null }));
    } catch (error) {
      const isOver = current.abort.signal.aborted || error instanceof ConnectionLost;
      if (error instanceof ConnectionLost) this.#wanted = this.#wanted ?? key;
      if (!isOver && !this.#isStopped) this.#show((before) => ({ ...before, key, error: sentenceOf(error) }));
      // What the broken connection cut off is asked again; the call waits until it is back.
      if (error instanceof ConnectionLost && this.#wanted === key) this.#current = null;
    }
    const isAskedAgain = this.#current === null;
    this.#current = null;
    const wanted = this.#wanted;
    if (!this.#isStopped && wanted !== null && (wanted !== key || isAskedAgain)) void this.#run(wanted);
  }
}
