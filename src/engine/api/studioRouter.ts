import { implement } from '@orpc/server';
import { studioContract } from '../../contract/studio.ts';
import type { JobResult } from '../../contract/studio.ts';
import type { Watch } from '../../contract/progress.ts';
import type { TrainRequest } from '../../contract/runs.ts';
import { requireOwnRun } from '../runs/bundledModel.ts';
import { findRun, readRun, runPaths } from '../runs/runFolder.ts';
import { checkImageSet } from '../data/checkImageSet.ts';
import { makeSet } from '../data/dataWork.ts';
import { createTrainingRun } from '../training/createTrainingRun.ts';
import { removeRun, trashBeside } from '../runs/trash.ts';
import { drawFaces } from '../data/faces/drawFaces.ts';
import { leaveQueue } from '../queue/changeEntries.ts';
import { followList, followRun } from '../studio/followRuns.ts';
import { listFolder } from '../studio/folders.ts';
import { lookIntoFolder } from '../studio/lookIntoFolder.ts';
import { followLog } from '../studio/logTail.ts';
import { readSampleSheet, requestOf } from '../studio/runParts.ts';
import { followed } from './streamed.ts';
import { hostOf } from './studioHost.ts';
import type { EngineContext, StudioHost } from './studioHost.ts';

const os = implement(studioContract).$context<EngineContext>();

/** The part of the contract that a served page works with. */
export const studioRouter = os.router({
  about: os.about.handler(({ context }) => hostOf(context).about()),
  folders: {
    list: os.folders.list.handler(({ context, input }) => listFolder(hostOf(context).guard, input.folder)),
    look: os.folders.look.handler(({ context, input, signal }) =>
      followed(lookIntoFolder(hostOf(context).guard.require(input.folder), signal)),
    ),
  },
  jobs: {
    follow: os.jobs.follow.handler(({ context, signal }) => hostOf(context).jobs.follow(signal)),
    cancel: os.jobs.cancel.handler(({ context, input }) => {
      hostOf(context).jobs.cancel(input.job);
    }),
    dismiss: os.jobs.dismiss.handler(({ context, input }) => {
      hostOf(context).jobs.dismiss(input.job);
    }),
  },
  data: {
    make: os.data.make.handler(({ context, input }) => ({ job: startMaking(hostOf(context), input) })),
    check: os.data.check.handler(({ context, input }) => ({
      job: startChecking(hostOf(context), input.folder),
    })),
    draw: os.data.draw.handler(({ input }) => drawFaces(input)),
    browse: os.data.browse.handler(({ context, input }) => hostOf(context).browser.browse(input)),
    picture: os.data.picture.handler(({ context, input }) => hostOf(context).browser.picture(input)),
  },
  runs: {
    list: os.runs.list.handler(({ context, signal }) =>
      followed(followList(hostOf(context).summaries, signal)),
    ),
    follow: os.runs.follow.handler(({ context, input, signal }) =>
      followed(followRun(hostOf(context).looks, findRun(input.run), signal)),
    ),
    samples: os.runs.samples.handler(({ input }) => readSampleSheet(findRun(input.run), input.step)),
    start: os.runs.start.handler(({ context, input }) => ({ job: startTraining(hostOf(context), input) })),
    pause: os.runs.pause.handler(({ context, input }) => hostOf(context).pause(findRun(input.run))),
    stop: os.runs.stop.handler(({ context, input }) => hostOf(context).stop(findRun(input.run))),
    resume: os.runs.resume.handler(({ context, input }) =>
      hostOf(context).train(changeable(input.run), { onDivergence: input.onDivergence }),
    ),
    extend: os.runs.extend.handler(({ context, input }) =>
      hostOf(context).train(changeable(input.run), { extend: input.steps }),
    ),
    duplicate: os.runs.duplicate.handler(async ({ input }) => requestOf(await readRun(findRun(input.run)))),
    remove: os.runs.remove.handler(async ({ context, input }) => {
      const folder = changeable(input.run);
      hostOf(context).guard.require(trashBeside(folder));
      // A trainer that has just been started has no lock yet.
      await hostOf(context).trainers.requireFree(folder);
      await leaveQueue(folder);
      const removed = await removeRun(input);
      void hostOf(context).summaries.lookAgain();
      return removed;
    }),
    log: os.runs.log.handler(({ input, signal }) =>
      followed(followLog(runPaths(findRun(input.run)).log, signal)),
    ),
  },
});

/** The folder of a run that is a person's own. @throws StudioError `wrong-usage` for the model that comes along */
function changeable(run: string): string {
  const folder = findRun(run);
  requireOwnRun(folder);
  return folder;
}

function startMaking(
  host: StudioHost,
  input: { out: string; count: number; seed: number; hard: boolean },
): string {
  const folder = host.guard.require(input.out);
  const work = async (watch: Watch): Promise<JobResult> => {
    await makeSet({ ...input, out: folder }, watch);
    return { kind: 'faces', folder, count: input.count };
  };
  return host.jobs.start({
    kind: 'faces',
    title: `Making ${input.count.toLocaleString('en')} faces`,
    folder,
    work,
  });
}

function startChecking(host: StudioHost, given: string): string {
  const folder = host.guard.require(given);
  const work = async (watch: Watch): Promise<JobResult> => {
    const start = performance.now();
    const report = await checkImageSet(folder, {}, watch);
    return { kind: 'check', report, seconds: (performance.now() - start) / 1000 };
  };
  return host.jobs.start({ kind: 'check', title: `Checking ${folder}`, folder, work });
}

function startTraining(host: StudioHost, request: TrainRequest): string {
  const folder = host.guard.require(request.data);
  const work = async (watch: Watch): Promise<JobResult> => {
    const created = await createTrainingRun(request, watch);
    await host.train(created.folder);
    return { kind: 'run', run: created.run.id };
  };
  return host.jobs.start({ kind: 'train', title: 'Packing the images', folder, work });
}
