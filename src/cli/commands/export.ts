import { count, counted } from '../../contract/figures.ts';
import type { Command } from 'commander';
import { exportCommand } from '../../commandLine/models.ts';
import { openEngine } from '../../engine/engine.ts';
import { addInput } from '../options.ts';
import type { Surroundings } from '../surroundings.ts';
import { watchLong } from '../watchLong.ts';

export function addExportCommand(program: Command, { terminal, signal }: Surroundings): void {
  const command = program
    .command('export')
    .description(
      'write an augmented image set: pictures of many seeds with recipes, as a Hugging Face imagefolder',
    )
    .addHelpText(
      'after',
      '\nExample:\n  extrapolate export runs/faces --recipe modules/fluohair.json --count 24000 --out augmented\n  python: datasets.load_dataset("imagefolder", data_dir="augmented")   (other readers: docs/files.md)',
    );
  addInput(command, exportCommand, async (input) => {
    const engine = await openEngine();
    const result = await watchLong(terminal, engine.exports.make(input, { signal }));
    const kept = result.kept > 0 ? ` (${count(result.kept)} were already there)` : '';
    terminal.result(
      [
        `${counted(result.count, 'picture')} of step ${count(result.step)} in ${result.folder}${kept}.`,
        ...describeParts(input.testShare, result.tests),
        `Manifest with the seed and recipe of each: ${result.manifest}`,
      ],
      result,
    );
  });
}

/** What lies apart for testing; of few seeds a share may be none. */
function describeParts(share: number | undefined, tests: number): string[] {
  if (share === undefined) return [];
  if (tests > 0) return [`${tests} of them are set apart for testing, in test.`];
  return [
    `There is no test part: ${share} of so few seeds or pictures is less than half of one, so all of them are in train. Choose a larger share, or more of them.`,
  ];
}
