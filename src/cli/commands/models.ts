import { count, counted, figure } from '../../contract/figures.ts';
import type { Command } from 'commander';
import { applyCommand, encodeCommand, sampleCommand } from '../../commandLine/models.ts';
import { openEngine } from '../../engine/engine.ts';
import { addInput } from '../options.ts';
import type { Surroundings } from '../surroundings.ts';
import { watchLong } from '../watchLong.ts';
import { describeSkipped } from '../words.ts';

export function addModelCommands(program: Command, { terminal, signal }: Surroundings): void {
  const sample = program
    .command('sample')
    .description('draw a grid of pictures from seeds or from your own latents')
    .addHelpText(
      'after',
      '\nExamples:\n  extrapolate sample runs/faces --seeds 1-100 --columns 10 --out samples.png\n  extrapolate sample runs/faces --seeds 7 --save-latents seed7.npy\n  extrapolate sample runs/faces --latents mine.npy --out mine.png',
    );
  addInput(sample, sampleCommand, async (input) => {
    const engine = await openEngine();
    const result = await watchLong(terminal, engine.models.sample(input, { signal }));
    terminal.result(
      [
        `${counted(result.count, 'picture')} of step ${count(result.step)} in ${result.file}.`,
        ...(result.savedLatents === null ? [] : [`Latents: ${result.savedLatents}`]),
      ],
      result,
    );
  });

  const encode = program
    .command('encode')
    .description('reconstruct your own pictures, and write their latent codes')
    .addHelpText('after', '\nExample:\n  extrapolate encode runs/faces --images photos --out encoded');
  addInput(encode, encodeCommand, async (input) => {
    const engine = await openEngine();
    const result = await watchLong(terminal, engine.models.encode(input, { signal }));
    terminal.result(
      [
        `${counted(result.count, 'picture')} reconstructed at step ${count(result.step)}, mean squared error ${figure(result.meanSquaredError)} on [−1, 1].`,
        `Originals beside reconstructions: ${result.grid}`,
        `Codes: ${result.codes}`,
        ...describeSkipped(result.skipped),
      ],
      result,
    );
  });

  const apply = program
    .command('apply')
    .description('apply a recipe of interventions to seeds or to your own pictures')
    .addHelpText(
      'after',
      '\nExamples:\n  extrapolate apply runs/faces --recipe hair.json --seeds 1-36 --out applied\n  extrapolate apply runs/faces --recipe hair.json --images photos --out applied',
    );
  addInput(apply, applyCommand, async (input) => {
    const engine = await openEngine();
    const result = await watchLong(terminal, engine.models.apply(input, { signal }));
    terminal.result(
      [
        ...result.description.map((line) => `  ${line}`),
        ...(result.reach === null ? [] : [result.reach.sentence]),
        `${counted(result.count, 'picture')} in ${result.folder}; before and after: ${result.grid}`,
        ...describeSkipped(result.skipped),
      ],
      result,
    );
  });
}
