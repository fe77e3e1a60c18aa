import type { Command } from 'commander';
import { topCommand } from '../../commandLine/top.ts';
import { count, figure } from '../../contract/figures.ts';
import { openEngine } from '../../engine/engine.ts';
import { addInput } from '../options.ts';
import type { Surroundings } from '../surroundings.ts';
import { watchLong } from '../watchLong.ts';

export function addTopCommand(program: Command, { terminal, signal }: Surroundings): void {
  const command = program
    .command('top')
    .description('find the faces that activate a channel most, among seeds or the pictures of the data')
    .addHelpText(
      'after',
      '\nExamples:\n  extrapolate top runs/faces --channel 17\n  extrapolate top runs/faces --channel 4 --level coarse --of pictures --count 5000',
    );
  addInput(command, topCommand, async (input) => {
    const engine = await openEngine();
    const result = await watchLong(terminal, engine.channels.writeTop(input, { signal }));
    const { channel, level, step, of, top } = result;
    terminal.result(
      [
        `Channel ${channel} of the ${level} level at step ${step}, strongest among ${count(result.count)} ${of}:`,
        ...top.map(({ source, name, value }) => `  ${name ?? `seed ${source}`}  ${figure(value)}`),
        `Pictures: ${result.picture}`,
        `Numbers: ${result.file}`,
      ],
      result,
    );
  });
}
