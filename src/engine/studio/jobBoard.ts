import { randomUUID } from 'node:crypto';
import type { Job, JobResult } from '../../contract/studio.ts';
import { faultSentence, StudioError } from '../../contract/errors.ts';
import type { Progress, Watch } from '../../contract/progress.ts';
import { Signal } from '../session/signal.ts';
import { explainSystemError } from '../files/systemErrors.ts';

/** Progress is told to followers at most this often. */
const tellEveryMilliseconds = 200;
const mostFinished = 12;

export interface JobRequest {
  kind: Job['kind'];
  title: string;
  folder: string;
  work: (watch: Watch) => Promise<JobResult>;
}

interface Entry {
  job: Job;
  stop: AbortController;
  startedAt: number;
}

/** Long work that belongs to the engine, not to a page: a reload finds it again, and two pages see the same. */
export class JobBoard {
  readonly #entries = new Map<string, Entry>();
  readonly #changed = new Signal();

  list(): Job[] {
    return [...this.#entries.values()].map((entry) => entry.job);
  }

  /** Starts work and returns at once. @throws StudioError `busy` where the same folder is worked on in the same way */
  start(request: JobRequest): string {
    const { kind, title, folder, work } = request;
    const same = this.list().find(
      (job) => job.state === 'running' && job.kind === kind && job.folder === folder,
    );
    if (same !== undefined) {
      throw new StudioError('busy', `“${same.title}” is already under way. Wait for it, or cancel it first.`);
    }
    const id = randomUUID();
    const stop = new AbortController();
    const startedAt = performance.now();
    const job: Job = {
      id,
      kind,
      title,
      folder,
      state: 'running',
      progress: null,
      etaSeconds: null,
      startedAt: new Date().toISOString(),
      endedAt: null,
      error: null,
      result: null,
    };
    this.#entries.set(id, { job, stop, startedAt });
    const onProgress = (progress: Progress): void => {
      this.#report(id, progress);
    };
    work({ onProgress, signal: stop.signal }).then(
      (result) => {
        this.#end(id, { state: 'done', result });
      },
      (error: unknown) => {
        this.#end(id, endOf(error, stop.signal.aborted));
      },
    );
    this.#changed.raise();
    return id;
  }

  cancel(id: string): void {
    this.#entries.get(id)?.stop.abort();
  }

  /** Forgets a job that has ended. */
  dismiss(id: string): void {
    if (this.#entries.get(id)?.job.state === 'running') return;
    this.#entries.delete(id);
    this.#changed.raise();
  }

  cancelAll(): void {
    for (const { stop } of this.#entries.values()) stop.abort();
  }

  async *follow(signal: AbortSignal | undefined): AsyncGenerator<Job[], void, void> {
    for (;;) {
      const seen = this.#changed.version;
      yield this.list();
      if (!(await this.#changed.wait(seen, tellEveryMilliseconds, signal))) return;
    }
  }

  #report(id: string, progress: Progress): void {
    const entry = this.#entries.get(id);
    if (entry?.job.state !== 'running') return;
    const { done, total } = progress;
    const elapsed = (performance.now() - entry.startedAt) / 1000;
    const etaSeconds = done > 0 && total > 0 && elapsed > 1 ? (elapsed / done) * (total - done) : null;
    entry.job = { ...entry.job, progress, etaSeconds };
    this.#changed.raise();
  }

  #end(id: string, end: Partial<Job>): void {
    const entry = this.#entries.get(id);
    if (entry === undefined) return;
    entry.job = { ...entry.job, ...end, etaSeconds: null, endedAt: new Date().toISOString() };
    const ended = [...this.#entries.entries()].filter(([, { job }]) => job.state !== 'running');
    for (const [old] of ended.slice(0, Math.max(0, ended.length - mostFinished))) this.#entries.delete(old);
    this.#changed.raise();
  }
}

function endOf(error: unknown, wasStopped: boolean): Partial<Job> {
  if (wasStopped) return { state: 'cancelled' };
  const known = error instanceof StudioError ? error : explainSystemError(error);
  if (known !== undefined) return { state: 'failed', error: { code: known.code, message: known.message } };
  return { state: 'failed', error: { code: 'unavailable', message: faultSentence(error) } };
}
