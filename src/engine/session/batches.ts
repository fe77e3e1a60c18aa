import { setImmediate as nextTurn } from 'node:timers/promises';

export interface Batch {
  /** Place of the first row. */
  first: number;
  size: number;
}

/** `count` rows in batches of at most `most`; others are let in after each, so that a click is answered in between. */
export async function* batchesOf(count: number, most: number): AsyncGenerator<Batch, void, void> {
  for (let first = 0; first < count; first += most) {
    yield { first, size: Math.min(most, count - first) };
    await nextTurn();
  }
}
