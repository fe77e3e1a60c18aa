import type { Command } from 'commander';
import { queueAddCommand } from '../../commandLine/sweeps.ts';
import { wholeNumber } from '../../commandLine/typed.ts';
import { StudioError } from '../../contract/errors.ts';
import { count, counted, duration } from '../../contract/figures.ts';
import type { QueuedRun, QueueReport } from '../../contract/queue.ts';
import { openEngine } from '../../engine/engine.ts';
import type { EngineClient } from '../../engine/engine.ts';
import { findCli } from '../findCli.ts';
import { addInput, parserOf } from '../options.ts';
import type { Surroundings } from '../surroundings.ts';
import { watchLong } from '../watchLong.ts';

const examples = `
The queue lies in the runs folder. A Studio that is open works on it; without one, “extrapolate queue work” does.
A run is named by its place in the list, or by its folder’s name.

Examples:
  extrapolate train --data faces --steps 3000 --seed 1 --threads 1 --queue
  extrapolate queue
  extrapolate queue add runs/paused --extend 2000
  extrapolate queue move 3 1
  extrapolate queue work`;

export function addQueueCommand(program: Command, { terminal, signal }: Surroundings): void {
  const queue = program
    .command('queue')
    .description('runs that wait for a free slot: list, add, reorder, hold, remove, work on them')
    .addHelpText('after', examples);
  const show = (report: QueueReport): void => {
    terminal.result(linesOf(report), report);
  };
  const change = (
    words: string,
    description: string,
    act: (
      engine: EngineClient,
      entry: string,
      report: QueueReport,
      other: string | undefined,
    ) => Promise<QueueReport>,
  ): void => {
    queue
      .command(words)
      .description(description)
      .action(async (named: string, other?: unknown) => {
        const engine = await openEngine();
        const report = await engine.queue.show();
        show(await act(engine, idIn(report, named), report, typeof other === 'string' ? other : undefined));
      });
  };
  queue
    .command('ls', { isDefault: true })
    .description('what is trained, what waits, and when it will be done')
    .action(async () => {
      show(await (await openEngine()).queue.show());
    });
  const add = queue.command('add').description('put runs at the end of the queue');
  addInput(add, queueAddCommand, async (input) => {
    show(await (await openEngine()).queue.add(input));
  });
  change(
    'move <run> <place>',
    'move a run to another place, counted from 1',
    (engine, entry, report, place) => engine.queue.move({ entry, before: beforePlace(report, entry, place) }),
  );
  change('hold <run>', 'keep a run from being started', (engine, entry) =>
    engine.queue.hold({ entry, isHeld: true }),
  );
  change('release <run>', 'let a held run start again', (engine, entry) =>
    engine.queue.hold({ entry, isHeld: false }),
  );
  change('retry <run>', 'have a run that failed wait again', (engine, entry) =>
    engine.queue.retry({ entry }),
  );
  change('rm <run>', 'take a run out; one that is trained saves and ends', (engine, entry) =>
    engine.queue.remove({ entry }),
  );
  for (const [word, isPaused, description] of [
    ['pause', true, 'start nothing more; what is trained goes on'],
    ['resume', false, 'start what waits again'],
  ] as const) {
    queue
      .command(word)
      .description(description)
      .action(async () => {
        show(await (await openEngine()).queue.pause({ isPaused }));
      });
  }
  queue
    .command('threads')
    .argument('<n>', 'how many', parserOf(wholeNumber))
    .description('threads that the runs share; 0: those of the machine')
    .action(async (threads: number) => {
      show(await (await openEngine()).queue.setThreads({ threads: threads === 0 ? null : threads }));
    });
  queue
    .command('work')
    .description('train what waits, until the queue is empty; Ctrl-C starts nothing more')
    .action(async () => {
      const engine = await openEngine(undefined, { program: process.execPath, before: [findCli()] });
      const result = await watchLong(terminal, engine.queue.work({}, { signal }));
      const { finished, failed, waiting } = result;
      terminal.result(
        [`${counted(finished, 'run')} finished, ${failed} failed, ${waiting} still waiting.`],
        result,
      );
      if (failed > 0) terminal.exitCode = 1;
    });
}

/** A run by its place in the list, or by the name of its folder. @throws StudioError `not-found`, `wrong-usage` where several have it */
function idIn({ runs }: QueueReport, named: string): string {
  const byPlace = /^\d+$/.test(named) ? runs[Number(named) - 1] : undefined;
  if (byPlace !== undefined) return byPlace.id;
  const [found, another] = runs.filter(({ title, folder, id }) => [title, folder, id].includes(named));
  if (another !== undefined) {
    throw new StudioError(
      'wrong-usage',
      `Several runs in the queue are named “${named}”. Name one by its place or its whole folder: “extrapolate queue” shows the places.`,
    );
  }
  if (found !== undefined) return found.id;
  throw new StudioError('not-found', `“${named}” is not in the queue. “extrapolate queue” lists what is.`);
}

function beforePlace({ runs }: QueueReport, entry: string, place = ''): string | null {
  const others = runs.filter(({ id }) => id !== entry);
  const number = Number(parserOf(wholeNumber)(place));
  return others[Math.max(1, number) - 1]?.id ?? null;
}

function linesOf({ runs, isPaused, isWorked, threads, gpus, etaSeconds }: QueueReport): string[] {
  if (runs.length === 0) return ['The queue is empty.'];
  const room = gpus > 0 ? counted(gpus, 'GPU') : counted(threads, 'thread');
  const state = isPaused
    ? 'It is paused: “extrapolate queue resume” starts what waits.'
    : isWorked || !runs.some(({ state, isHeld }) => state !== 'failed' && !isHeld)
      ? ''
      : 'Nobody works on it: “extrapolate queue work” does, or open the Studio.';
  const left = etaSeconds === null ? '' : ` All will be done in about ${duration(etaSeconds)}.`;
  return [
    `${counted(runs.length, 'run')} in the queue, for ${room}.${left}`,
    ...runs.map((run, index) => lineOf(run, index + 1, runs)),
    ...(state === '' ? [] : [state]),
  ];
}

/** Columns of a terminal: a longer name has its line to itself. */
const widestName = 60;

function lineOf(run: QueuedRun, place: number, runs: readonly QueuedRun[]): string {
  const { title, state, isHeld, step, steps, error, endsIn } = run;
  const width = Math.min(widestName, Math.max(...runs.map((each) => each.title.length)));
  const number = String(place).padStart(String(runs.length).length);
  const end = endsIn === null ? '' : `, done in about ${duration(endsIn)}`;
  const words = `${(state === 'waiting' && isHeld ? 'held' : state).padEnd(8)} ${count(step)} of ${count(steps)} steps${end}`;
  // Of one that is tried again the reason is that of the try before.
  const ofBefore = state !== 'failed' && !isHeld ? 'The try before: ' : '';
  return `  ${number}  ${title.padEnd(width)}  ${words}${error === null ? '' : `  ${ofBefore}${error}`}`;
}
