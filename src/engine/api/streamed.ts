import { ORPCError } from '@orpc/server';
import { StudioError } from '../../contract/errors.ts';
import type { Progress, Watch } from '../../contract/progress.ts';
import { explainSystemError } from '../files/systemErrors.ts';

/**
 * Turns work that reports to a `Watch` into an event iterator that yields progress and ends with the result.
 * Progress is told as it stands when the reader asks: of several reports in between, the last one counts; milestones
 * are all told.
 * A reader that leaves early stops the work.
 */
export async function* streamed<R>(
  work: (watch: Watch) => Promise<R>,
  signal: AbortSignal | undefined,
): AsyncGenerator<Progress, R, void> {
  const left = new AbortController();
  const milestones: Progress[] = [];
  let latest: Progress | undefined;
  let wake: () => void = () => undefined;
  let settled = false;
  const running = work({
    onProgress: (progress) => {
      if (progress.milestone === true) milestones.push(progress);
      else latest = progress;
      wake();
    },
    signal: signal ? AbortSignal.any([signal, left.signal]) : left.signal,
  }).finally(() => {
    settled = true;
    wake();
  });
  running.catch(() => undefined);
  const hasNews = (): boolean => settled || milestones.length > 0 || latest !== undefined;
  try {
    for (;;) {
      if (!hasNews()) {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
      const milestone = milestones.shift();
      if (milestone !== undefined) {
        yield milestone;
      } else if (latest !== undefined) {
        const progress: Progress = latest;
        latest = undefined;
        yield progress;
      } else {
        return await running;
      }
    }
  } catch (error) {
    throw asContractError(error);
  } finally {
    left.abort();
  }
}

/** What is followed until the reader leaves; what goes wrong is said as the contract says it. */
export async function* followed<T>(events: AsyncIterable<T>): AsyncGenerator<T, void, void> {
  try {
    yield* events;
  } catch (error) {
    throw asContractError(error);
  }
}

/**
 * The contract's error for one of ours, or for a file that the system refuses: its code and its sentence. Others are
 * faults of the program and stay as they are.
 */
export function asContractError(error: unknown): unknown {
  const known = error instanceof StudioError ? error : explainSystemError(error);
  if (known === undefined) return error;
  return new ORPCError('STUDIO', {
    defined: true,
    message: known.message,
    data: { code: known.code },
    cause: error,
  });
}
