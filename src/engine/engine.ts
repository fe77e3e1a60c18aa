import type { ContractRouterClient } from '@orpc/contract';
import { createRouterClient } from '@orpc/server';
import type { contract } from '../contract/contract.ts';
import type { theoryContract } from '../contract/theory.ts';
import type { CommandLine } from './studio/childRuns.ts';
import type { Socket } from './api/socket.ts';
import type { StudioHost, StudioSettings } from './api/studioHost.ts';
import { findRun, readRun } from './runs/runFolder.ts';
import { openSweep } from './sweeps/sweepFolder.ts';

export type EngineClient = ContractRouterClient<typeof contract>;

/**
 * The engine in this process, behind the same contract as over the wire.
 * TensorFlow is loaded here and not before, with this many threads: a run that goes on must have the count it began with.
 * `commandLine` is needed by work that starts trainers of its own.
 */
export async function openEngine(threads?: number, commandLine?: CommandLine): Promise<EngineClient> {
  if (threads !== undefined) {
    // All three: where TensorFlow's own were set, they would count, and the bits would be others than the run's.
    for (const name of ['EXTRAPOLATION_THREADS', 'TF_NUM_INTRAOP_THREADS', 'TF_NUM_INTEROP_THREADS']) {
      process.env[name] = String(threads);
    }
  }
  const { router } = await import('./api/router.ts');
  return createRouterClient(router, { context: commandLine === undefined ? {} : { commandLine } });
}

/** The theory alone: it loads no TensorFlow, and answers where that is missing. */
export async function openTheory(): Promise<ContractRouterClient<typeof theoryContract>> {
  const { theoryRouter } = await import('./api/theoryRouter.ts');
  return createRouterClient(theoryRouter, { context: {} });
}

/** The thread count that the cells of a sweep are trained with. */
export async function threadsOfSweep(sweep: string): Promise<number> {
  return (await openSweep(sweep)).sweep.threads;
}

/**
 * Has Slurm start this very task again. Slurm ends this process then.
 * @returns the task's name
 * @throws StudioError where Slurm does not take it back
 */
export async function handBackToSlurm(): Promise<string> {
  const { handBackTask } = await import('./sweeps/slurm/handBack.ts');
  return handBackTask();
}

/** The thread count that a run records. */
export async function threadsOfRun(run: string): Promise<number> {
  return (await readRun(findRun(run))).device.intraOpThreads;
}

/**
 * What to say before TensorFlow is loaded where its first step takes many minutes on this machine's GPU; undefined where
 * there is nothing to say. Loads no TensorFlow.
 */
export async function noticeBeforeStart(): Promise<string | undefined> {
  const { firstStartNotice, gpuChoice } = await import('./tensorflow/chooseGpus.ts');
  return firstStartNotice(gpuChoice());
}

/** The engine behind sockets: what a page talks to. */
export interface ServedEngine {
  host: StudioHost;
  serve(socket: Socket): void;
  /** An exported set as an archive, where the page may use its folder. @throws StudioError */
  download(folder: string): Promise<Download>;
}

export interface Download {
  name: string;
  bytes: number;
  pieces: () => AsyncIterable<Uint8Array>;
}

export async function openServedEngine(settings: StudioSettings): Promise<ServedEngine> {
  const { createHandler, serveSocket } = await import('./api/socket.ts');
  const { StudioHost } = await import('./api/studioHost.ts');
  const { downloadedSet } = await import('./export/downloadedSet.ts');
  const host = new StudioHost(settings);
  const handler = createHandler();
  return {
    host,
    serve: (socket) => {
      serveSocket(handler, socket, host);
    },
    download: async (folder) => downloadedSet(host.guard.require(folder)),
  };
}
