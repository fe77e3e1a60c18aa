import { duration } from '../../contract/figures.ts';
import type { Command } from 'commander';
import { demoCommand } from '../../commandLine/demo.ts';
import { openEngine } from '../../engine/engine.ts';
import { addInput } from '../options.ts';
import type { Surroundings } from '../surroundings.ts';
import { watchLong } from '../watchLong.ts';

export function addDemoCommand(program: Command, { terminal, signal }: Surroundings): void {
  const demo = program
    .command('demo')
    .description(
      'run the whole workflow on synthetic faces, ending with a report; an interrupted demo continues',
    )
    .addHelpText(
      'after',
      '\nExamples:\n  extrapolate demo --out demo-output\n  extrapolate demo --out quick --count 1500 --steps 800',
    );
  addInput(demo, demoCommand, async (input) => {
    const engine = await openEngine();
    const result = await watchLong(terminal, engine.demo.run(input, { signal }));
    terminal.result([`Done in ${duration(result.seconds)}. Open the report: ${result.report}`], result);
  });
}
