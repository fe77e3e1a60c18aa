import { Argument, Option } from 'commander';
import type { Command } from 'commander';
import { join } from 'node:path';
import { z } from 'zod';
import { experimentIds, experimentScales } from '../../contract/experiments.ts';
import type { ExperimentResult } from '../../contract/experiments.ts';
import type { Verdict } from '../../contract/verdicts.ts';
import { openEngine } from '../../engine/engine.ts';
import { wholeNumber } from '../arguments.ts';
import { findCli } from '../findCli.ts';
import type { Surroundings } from '../surroundings.ts';
import { watchLong } from '../watchLong.ts';
import { counted } from '../words.ts';

const optionsSchema = z.object({
  scale: z.enum(experimentScales),
  data: z.string().optional(),
  seeds: z.number().optional(),
  out: z.string(),
});
const whatSchema = z.enum([...experimentIds, 'all']);

const examples = `
Models are trained where they are missing, in processes of their own; Ctrl-C saves and stops, and the same command goes on.
  quick    minutes; shows that everything works, decides little
  compact  two processor cores, about an hour and a half for all: synthetic faces, 3,000 steps, three seeds
  paper    the paper’s sizes and 50,000 iterations; needs --data, and wants a GPU

Examples:
  extrapolate reproduce fig4
  extrapolate reproduce all --scale quick --out quick
  extrapolate reproduce all --scale paper --data celeba --out celeba-reproduction`;

export function addReproduceCommand(program: Command, { terminal, signal }: Surroundings): void {
  program
    .command('reproduce')
    .description('the paper’s deep experiments: figures, numbers and a verdict for each claim')
    .addArgument(new Argument('<what>', 'the experiment').choices([...experimentIds, 'all']))
    .addOption(
      new Option('--scale <name>', 'how much of everything').choices(experimentScales).default('compact'),
    )
    .option('--data <folder>', 'a folder of images, or CelebA’s (default: synthetic faces are drawn)')
    .option('--seeds <n>', 'runs of each kind (default: 3; quick: 2)', wholeNumber)
    .option('--out <folder>', 'where runs, figures and results are kept', 'reproduction')
    .addHelpText('after', examples)
    .action(async (what: unknown, raw: unknown) => {
      const { data, seeds, ...options } = optionsSchema.parse(raw);
      const chosen = whatSchema.parse(what);
      // Trainers work beside this process, which must not take all of a GPU's memory for itself.
      process.env['TF_FORCE_GPU_ALLOW_GROWTH'] ??= 'true';
      const engine = await openEngine(undefined, { program: process.execPath, before: [findCli()] });
      const result = await watchLong(
        terminal,
        engine.experiments.run(
          {
            ...options,
            experiments: chosen === 'all' ? [...experimentIds] : [chosen],
            ...(data !== undefined && { data }),
            ...(seeds !== undefined && { seeds }),
          },
          { signal },
        ),
      );
      const left = result.leftOut.map(({ experiment, reason }) => `Left out: ${experiment}. ${reason}`);
      terminal.result(
        [
          ...result.results.flatMap(linesOf),
          ...left,
          `Figures, numbers and verdicts: ${join(result.folder, 'summary.html')}`,
        ],
        result,
      );
    });
}

const marks: Record<Verdict['outcome'], string> = {
  holds: '✓ Holds.',
  'does-not-hold': '✗ Does not hold.',
  undecidable: '? Cannot be decided.',
};

function linesOf({ title, seeds, verdicts }: ExperimentResult): string[] {
  const lines = verdicts.flatMap(({ claim, outcome, because }) => [
    `  ${marks[outcome]} ${claim}`,
    `      ${because}`,
  ]);
  return [`${title} (${counted(seeds.length, 'seed')})`, ...lines, ''];
}
