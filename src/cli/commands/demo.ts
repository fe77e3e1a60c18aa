import type { Command } from 'commander';
import { z } from 'zod';
import { openEngine } from '../../engine/engine.ts';
import { wholeNumber } from '../arguments.ts';
import type { Surroundings } from '../surroundings.ts';
import { watchLong } from '../watchLong.ts';
import { duration } from '../words.ts';

const optionsSchema = z.object({ out: z.string(), steps: z.number(), count: z.number(), seed: z.number() });

export function addDemoCommand(program: Command, { terminal, signal }: Surroundings): void {
  program
    .command('demo')
    .description('the whole main job on synthetic faces, ending with a report; an interrupted demo goes on')
    .option('--out <folder>', 'where everything is written', 'demo-output')
    .option('--steps <n>', 'training steps', wholeNumber, 3500)
    .option('--count <n>', 'faces', wholeNumber, 8000)
    .option('--seed <n>', 'of faces, weights and samples', wholeNumber, 0)
    .addHelpText(
      'after',
      '\nExamples:\n  extrapolate demo --out demo-output\n  extrapolate demo --out quick --count 1500 --steps 800',
    )
    .action(async (raw: unknown) => {
      const engine = await openEngine();
      const result = await watchLong(terminal, engine.demo.run(optionsSchema.parse(raw), { signal }));
      terminal.result([`Done in ${duration(result.seconds)}. Open the report: ${result.report}`], result);
    });
}
