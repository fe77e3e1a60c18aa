import { Option } from 'commander';
import type { Command } from 'commander';
import { z } from 'zod';
import { pictureFormatSchema, testShareSchema } from '../../contract/exports.ts';
import { openEngine } from '../../engine/engine.ts';
import { shareForTesting, wholeNumber } from '../arguments.ts';
import type { Surroundings } from '../surroundings.ts';
import { watchLong } from '../watchLong.ts';
import { counted } from '../words.ts';
import { modelRef } from './models.ts';

const optionsSchema = z.object({
  recipe: z.array(z.string()),
  count: z.number(),
  out: z.string(),
  seed: z.number(),
  format: pictureFormatSchema,
  step: z.number().optional(),
  images: z.string().optional(),
  heldOut: z.literal(true).optional(),
  seeds: z.number().optional(),
  test: testShareSchema.optional(),
});

export function addExportCommand(program: Command, { terminal, signal }: Surroundings): void {
  program
    .command('export <run>')
    .description('an augmented image set: pictures of many seeds with recipes, as a Hugging Face imagefolder')
    .option(
      '--recipe <files...>',
      'recipes; each picture is made with each of them. Without any: plain samples',
      [],
    )
    .requiredOption('--count <n>', 'pictures with each recipe', wholeNumber)
    .requiredOption('--out <folder>', 'where to write; an unfinished export is gone on with')
    .option('--seed <n>', 'of the first picture; the next ones count up', wholeNumber, 1)
    .option(
      '--images <folder>',
      'pictures of your own, encoded: draws from their posteriors instead of seeds',
    )
    .option('--held-out', 'of --images only the pictures that training never saw')
    .option('--seeds <n>', 'beside --images: so many seeds too, each with each recipe', wholeNumber)
    .option(
      '--test <share>',
      'of the seeds or pictures, such as 0.1: theirs lie apart, in test (default: none)',
      shareForTesting,
    )
    .addOption(
      new Option('--format <name>', 'of the files').choices(pictureFormatSchema.options).default('png'),
    )
    .option('--step <n>', 'the checkpoint (default: the newest)', wholeNumber)
    .addHelpText(
      'after',
      '\nExample:\n  extrapolate export runs/faces --recipe modules/fluohair.json --count 24000 --out augmented\n  python: datasets.load_dataset("imagefolder", data_dir="augmented")',
    )
    .action(async (run: string, raw: unknown) => {
      const { recipe, step, images, heldOut, seeds, test, ...options } = optionsSchema.parse(raw);
      const engine = await openEngine();
      const result = await watchLong(
        terminal,
        engine.exports.make(
          {
            ...modelRef(run, step),
            ...options,
            recipes: recipe,
            ...(images !== undefined && { images }),
            ...(heldOut !== undefined && { heldOut }),
            ...(seeds !== undefined && { seeds }),
            ...(test !== undefined && { testShare: test }),
          },
          { signal },
        ),
      );
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
