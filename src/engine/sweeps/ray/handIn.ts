import { StudioError } from '../../../contract/errors.ts';
import type { Watch } from '../../../contract/progress.ts';
import { pauseFor } from '../../session/signal.ts';
import type { CellJob } from '../sweepEngine.ts';
import { verdictOn } from './rayCells.ts';
import type { HandedCell, Verdict } from './rayCells.ts';
import { HeadAway } from './rayFailures.ts';
import { entrypointOf, jobRequest, nextId, submissionId } from './rayJobRequest.ts';
import type { RayWork } from './raySettings.ts';
import { RaySlots } from './raySlots.ts';
import { stopJobs } from './stopJobs.ts';

/** A cluster that loses its jobs more often than this is not one to wait for. */
const mostLosses = 20;

/**
 * Hands in cells as there is room for them, and stays until all have ended. A cell that fails, or whose head was lost, is handed in again
 * and goes on from its newest checkpoint.
 */
export class HandIn {
  readonly #work: RayWork;
  readonly #watch: Watch;
  readonly #cells: HandedCell[];
  readonly #slots: RaySlots;
  /** Since when the head has not answered, and what that was. */
  #away: { since: number; error: HeadAway } | undefined;

  constructor(work: RayWork, jobs: readonly CellJob[], watch: Watch) {
    this.#work = work;
    this.#watch = watch;
    this.#slots = new RaySlots(work);
    this.#cells = jobs.map((job) => ({
      ...{ job, state: 'waiting', id: submissionId(work.place, job.index) },
      ...{ wasToStop: false, isRunning: false, failures: 0, losses: 0, aliveAt: 0, wasHeld: false },
    }));
  }

  /** @returns a sentence for each cell that did not finish */
  async untilAllEnded(): Promise<string[]> {
    const { record, pace } = this.#work;
    await this.#adopt(await record.askedToStop());
    await record.forgetStops();
    while (this.#cells.some(({ state }) => state !== 'over')) {
      if (this.#watch.signal?.aborted === true) await this.#stop();
      await this.#leaveStopped();
      await this.#whileHeadAnswers(async () => {
        await this.#look();
        await this.#fill();
      });
      this.#tell();
      if (this.#cells.some(({ state }) => state !== 'over')) await pauseFor(pace.look, this.#watch.signal);
    }
    return this.#cells.flatMap(({ job, reason }) =>
      reason === undefined ? [] : [`${job.name} is not finished. ${reason}`],
    );
  }

  /** Jobs that an earlier command handed in are ours: they go on while nobody looks. */
  async #adopt(stopped: ReadonlySet<number>): Promise<void> {
    const ids = await this.#work.record.ids();
    for (const cell of this.#cells) {
      const id = ids.get(cell.job.index);
      if (id === undefined) continue;
      cell.id = id;
      const job = await this.#work.client.job(id);
      if (job?.status === 'PENDING' || job?.status === 'RUNNING')
        this.#take(cell, stopped.has(cell.job.index));
    }
  }

  #take(cell: HandedCell, wasToStop = false): void {
    const now = Date.now();
    Object.assign(cell, { state: 'handed', wasToStop, isRunning: false, aliveAt: now, wasHeld: false });
    delete cell.succeededAt;
    this.#slots.changed(now);
  }

  /** What "sweep stop" of another terminal asks. */
  async #leaveStopped(): Promise<void> {
    const stopped = await this.#work.record.askedToStop();
    for (const cell of this.#cells) {
      if (cell.state === 'waiting' && stopped.has(cell.job.index)) this.#end(cell, 'It was stopped.');
    }
  }

  async #look(): Promise<void> {
    for (const cell of this.#cells) {
      if (cell.state !== 'handed') continue;
      const job = await this.#work.client.job(cell.id);
      const standing = await this.#work.standing(cell.job);
      const now = Date.now();
      if (job?.status === 'RUNNING' && !cell.isRunning) {
        cell.isRunning = true;
        this.#slots.changed(now);
      }
      if (standing.isHeld) Object.assign(cell, { aliveAt: now, wasHeld: true });
      if (job?.status === 'SUCCEEDED') cell.succeededAt ??= now;
      await this.#follow(cell, verdictOn(cell, job, standing, now));
    }
  }

  async #follow(cell: HandedCell, verdict: Verdict): Promise<void> {
    if (verdict.next !== 'wait') this.#slots.changed(Date.now());
    switch (verdict.next) {
      case 'wait':
        return;
      case 'room':
        this.#again(cell);
        return;
      case 'finished':
        this.#end(cell, undefined);
        return;
      case 'over':
        this.#end(cell, verdict.reason);
        return;
      case 'failed':
        cell.failures += 1;
        if (verdict.isFinal || cell.failures >= this.#work.tries) this.#end(cell, verdict.reason);
        else this.#again(cell);
        return;
      case 'lost':
        if (verdict.isStale) await this.#work.client.stop(cell.id);
        cell.losses += 1;
        if (cell.losses >= mostLosses) this.#end(cell, verdict.reason);
        else this.#again(cell);
    }
  }

  #again(cell: HandedCell): void {
    cell.state = 'waiting';
    cell.id = nextId(cell.id);
  }

  #end(cell: HandedCell, reason: string | undefined): void {
    cell.state = 'over';
    if (reason !== undefined) cell.reason = reason;
  }

  async #fill(): Promise<void> {
    const waiting = this.#cells.filter(({ state }) => state === 'waiting');
    if (waiting.length === 0) return;
    const handed = this.#cells.filter(({ state }) => state === 'handed');
    const running = handed.filter(({ isRunning }) => isRunning).length;
    let free = (await this.#slots.count(running, Date.now())) - handed.length;
    for (const cell of waiting) {
      if (free <= 0 || this.#watch.signal?.aborted === true) return;
      const { isFinished, isHeld } = await this.#work.standing(cell.job);
      // What another process trains is waited for; so is the lock of a machine that died.
      if (isHeld) continue;
      if (isFinished) this.#end(cell, undefined);
      else if (await this.#hand(cell)) free -= 1;
    }
  }

  /** @returns whether the cell is with the head now */
  async #hand(cell: HandedCell): Promise<boolean> {
    const { client, place, record } = this.#work;
    await record.note(cell.job.index, cell.id);
    const request = jobRequest(place, cell.job, cell.id);
    if ((await client.submit(request)) === 'submitted') {
      this.#take(cell);
      return true;
    }
    const job = await client.job(cell.id);
    if (job?.status === 'PENDING' || job?.status === 'RUNNING') {
      if (job.entrypoint !== entrypointOf(place, cell.job)) throw this.#foreign(cell.id);
      this.#take(cell);
      return true;
    }
    // An earlier try, which has ended.
    cell.id = nextId(cell.id);
    return this.#hand(cell);
  }

  #foreign(id: string): StudioError {
    return new StudioError(
      'busy',
      `The Ray head at ${this.#work.client.address} has a job ${id} that was handed in from elsewhere and has not ended. Stop it there, or choose another folder with --out.`,
    );
  }

  /** A head that goes away is waited for: its jobs are dead, or go on, and their folders tell which. */
  async #whileHeadAnswers(work: () => Promise<void>): Promise<void> {
    try {
      await work();
      this.#away = undefined;
    } catch (error) {
      if (!(error instanceof HeadAway)) throw this.#withWayOn(error);
      this.#away = { since: this.#away?.since ?? Date.now(), error };
      if (Date.now() - this.#away.since < this.#work.pace.headAway) return;
      throw new StudioError(
        'unavailable',
        `${error.message} It was waited for. When it is back, go on with: extrapolate sweep resume ${this.#work.place.folder}`,
        { cause: error },
      );
    }
  }

  /** Of a refusal that a person must see to, such as that of a token: what it leaves behind. */
  #withWayOn(error: unknown): unknown {
    const handed = this.#cells.filter(({ state }) => state === 'handed');
    if (!(error instanceof StudioError) || handed.length === 0) return error;
    return new StudioError(
      error.code,
      `${error.message} Jobs that run there go on. Then go on with: extrapolate sweep resume ${this.#work.place.folder}`,
      { cause: error },
    );
  }

  #tell(): void {
    const of = (state: HandedCell['state']): HandedCell[] =>
      this.#cells.filter((cell) => cell.state === state);
    const [handed, waiting, over] = [of('handed'), of('waiting'), of('over')];
    const running = handed.filter(({ isRunning }) => isRunning).length;
    const lack = running + over.length > 0 ? undefined : this.#work.lack;
    this.#watch.onProgress?.({
      phase: 'training on Ray',
      done: over.length,
      total: this.#cells.length,
      note:
        this.#away === undefined
          ? `${running} running, ${handed.length - running} starting, ${waiting.length} waiting${lack === undefined ? '' : `; ${lack}`}`
          : `the head does not answer and is waited for; ${waiting.length} waiting`,
    });
  }

  async #stop(): Promise<never> {
    const { place, record, pace } = this.#work;
    const handed = this.#cells.filter(({ state }) => state === 'handed');
    await record.askToStop(handed.map(({ job }) => job.index));
    const jobs = handed.map(({ job: { name }, id }) => ({ name, id }));
    const sentences = await stopJobs(this.#work, jobs, pace.stopping);
    throw new StudioError(
      'interrupted',
      ['Stopped; what was trained is saved.', ...sentences].join(' ') +
        ` Continue with: extrapolate sweep resume ${place.folder}`,
    );
  }
}
