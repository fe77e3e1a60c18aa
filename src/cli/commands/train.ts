import { optionName } from '../../commandLine/typed.ts';
import { StudioError } from '../../contract/errors.ts';
import { count, figure } from '../../contract/figures.ts';
import type { Command, Option } from 'commander';
import { commandOf, readOptions } from '../../commandLine/commandLine.ts';
import { queueAddCommand } from '../../commandLine/sweeps.ts';
import { requireOwnOptions, resumeCommand, trainCommand } from '../../commandLine/runs.ts';
import { noticeBeforeStart, openEngine, threadsOfRun } from '../../engine/engine.ts';
import { optionOf } from '../options.ts';
import type { Surroundings } from '../surroundings.ts';
import { watchLong } from '../watchLong.ts';
import { describeSkipped } from '../words.ts';

const examples = `
Examples:
  extrapolate train --data faces --steps 3000
  extrapolate train --data celeba --preset paper --steps 50000 --checkpoint-every 2500
  extrapolate train --data faces --model dcgan --steps 6000
  extrapolate train --data faces --steps 3000 --spectral --run runs/spectral
  extrapolate train --resume runs/spectral
  extrapolate train --resume runs/spectral --extend 2000
  extrapolate train --resume runs/spectral --data /mnt/faces`;

export function addTrainCommand(program: Command, { terminal, signal }: Surroundings): void {
  const command = program
    .command('train')
    .description('train a model; Ctrl-C saves and stops, a second Ctrl-C stops at once')
    .addHelpText('after', examples);
  for (const option of options()) command.addOption(option);
  command.option('--queue', 'put the run into the queue instead of training it here (“extrapolate queue”)');
  command.action(async (values: Record<string, unknown>) => {
    const { queue: isQueued = false, ...typed } = typedByPerson(command, values);
    requireOwnOptions(Object.keys(typed));
    const isNew = typed['resume'] === undefined;
    let engine;
    let run = typed['resume'];
    const notice = await noticeBeforeStart();
    if (notice !== undefined) terminal.say(notice);
    if (isNew) {
      const request = readOptions(trainCommand, typed);
      engine = await openEngine(request.threads);
      const created = await watchLong(terminal, engine.runs.create(request, { signal }));
      for (const line of [...created.notes, ...describeSkipped(created.skipped)]) terminal.say(line);
      terminal.say(`The run is in ${created.folder}.`);
      run = created.folder;
    }
    if (isQueued === true) {
      requireQueueable(isNew ? {} : typed);
      engine ??= await openEngine();
      const going = readOptions(queueAddCommand, { runs: [run], extend: typed['extend'] });
      terminal.result(
        ['The run waits in the queue: “extrapolate queue” shows it.'],
        await engine.queue.add(going),
      );
      return;
    }
    const asked = readOptions(resumeCommand, isNew ? { resume: run, extend: typed['extend'] } : typed);
    engine ??= await openEngine(await threadsOfRun(asked.run));
    const result = await watchLong(terminal, engine.runs.train(asked, { signal }));
    for (const sentence of [...result.damaged, ...result.notes]) terminal.say(sentence);
    const losses = Object.entries(result.last?.values ?? {}).map(
      ([name, value]) => `${name} ${figure(value, 4)}`,
    );
    const line =
      result.phase === 'finished'
        ? `Finished ${count(result.steps)} steps: ${losses.join(', ')}. The run is in ${result.folder}.`
        : `Stopped and saved at step ${count(result.step)} of ${count(result.steps)}. Continue with: ${commandOf(resumeCommand, { run: result.folder })}`;
    terminal.result([line], result);
  });
}

/** @throws StudioError `wrong-usage` for what the queue does not hand on */
function requireQueueable(typed: Record<string, unknown>): void {
  const dropped = Object.keys(typed).filter((name) => !['resume', 'extend', 'json'].includes(name));
  if (dropped.length === 0) return;
  const flags = dropped.map((name) => `--${optionName(name)}`).join(', ');
  throw new StudioError('wrong-usage', `${flags}: not with --queue. Leave out one of them.`);
}

/** The options that stand on the command line; the others have their defaults, which nobody asked for. */
function typedByPerson(command: Command, values: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(values).filter(([name]) => command.getOptionValueSource(name) === 'cli'),
  );
}

/** A new run and going on with one are one command; either asks for its own, so that the parser asks for nothing. */
function options(): Option[] {
  const ofNew = trainCommand.options.map((entry) => optionOf(entry, false));
  const known = trainCommand.options.map(({ name }) => name);
  const ofOld = resumeCommand.options
    .filter(({ name }) => !known.includes(name))
    .map((entry) => optionOf(entry, false));
  const place = trainCommand.options.findIndex(({ name }) => name === 'run') + 1;
  return [...ofNew.slice(0, place), ...ofOld, ...ofNew.slice(place)];
}
