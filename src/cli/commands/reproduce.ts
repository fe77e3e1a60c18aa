import { counted } from '../../contract/figures.ts';
import type { Command } from 'commander';
import { join } from 'node:path';
import { reproduceCommand } from '../../commandLine/measuring.ts';
import { experimentIds } from '../../contract/experiments.ts';
import type { ExperimentResult } from '../../contract/experiments.ts';
import type { Verdict } from '../../contract/verdicts.ts';
import { openEngine } from '../../engine/engine.ts';
import { findCli } from '../findCli.ts';
import { addInput } from '../options.ts';
import type { Surroundings } from '../surroundings.ts';
import { watchLong } from '../watchLong.ts';

const examples = `
Models are trained where they are missing, in processes of their own; Ctrl-C saves and stops, and the same command continues.
  quick        minutes; shows that everything works, decides little
  compact      two processor cores, about an hour and a half for all: synthetic faces, 3,000 steps, three seeds
  photographs  a model made for photographs and 20,000 steps, an hour or two a run on two processor cores; needs --data
  paper        the paper’s sizes and 50,000 iterations; needs --data, and wants a GPU

Examples:
  extrapolate reproduce fig4
  extrapolate reproduce all --scale quick --out quick
  extrapolate reproduce fig1 --data photographs --hair-masks masks --out photographs-fig1
  extrapolate reproduce all --scale paper --data celeba --out celeba-reproduction`;

export function addReproduceCommand(program: Command, { terminal, signal }: Surroundings): void {
  const command = program
    .command('reproduce')
    .description('run the paper’s deep experiments: figures, numbers and a verdict for each claim')
    .addHelpText('after', examples);
  addInput(command, reproduceCommand, async ({ what, ...input }) => {
    const engine = await openEngine(undefined, { program: process.execPath, before: [findCli()] });
    const result = await watchLong(
      terminal,
      engine.experiments.run(
        { ...input, experiments: what === 'all' ? [...experimentIds] : [what] },
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
