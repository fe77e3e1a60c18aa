import { implement } from '@orpc/server';
import { resolve } from 'node:path';
import { experimentsLiveContract } from '../../contract/experimentsLive.ts';
import { readFigure } from '../experiments/reproductions.ts';
import { hostOf } from './studioHost.ts';
import type { EngineContext } from './studioHost.ts';

const os = implement(experimentsLiveContract).$context<EngineContext>();

/** Experiments as the page starts, follows and shows them. */
export const experimentsLiveRouter = os.router({
  list: os.list.handler(async ({ context }) => {
    const { dataFolder, reproductions } = hostOf(context);
    return { folder: dataFolder, found: await reproductions.list(dataFolder) };
  }),
  follow: os.follow.handler(({ context, input }) => {
    const { guard, reproductions } = hostOf(context);
    return reproductions.follow(guard.require(input.out));
  }),
  start: os.start.handler(async ({ context, input }) => {
    const { guard, reproductions } = hostOf(context);
    const folder = guard.require(input.out);
    const data = input.data === undefined ? {} : { data: guard.require(input.data) };
    await reproductions.start(folder, { ...input, ...data });
    return { folder };
  }),
  stop: os.stop.handler(({ context, input }) => {
    const { guard, reproductions } = hostOf(context);
    return reproductions.stop(guard.require(input.out));
  }),
  figure: os.figure.handler(async ({ input }) => ({
    picture: await readFigure(resolve(input.out), input.experiment, input.file),
  })),
});
