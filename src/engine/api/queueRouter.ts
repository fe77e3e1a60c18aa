import { implement } from '@orpc/server';
import { StudioError } from '../../contract/errors.ts';
import { queueContract } from '../../contract/queue.ts';
import { holdEntry, moveEntry, removeEntries, retryEntry } from '../queue/changeEntries.ts';
import { followQueue } from '../queue/followQueue.ts';
import { addToQueue, entryOfRun } from '../queue/queueEntries.ts';
import { changeQueue } from '../queue/queueFile.ts';
import { reportQueue } from '../queue/queueReport.ts';
import { workToTheEnd } from '../queue/workToTheEnd.ts';
import { requireOwnRun } from '../runs/bundledModel.ts';
import { findRun } from '../runs/runFolder.ts';
import { Trainers } from '../studio/trainers.ts';
import { followed, streamed } from './streamed.ts';
import type { EngineContext } from './studioHost.ts';

const os = implement(queueContract).$context<EngineContext>();

/** The queue: each change answers with how it is now. */
export const queueRouter = os.router({
  show: os.show.handler(() => reportQueue()),
  add: os.add.handler(async ({ input }) => {
    const folders = input.runs.map(findRun);
    folders.forEach(requireOwnRun);
    await addToQueue(
      await Promise.all(folders.map((folder) => entryOfRun(folder, { extend: input.extend }))),
    );
    return reportQueue();
  }),
  move: os.move.handler(({ input }) => reported(moveEntry(input.entry, input.before))),
  remove: os.remove.handler(({ input }) => reported(removeEntries([input.entry]))),
  hold: os.hold.handler(({ input }) => reported(holdEntry(input.entry, input.isHeld))),
  retry: os.retry.handler(({ input }) => reported(retryEntry(input.entry))),
  pause: os.pause.handler(({ input }) =>
    reported(changeQueue((queue) => ({ ...queue, isPaused: input.isPaused }))),
  ),
  setThreads: os.setThreads.handler(({ input }) =>
    reported(changeQueue((queue) => ({ ...queue, threads: input.threads }))),
  ),
  work: os.work.handler(({ context, signal }) => {
    const { commandLine } = context;
    if (commandLine === undefined)
      throw new StudioError('unavailable', 'The Studio works on its queue by itself.');
    return streamed((watch) => workToTheEnd(new Trainers(commandLine, 'own'), watch), signal);
  }),
  follow: os.follow.handler(({ signal }) => followed(followQueue(signal))),
});

async function reported(change: Promise<unknown>): ReturnType<typeof reportQueue> {
  await change;
  return reportQueue();
}
