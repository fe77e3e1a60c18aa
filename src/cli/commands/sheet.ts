import type { Command } from 'commander';
import { sheetCommand } from '../../commandLine/sheet.ts';
import { openEngine } from '../../engine/engine.ts';
import { addInput } from '../options.ts';
import type { Surroundings } from '../surroundings.ts';
import { watchLong } from '../watchLong.ts';

export function addSheetCommand(program: Command, { terminal, signal }: Surroundings): void {
  const sheet = program
    .command('sheet')
    .description(
      'draw a labelled grid of pictures in which two things vary: strength and hue, factor and checkpoint …',
    )
    .addHelpText(
      'after',
      '\nExamples:\n  extrapolate sheet runs/faces --rows strength --columns hue --recipe hair.json --seed 7\n  extrapolate sheet runs/faces --rows factor --columns checkpoint\n  extrapolate sheet runs/faces --rows run --columns seed:1-8 --runs runs/faces runs/spectral',
    );
  addInput(sheet, sheetCommand, async (input) => {
    const engine = await openEngine();
    const result = await watchLong(terminal, engine.models.sheet(input, { signal }));
    const { rows, columns, file } = result;
    terminal.result([`A sheet of ${rows.length} × ${columns.length} pictures in ${file}.`], result);
  });
}
