import { implement } from '@orpc/server';
import { resolve } from 'node:path';
import { StudioError } from '../../contract/errors.ts';
import { experimentsContract } from '../../contract/experiments.ts';
import { readReproduction } from '../experiments/readReproduction.ts';
import { runReproduction } from '../experiments/reproduce.ts';
import { readFigure } from '../experiments/reproductions.ts';
import type { CommandLine } from '../studio/childRuns.ts';
import { streamed } from './streamed.ts';
import { hostOf } from './studioHost.ts';
import type { EngineContext } from './studioHost.ts';

const os = implement(experimentsContract).$context<EngineContext>();

/** @throws StudioError `unavailable` where experiments are asked of a process that cannot start trainers */
function requireCommandLine({ commandLine }: EngineContext): CommandLine {
  if (commandLine !== undefined) return commandLine;
  throw new StudioError(
    'unavailable',
    'Experiments run in a process of their own: extrapolate reproduce. Start them from the page or the command line.',
  );
}

/** Experiments: made here, and as the page starts, follows and shows them. */
export const experimentsRouter = os.router({
  run: os.run.handler(({ input, context, signal }) =>
    streamed((watch) => runReproduction(input, requireCommandLine(context), watch), signal),
  ),
  read: os.read.handler(({ input }) => readReproduction(input)),
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
    const { data, hairMasks } = input;
    await reproductions.start(folder, {
      ...input,
      ...(data !== undefined && { data: guard.require(data) }),
      ...(hairMasks !== undefined && { hairMasks: guard.require(hairMasks) }),
    });
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
