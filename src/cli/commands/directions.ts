import type { Command } from 'commander';
import { directionsCommand } from '../../commandLine/directions.ts';
import { counted, figure, fixedTo } from '../../contract/figures.ts';
import { sourceWords } from '../../contract/directions.ts';
import type { Direction } from '../../contract/directions.ts';
import { openEngine } from '../../engine/engine.ts';
import { addInput } from '../options.ts';
import type { Surroundings } from '../surroundings.ts';
import { watchLong } from '../watchLong.ts';

export function addDirectionsCommand(program: Command, { terminal, signal }: Surroundings): void {
  const command = program
    .command('directions')
    .description(
      'find directions of the latents that mean something: what pictures vary along most, or attributes',
    )
    .addHelpText(
      'after',
      '\nExamples:\n  extrapolate directions runs/faces --out directions\n  extrapolate directions runs/faces --kind coarse --face 7\n  extrapolate directions runs/celeba --kind attributes',
    );
  addInput(command, directionsCommand, async (input) => {
    const engine = await openEngine();
    const result = await watchLong(terminal, engine.directions.write(input, { signal }));
    const { directions, leftOut, kind, step, count } = result;
    terminal.result(
      [
        `${counted(directions.length, 'direction')} of ${sourceWords(kind)} at step ${step}, from ${counted(count, kind === 'attributes' ? 'picture' : 'seed')}`,
        ...directions.map((direction) => `  ${direction.title}: ${factOf(direction)}`),
        ...leftOut.map(({ name, reason }) => `  ${name} left out: ${reason}`),
        `A face along each: ${result.picture}`,
        `Vectors: ${result.file}`,
      ],
      result,
    );
  });
}

function factOf({ share, told }: Direction): string {
  if (told !== null)
    return `balanced accuracy ${fixedTo(told.accuracy, 2)} on ${counted(told.with + told.without, 'held-out picture')}`;
  return `${figure((share ?? 0) * 100)} % of the variance`;
}
