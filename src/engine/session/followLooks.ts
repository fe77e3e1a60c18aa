import { pauseFor, restAfter } from './signal.ts';

/**
 * What a look shows, and again whenever it shows something else, until the reader leaves.
 * @param rest milliseconds between two looks, see `restAfter`
 */
export async function* followLooks<T>(
  look: () => Promise<T>,
  rest: { least: number; most: number },
  signal: AbortSignal | undefined,
): AsyncGenerator<T, void, void> {
  let told = '';
  for (;;) {
    const start = performance.now();
    const seen = await look();
    const took = performance.now() - start;
    const text = JSON.stringify(seen);
    if (text !== told) yield seen;
    told = text;
    if (!(await pauseFor(restAfter(took, rest), signal))) return;
  }
}
