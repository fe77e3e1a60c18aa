import { count, figure, fixedTo } from '../../contract/figures.ts';
import type { Command } from 'commander';
import { modulesCommand } from '../../commandLine/models.ts';
import { isByChance } from '../../contract/modules.ts';
import type { Reach } from '../../contract/reach.ts';
import { openEngine } from '../../engine/engine.ts';
import { addInput } from '../options.ts';
import type { Surroundings } from '../surroundings.ts';
import { watchLong } from '../watchLong.ts';

export function addModulesCommand(program: Command, { terminal, signal }: Surroundings): void {
  const command = program
    .command('modules')
    .description(
      'find groups of channels that change one region each, without labels; name them from the data',
    )
    .addHelpText(
      'after',
      '\nExample:\n  extrapolate modules runs/faces --out modules\n  extrapolate apply runs/faces --recipe modules/fluohair.json --seeds 1-36\n  extrapolate modules runs/faces --hair-gate --out modules\n  extrapolate apply runs/faces --recipe modules/hair-only.json --seeds 1-36',
    );
  addInput(command, modulesCommand, async (input) => {
    const engine = await openEngine();
    const result = await watchLong(terminal, engine.models.modules(input, { signal }));
    const lines = result.modules.map(({ letter, channels, stability, name, score, attribute }) => {
      const named = name === null ? 'unnamed' : `${name} (${fixedTo(score ?? 0, 2)})`;
      const goesWith =
        attribute === null ? '' : `, goes with ${attribute.attribute} (${fixedTo(attribute.correlation, 2)})`;
      const living = result.modules.reduce((sum, each) => sum + each.channels.length, 0);
      const chance = isByChance({ channels, stability }, living) ? ', below chance' : '';
      return `  ${letter}  ${named}: channels ${channels.join(', ')}; stability ${fixedTo(stability, 2)}${chance}${goesWith}`;
    });
    const { hair } = result;
    const hairLines =
      hair === null
        ? []
        : [
            `Hair: channels ${hair.channels.join(', ')}. Changing their sign changes hair by ${figure(hair.inside, 2)} and the rest by ${figure(hair.outside, 2)}.`,
            ...(hair.weak
              ? ['No module changes hair by 0.3 or more: train longer, or point at hair by hand.']
              : []),
            ...recipeLines('A recipe on these channels, in magenta', result.recipe, result.reach),
            ...recipeLines('The same behind a gate', result.hairOnlyRecipe, result.hairOnlyReach),
          ];
    terminal.result(
      [
        `${result.count} modules at the ${result.level} level, step ${count(result.step)}`,
        ...lines,
        result.hint,
        ...hairLines,
        `Pictures and numbers: ${result.folder}`,
      ],
      result,
    );
  });
}

/** Where a recipe lies, and what it paints as far as that was measured. */
function recipeLines(words: string, file: string | null, reach: Reach | null): string[] {
  if (file === null) return [];
  return [`${words}: ${file}`, ...(reach === null ? [] : [`  ${reach.sentence}`])];
}
