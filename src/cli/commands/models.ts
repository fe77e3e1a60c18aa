import type { Command } from 'commander';
import { z } from 'zod';
import { StudioError } from '../../contract/errors.ts';
import { openEngine } from '../../engine/engine.ts';
import { seedList, wholeNumber } from '../arguments.ts';
import type { Surroundings } from '../surroundings.ts';
import { watchLong } from '../watchLong.ts';
import { counted, describeSkipped } from '../words.ts';

const step = z.number().optional();
const sampleOptions = z.object({ out: z.string(), seeds: z.array(z.number()), columns: z.number(), step });
const encodeOptions = z.object({ out: z.string(), images: z.string(), step });
const applyOptions = z.object({
  out: z.string(),
  recipe: z.string(),
  seeds: z.array(z.number()).optional(),
  images: z.string().optional(),
  step,
});

/** What names the model: the run, and the step where one is given. */
export function modelRef(run: string, step: number | undefined): { run: string; step?: number } {
  return { run, ...(step !== undefined && { step }) };
}

export function addModelCommands(program: Command, { terminal, signal }: Surroundings): void {
  program
    .command('sample <run>')
    .description('a grid of pictures from seeds')
    .option('--seeds <list>', 'such as 1-36 or 3,5,9', seedList, seedList('1-36'))
    .option('--columns <n>', 'pictures in a row', wholeNumber, 6)
    .option('--step <n>', 'the checkpoint (default: the newest)', wholeNumber)
    .option('--out <file>', 'the PNG to write', 'samples.png')
    .addHelpText(
      'after',
      '\nExample:\n  extrapolate sample runs/faces --seeds 1-100 --columns 10 --out samples.png',
    )
    .action(async (run: string, raw: unknown) => {
      const { out, seeds, columns, step } = sampleOptions.parse(raw);
      const engine = await openEngine();
      const input = { ...modelRef(run, step), out, seeds, columns };
      const result = await watchLong(terminal, engine.models.sample(input, { signal }));
      terminal.result(
        [`${counted(seeds.length, 'picture')} of step ${result.step} in ${result.file}.`],
        result,
      );
    });

  program
    .command('encode <run>')
    .description('reconstruct pictures of your own, and write their latent codes')
    .requiredOption('--images <path>', 'a picture or a folder of pictures')
    .option('--step <n>', 'the checkpoint (default: the newest)', wholeNumber)
    .option('--out <folder>', 'where to write', 'encoded')
    .addHelpText('after', '\nExample:\n  extrapolate encode runs/faces --images photos --out encoded')
    .action(async (run: string, raw: unknown) => {
      const { out, images, step } = encodeOptions.parse(raw);
      const engine = await openEngine();
      const result = await watchLong(
        terminal,
        engine.models.encode({ ...modelRef(run, step), out, images }, { signal }),
      );
      terminal.result(
        [
          `${counted(result.count, 'picture')} reconstructed at step ${result.step}, mean squared error ${result.meanSquaredError.toPrecision(4)} on [−1, 1].`,
          `Originals beside reconstructions: ${result.grid}`,
          `Codes: ${result.codes}`,
          ...describeSkipped(result.skipped),
        ],
        result,
      );
    });

  program
    .command('apply <run>')
    .description('apply a recipe of interventions to seeds or to pictures of your own')
    .requiredOption('--recipe <file>', 'a recipe as JSON (docs/recipes.md)')
    .option('--seeds <list>', 'such as 1-36', seedList)
    .option('--images <path>', 'a picture or a folder of pictures, encoded first')
    .option('--step <n>', 'the checkpoint (default: the newest)', wholeNumber)
    .option('--out <folder>', 'where to write', 'applied')
    .addHelpText(
      'after',
      '\nExamples:\n  extrapolate apply runs/faces --recipe hair.json --seeds 1-36 --out applied\n  extrapolate apply runs/faces --recipe hair.json --images photos --out applied',
    )
    .action(async (run: string, raw: unknown) => {
      const { out, recipe, seeds, images, step } = applyOptions.parse(raw);
      if ((seeds === undefined) === (images === undefined)) {
        throw new StudioError('wrong-usage', 'Give either --seeds LIST or --images PATH.');
      }
      const source =
        images === undefined
          ? { kind: 'seeds' as const, seeds: seeds ?? [] }
          : { kind: 'images' as const, folder: images };
      const engine = await openEngine();
      const result = await watchLong(
        terminal,
        engine.models.apply({ ...modelRef(run, step), out, recipe, source }, { signal }),
      );
      terminal.result(
        [
          ...result.description.map((line) => `  ${line}`),
          `${counted(result.count, 'picture')} in ${result.folder}; before and after: ${result.grid}`,
          ...describeSkipped(result.skipped),
        ],
        result,
      );
    });
}
