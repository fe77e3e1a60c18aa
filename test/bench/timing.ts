import { runtimeFacts } from '../../src/engine/tensorflow/runtimeFacts.ts';

/** What a program of this folder prints as its last line, as the peers in Python beside it do. */
export interface Timed {
  /** What computed it, with its version. */
  peer: string;
  threads: number;
  /** Milliseconds a run. */
  min_ms: number;
  median_ms: number;
  max_ms: number;
}

/** Runs a piece of work once to warm up and then `runs` times. */
export async function timeRuns(runs: number, work: () => unknown): Promise<number[]> {
  await work();
  const times: number[] = [];
  for (let run = 0; run < runs; run++) {
    const start = performance.now();
    await work();
    times.push(performance.now() - start);
  }
  return times;
}

/** @param times of which there is at least one */
export function summarise(times: readonly number[]): Timed {
  const sorted = [...times].sort((a, b) => a - b);
  const { tensorflow, threads } = runtimeFacts();
  return {
    ...{ peer: `tensorflow ${tensorflow}`, threads: threads.intraOp },
    ...{ min_ms: sorted[0]!, median_ms: middle(sorted), max_ms: sorted[sorted.length - 1]! },
  };
}

/** The value in the middle of sorted ones; of an even number the upper of the two. */
export function middle(sorted: readonly number[]): number {
  return sorted[Math.floor(sorted.length / 2)]!;
}

export function print(result: object): void {
  process.stdout.write(`${JSON.stringify(result)}\n`);
}
