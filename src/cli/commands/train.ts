import type { Command, Option } from 'commander';
import { commandOf, readOptions } from '../../commandLine/commandLine.ts';
import { resumeCommand, trainCommand } from '../../commandLine/runs.ts';
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
  extrapolate train --resume runs/spectral --extend 2000`;

export function addTrainCommand(program: Command, { terminal, signal }: Surroundings): void {
  const command = program
    .command('train')
    .description('train a model; Ctrl-C saves and stops, a second Ctrl-C stops at once')
    .addHelpText('after', examples);
  for (const option of options()) command.addOption(option);
  command.action(async (typed: Record<string, unknown>) => {
    let engine;
    let run = typed['resume'];
    const notice = await noticeBeforeStart();
    if (notice !== undefined) terminal.say(notice);
    if (run === undefined) {
      const request = readOptions(trainCommand, typed);
      engine = await openEngine();
      const created = await watchLong(terminal, engine.runs.create(request, { signal }));
      for (const line of describeSkipped(created.skipped)) terminal.say(line);
      terminal.say(`The run is in ${created.folder}.`);
      run = created.folder;
    }
    const asked = readOptions(resumeCommand, { ...typed, resume: run });
    engine ??= await openEngine(await threadsOfRun(asked.run));
    const result = await watchLong(terminal, engine.runs.train(asked, { signal }));
    for (const sentence of result.damaged) terminal.say(sentence);
    const losses = Object.entries(result.last?.values ?? {}).map(
      ([name, value]) => `${name} ${value.toPrecision(4)}`,
    );
    const line =
      result.phase === 'finished'
        ? `Finished ${result.steps} steps: ${losses.join(', ')}. The run is in ${result.folder}.`
        : `Stopped and saved at step ${result.step} of ${result.steps}. Go on with: ${commandOf(resumeCommand, { run: result.folder })}`;
    terminal.result([line], result);
  });
}

/** A new run and going on with one are one command; either asks for its own, so that the parser asks for nothing. */
function options(): Option[] {
  const ofNew = trainCommand.options.map((entry) => optionOf(entry, false));
  const ofOld = resumeCommand.options.map((entry) => optionOf(entry, false));
  const place = trainCommand.options.findIndex(({ name }) => name === 'run') + 1;
  return [...ofNew.slice(0, place), ...ofOld, ...ofNew.slice(place)];
}
