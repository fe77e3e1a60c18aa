import { Option } from 'commander';
import type { Command } from 'commander';
import { z } from 'zod';
import { hiddenLevelSchema } from '../../contract/levels.ts';
import { modulePreparations } from '../../contract/modules.ts';
import { openEngine } from '../../engine/engine.ts';
import { wholeNumber } from '../arguments.ts';
import type { Surroundings } from '../surroundings.ts';
import { watchLong } from '../watchLong.ts';
import { modelRef } from './models.ts';

const optionsSchema = z.object({
  out: z.string(),
  level: hiddenLevelSchema,
  pairs: z.number(),
  seed: z.number(),
  preparation: z.enum(modulePreparations),
  step: z.number().optional(),
  hairGate: z.enum(['module', 'painting']).optional(),
});

export function addModulesCommand(program: Command, { terminal, signal }: Surroundings): void {
  program
    .command('modules <run>')
    .description(
      'find groups of channels that change one region each, without labels; name them from the data',
    )
    .addOption(
      new Option('--level <name>', 'whose channels').choices(hiddenLevelSchema.options).default('fine'),
    )
    .option(
      '--pairs <n>',
      'pairs of latents in each half of the measurement, a multiple of 4',
      wholeNumber,
      64,
    )
    .option('--seed <n>', 'of the latents', wholeNumber, 0)
    .addOption(
      new Option(
        '--preparation <name>',
        'influence maps half-way to norm 1, of norm 1, or cut at their third quartile',
      )
        .choices(modulePreparations)
        .default('weighted'),
    )
    .addOption(
      new Option(
        '--hair-gate [from]',
        'make a recipe for hair alone too, light or dark, with its gate found from the hair "module" without labels, or from a "painting": the true masks of eight held-out faces',
      )
        .choices(['module', 'painting'])
        .preset('module'),
    )
    .option('--step <n>', 'the checkpoint (default: the newest)', wholeNumber)
    .option('--out <folder>', 'where the pictures, the JSON and a FluoHair recipe are written', 'modules')
    .addHelpText(
      'after',
      '\nExample:\n  extrapolate modules runs/faces --out modules\n  extrapolate apply runs/faces --recipe modules/fluohair.json --seeds 1-36\n  extrapolate modules runs/faces --hair-gate --out modules\n  extrapolate apply runs/faces --recipe modules/hair-only.json --seeds 1-36',
    )
    .action(async (run: string, raw: unknown) => {
      const { step, hairGate, ...options } = optionsSchema.parse(raw);
      const engine = await openEngine();
      const result = await watchLong(
        terminal,
        engine.models.modules(
          { ...modelRef(run, step), ...options, ...(hairGate !== undefined && { hairGate }) },
          { signal },
        ),
      );
      const lines = result.modules.map(({ letter, channels, stability, name, score, attribute }) => {
        const named = name === null ? 'unnamed' : `${name} (${(score ?? 0).toFixed(2)})`;
        const goesWith =
          attribute === null
            ? ''
            : `, goes with ${attribute.attribute} (${attribute.correlation.toFixed(2)})`;
        return `  ${letter}  ${named}: channels ${channels.join(', ')}; stability ${stability.toFixed(2)}${goesWith}`;
      });
      const { hair } = result;
      const hairLines =
        hair === null
          ? []
          : [
              `Hair: channels ${hair.channels.join(', ')}. Changing their sign changes hair by ${hair.inside.toFixed(2)} and the rest by ${hair.outside.toFixed(3)}.`,
              ...(hair.weak
                ? ['No module changes hair by 0.3 or more: train longer, or point at hair by hand.']
                : []),
              `A recipe that paints it magenta: ${result.recipe ?? ''}`,
              ...(result.hairOnlyRecipe === null
                ? []
                : [`A recipe that paints hair alone, light or dark: ${result.hairOnlyRecipe}`]),
            ];
      terminal.result(
        [
          `${result.count} modules at the ${result.level} level, step ${result.step}`,
          ...lines,
          result.hint,
          ...hairLines,
          `Pictures and numbers: ${result.folder}`,
        ],
        result,
      );
    });
}
