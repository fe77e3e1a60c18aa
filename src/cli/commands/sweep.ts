import type { Command } from 'commander';
import { commandOf } from '../../commandLine/commandLine.ts';
import {
  sweepCommand,
  sweepReportCommand,
  sweepResumeCommand,
  sweepStatusCommand,
  sweepStopCommand,
} from '../../commandLine/sweeps.ts';
import { wholeNumber } from '../../commandLine/typed.ts';
import { StudioError } from '../../contract/errors.ts';
import { count, counted, duration, figure } from '../../contract/figures.ts';
import type { CellReport, SweepReport } from '../../contract/sweeps.ts';
import { groupWords, measuresIn, measureWords } from '../../contract/sweepWords.ts';
import { handBackToSlurm, openEngine, threadsOfSweep } from '../../engine/engine.ts';
import { describeFailure } from '../failures.ts';
import { findCli } from '../findCli.ts';
import { addInput, parserOf } from '../options.ts';
import type { Surroundings } from '../surroundings.ts';
import { watchLong } from '../watchLong.ts';

const examples = `
Each cell is a run directory in the sweep’s folder; “extrapolate serve --runs FOLDER” shows them while they are trained.
Ctrl-C saves and stops; “extrapolate sweep resume FOLDER” goes on.

Examples:
  extrapolate sweep --grid "seed=0..4 klWeight=1e-4,5e-4 spectral=on,off" --data faces --steps 3000 --out kl
  extrapolate sweep kl.yaml --out kl
  extrapolate sweep kl.yaml --out kl --engine slurm --partition gpu --gres gpu:1 --time 8:00:00
  extrapolate sweep kl.yaml --out kl --engine ray --address http://head:8265
  extrapolate sweep status kl
  extrapolate sweep report kl`;

export function addSweepCommand(program: Command, { terminal, signal, handsBack }: Surroundings): void {
  const commandLine = { program: process.execPath, before: [findCliOrNone()] };
  const sweep = program
    .command('sweep')
    .description('train in many variants: on this machine, a Slurm cluster or a Ray cluster')
    .addHelpText('after', examples);
  addInput(sweep, sweepCommand, async (input) => {
    const engine = await openEngine(undefined, commandLine);
    showEnd(await watchLong(terminal, engine.sweeps.begin(input, { signal })));
  });
  const status = sweep.command('status').description('where each cell stands');
  addInput(status, sweepStatusCommand, async (input) => {
    show(await (await openEngine(undefined, commandLine)).sweeps.status(input));
  });
  const stop = sweep.command('stop').description('have the cells that are trained save and end');
  addInput(stop, sweepStopCommand, async (input) => {
    show(await (await openEngine(undefined, commandLine)).sweeps.stop(input));
  });
  const resume = sweep.command('resume').description('go on with the cells that are not finished');
  addInput(resume, sweepResumeCommand, async (input) => {
    const engine = await openEngine(undefined, commandLine);
    showEnd(await watchLong(terminal, engine.sweeps.resume(input, { signal })));
  });
  const report = sweep.command('report').description('write the table of all measures: CSV, JSON and a page');
  addInput(report, sweepReportCommand, async (input) => {
    const made = await (await openEngine()).sweeps.report(input);
    terminal.result([...linesOf(made.report), `The table is in ${made.files.join(', ')}.`], made);
  });
  addCell(sweep);

  function show(made: SweepReport): void {
    terminal.result(linesOf(made), made);
  }

  /** A script learns from the exit code that cells have failed. */
  function showEnd(made: SweepReport): void {
    show(made);
    if (made.cells.some(({ state }) => state === 'failed')) terminal.exitCode = 1;
  }

  function addCell(parent: Command): void {
    parent
      .command('cell')
      .argument('<folder>', 'the folder of the sweep')
      .argument('<index>', 'place of the cell in sweep.json, from 0', parserOf(wholeNumber))
      .description('train one cell in this process: what queues and schedulers start')
      .action(async (folder: string, index: number) => {
        const engine = await openEngine(await threadsOfSweep(folder));
        const work = engine.sweeps.cell({ sweep: folder, index }, { signal });
        const result = await watchLong(terminal, work).catch((error: unknown) => {
          // While pictures were packed: what was packed of them is gone, and another start would come no further.
          throw describeFailure(error).code === 'interrupted' && handsBack() ? tooShort() : error;
        });
        for (const note of result.notes) terminal.say(note);
        const words = result.phase === 'finished' ? 'Finished' : 'Stopped and saved at';
        terminal.result(
          [`${words} step ${count(result.step)} of ${count(result.steps)}. The run is in ${result.folder}.`],
          result,
        );
        if (result.phase === 'stopped' && handsBack()) terminal.say(await handBack(result));
      });
  }
}

