import type { Command } from 'commander';
import { exportCommand } from '../../commandLine/models.ts';
import { openEngine } from '../../engine/engine.ts';
import { addInput } from '../options.ts';
import type { Surroundings } from '../surroundings.ts';
import { watchLong } from '../watchLong.ts';
import { counted } from '../words.ts';

export function addExportCommand(program: Command, { terminal, signal }: Surroundings): void {
  const command = program
    .command('export')
    .description('an augmented image set: pictures of many seeds with recipes, as a Hugging Face imagefolder')
    .addHelpText(
      'after',
      '\nExample:\n  extrapolate export runs/faces --recipe modules/fluohair.json --count 24000 --out augmented\n  python: datasets.load_dataset("imagefolder", data_dir="augmented")',
    );
  addInput(command, exportCommand, async (input) => {
    const engine = await openEngine();
    const result = await watchLong(terminal, engine.exports.make(input, { signal }));
    const kept = result.kept > 0 ? ` (${result.kept} were there already)` : '';
    terminal.result(
      [
        `${counted(result.count, 'picture')} of step ${result.step} in ${result.folder}${kept}.`,
        `Manifest with the seed and recipe of each: ${result.manifest}`,
      ],
      result,
    );
  });
}
