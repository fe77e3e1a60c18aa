import { StudioError } from '../../../contract/errors.ts';
import type { Watch } from '../../../contract/progress.ts';
import type { RayOptions } from '../../../contract/sweeps.ts';
import type { CellJob, CellLook, SweepEngine, SweepPlace, SweepStarter } from '../sweepEngine.ts';
import { cellStanding } from './cellStanding.ts';
import { HandIn } from './handIn.ts';
import { addressWords, rayAddress } from './rayAddress.ts';
import type { RayJob } from './rayAnswers.ts';
import { failureWords } from './rayCells.ts';
import { RayClient } from './rayClient.ts';
import { RayRecord } from './rayRecord.ts';
import { everFits, resourceWords } from './rayRoom.ts';
import { usualPace } from './raySettings.ts';
import type { RayPace, RayWork } from './raySettings.ts';
import { readRayToken } from './rayToken.ts';
import { stopJobs } from './stopJobs.ts';

/** "sweep stop" asks, and does not wait for what takes long to save. */
const shortStopMilliseconds = 5000;

/** Trains cells as jobs of a Ray cluster, whose machines share the sweep's folder under the same path. */
export class RayEngine implements SweepEngine {
  readonly #work: RayWork;

  /**
   * @param starter none where nothing is to be started
   * @throws StudioError `wrong-usage` where the address is none
   */
  constructor(
    place: SweepPlace,
    options: RayOptions,
    starter: SweepStarter | undefined,
    pace: Partial<RayPace> = {},
  ) {
    const address = rayAddress(options.address);
    const { folder, id, threads, tries } = place;
    this.#work = {
      client: new RayClient({ address, token: () => readRayToken() }),
      place: {
        ...{ folder, id, threads, commandLine: starter?.commandLine ?? { program: '', before: [] } },
        job: { cpus: threads, gpus: options.gpus },
      },
      record: new RayRecord(folder, addressWords(address)),
      tries,
      parallel: options.parallel,
      standing: cellStanding,
      pace: { ...usualPace, ...pace },
    };
  }

  async check(): Promise<void> {
    const { client, place, parallel } = this.#work;
    await client.version();
    if (parallel !== undefined) return;
    const nodes = await client.nodes();
    if (nodes === undefined) {
      throw new StudioError(
        'wrong-usage',
        `The Ray head at ${client.address} does not say how many CPUs it has. Say with --parallel how many cells to train at a time.`,
      );
    }
    if (nodes.length === 0) {
      throw new StudioError(
        'unavailable',
        `The Ray head at ${client.address} has no machines yet. Wait until it has started, or say --parallel N where the cluster grows by itself.`,
      );
    }
    if (everFits(place.job, nodes)) return;
    throw new StudioError(
      'wrong-usage',
      `No machine of the Ray cluster at ${client.address} has ${resourceWords(place.job)} for a cell. Ask for fewer, or say --parallel N where the cluster grows by itself.`,
    );
  }

  async submit(jobs: readonly CellJob[], watch: Watch): Promise<string[]> {
    const { parallel } = this.#work;
    // Otherwise that was refused, and a cluster may grow.
    const lack = parallel === undefined ? undefined : await this.#whatLacks();
    return new HandIn({ ...this.#work, ...(lack !== undefined && { lack }) }, jobs, watch).untilAllEnded();
  }

  /** Why no job can start now, where no machine is large enough. */
  async #whatLacks(): Promise<string | undefined> {
    const { client, place } = this.#work;
    const nodes = (await client.nodes()) ?? [];
    if (nodes.length === 0 || everFits(place.job, nodes)) return undefined;
    return `no machine of the cluster has ${resourceWords(place.job)} now`;
  }

  async look(jobs: readonly CellJob[]): Promise<Map<number, CellLook>> {
    const { record, client } = this.#work;
    const [ids, stopped] = [await record.ids(), await record.askedToStop()];
    const looks = new Map<number, CellLook>();
    let silence: string | undefined;
    let lack: string | undefined;
    for (const { index, log } of jobs) {
      const id = ids.get(index);
      if (id === undefined) continue;
      try {
        // A head that did not answer once is not asked for each of a thousand cells.
        if (silence === undefined) {
          const job = await client.job(id);
          // The same for all, and asked of the head once.
          if (job?.status === 'PENDING') lack ??= (await this.#whatLacks()) ?? '';
          looks.set(index, lookOf(job, id, log, stopped.has(index), lack));
        }
      } catch (error) {
        if (!(error instanceof StudioError)) throw error;
        silence = error.message;
      }
      if (silence !== undefined) looks.set(index, { state: 'unknown', reason: silence, job: id });
    }
    return looks;
  }

  async stop(jobs: readonly CellJob[]): Promise<string[]> {
    const { record } = this.#work;
    await record.askToStop(jobs.map(({ index }) => index));
    const ids = await record.ids();
    const handed = jobs.flatMap(({ index, name }) => {
      const id = ids.get(index);
      return id === undefined ? [] : [{ name, id }];
    });
    return stopJobs(this.#work, handed, shortStopMilliseconds);
  }
}

/** @param lack why none can start now; empty where some can */
function lookOf(
  job: RayJob | undefined,
  id: string,
  log: string,
  isAskedToStop: boolean,
  lack = '',
): CellLook {
  switch (job?.status) {
    case undefined:
      return {
        state: 'unknown',
        reason: 'The head does not know its job: it was started anew.',
        job: id,
      };
    case 'PENDING':
      return {
        state: 'queued',
        reason: isAskedToStop
          ? 'asked to stop: it ends when its turn comes'
          : `waits for its turn in the cluster${lack === '' ? '' : `: ${lack}`}`,
        job: id,
      };
    case 'RUNNING':
      return { state: 'running', job: id };
    case 'SUCCEEDED':
      return { state: 'ended', job: id };
    case 'FAILED':
      return { state: 'failed', reason: failureWords(job, log), job: id };
    case 'STOPPED':
      return { state: 'stopped', reason: 'It was stopped.', job: id };
  }
}