/** Has Slurm start this task again, unless that would go on for ever. @throws StudioError */
async function handBack({ from, step }: { from: number; step: number }): Promise<string> {
  if (step > from) return `Slurm starts this cell again, as ${await handBackToSlurm()}.`;
  throw tooShort();
}

function tooShort(): StudioError {
  return new StudioError(
    'unavailable',
    'No step was trained before the time limit of this Slurm task, so it is not started again. Ask for a longer limit with --time.',
  );
}

/** The commands that only look are of use without a build, too. */
function findCliOrNone(): string {
  try {
    return findCli();
  } catch {
    return '';
  }
}

/** A longer name moves its own line's columns alone. */
const widest = 72;
/** The others stand in the report. */
const measuresOfLine = 4;

function linesOf(report: SweepReport): string[] {
  const { cells, groups, etaSeconds, folder, notes } = report;
  const by = (state: CellReport['state']): number => cells.filter((cell) => cell.state === state).length;
  const finished = by('finished');
  const width = Math.min(widest, Math.max(...cells.map(({ name }) => name.length)));
  const states = ['running', 'queued', 'blocked', 'waiting', 'stopped', 'failed', 'unknown'] as const;
  const others = states.flatMap((state) => (by(state) === 0 ? [] : [`${count(by(state))} ${state}`]));
  const shown = measuresIn(cells).slice(0, measuresOfLine);
  const left = etaSeconds === null || etaSeconds === 0 ? [] : [`about ${duration(etaSeconds)} left`];
  // What is blocked waits in its scheduler: handing in again changes nothing.
  const goOn =
    finished + by('blocked') < cells.length && by('running') + by('queued') === 0
      ? [`Continue with: ${commandOf(sweepResumeCommand, { sweep: folder })}`]
      : [];
  return [
    `${count(finished)} of ${counted(cells.length, 'cell')} finished${[...others, ...left].map((words) => `, ${words}`).join('')}.`,
    ...cells.map((cell) => lineOfCell(cell, width)),
    ...(groups.some(({ seeds }) => seeds.length > 1)
      ? ['Means over seeds:', ...groups.map((group) => lineOfGroup(group, shown))]
      : []),
    ...notes,
    ...goOn,
  ];
}

function lineOfCell({ name, state, step, steps, reason, measures }: CellReport, width: number): string {
  const loss = measures['loss'] ?? measures['generatorLoss'];
  const told = loss === undefined ? '' : `  loss ${figure(loss)}`;
  return `  ${name.padEnd(width)} ${state.padEnd(9)} ${count(step)} of ${count(steps)} steps${told}${reason === null ? '' : `  ${reason}`}`;
}

function lineOfGroup(
  { settings, seeds, measures }: SweepReport['groups'][number],
  shown: readonly string[],
): string {
  const values = shown.flatMap((name) => {
    const spread = measures[name];
    if (spread === undefined) return [];
    return [
      `${measureWords(name)} ${figure(spread.mean)} (${figure(spread.least)} to ${figure(spread.most)})`,
    ];
  });
  return `  ${groupWords(settings)}, ${counted(seeds.length, 'seed')}: ${values.join(', ')}`;
}
