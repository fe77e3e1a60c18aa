import { z } from 'zod';
import { StudioError } from '../contract/errors.ts';
import { queueContract } from '../contract/queue.ts';
import {
  rayOptionsSchema,
  slurmOptionsSchema,
  sweepEngineSchema,
  sweepsContract,
} from '../contract/sweeps.ts';
import { defineCommand, inputOf, isTree } from './commandLine.ts';
import type { OptionWords, Tree } from './commandLine.ts';

/** Sweeps and the queue, as they are typed. */

const slurm = slurmOptionsSchema.shape;
const ray = rayOptionsSchema.shape;

/** Options of one engine each; `of` is the engine, or engines. */
const engineOptions: Readonly<Record<string, { of: readonly string[]; words: OptionWords }>> = {
  partition: ofSlurm(slurm.partition, '<name>', 'the partition'),
  gres: ofSlurm(slurm.gres, '<list>', 'such as gpu:1'),
  time: ofSlurm(slurm.time, '<limit>', 'the time limit of a task'),
  account: ofSlurm(slurm.account, '<name>', 'the account'),
  sbatch: ofSlurm(
    slurm.sbatch,
    '<options...>',
    'more options of sbatch, quoted one by one, such as "--mem=4G"',
  ),
  address: {
    of: ['ray'],
    words: {
      schema: z.string(),
      takes: '<url>',
      means: 'ray: the head’s Jobs address, such as http://head:8265',
    },
  },
  gpus: { of: ['ray'], words: { schema: ray.gpus.unwrap(), takes: '<n>', means: 'ray: GPUs a job' } },
  parallel: {
    of: ['slurm', 'ray'],
    words: { schema: slurm.parallel.unwrap(), means: 'slurm and ray: cells at the same time' },
  },
};

function ofSlurm(
  entry: { unwrap(): z.ZodType },
  takes: string,
  means: string,
): { of: readonly string[]; words: OptionWords } {
  return { of: ['slurm'], words: { schema: entry.unwrap(), takes, means: `slurm: ${means}` } };
}

function optionsOfEngines(): Record<string, OptionWords> {
  return Object.fromEntries(
    Object.entries(engineOptions).map(([name, { words }]) => [name, { ...words, at: `engine.${name}` }]),
  );
}

/** With them a sweep on Slurm goes on as another job. */
function changesOfSlurm(): Record<string, OptionWords> {
  const own = Object.entries(engineOptions).filter(([, { of }]) => of.includes('slurm'));
  return Object.fromEntries(
    own.map(([name, { words }]) => [
      name,
      { ...words, at: `slurm.${name}`, means: `${words.means ?? ''}, from now on` },
    ]),
  );
}

export const sweepCommand = defineCommand(inputOf(sweepsContract.begin), {
  words: 'sweep',
  argument: { name: 'sweepFile', takes: '[file]', means: 'a sweep file, YAML or JSON (docs/sweeps.md)' },
  options: {
    grid: {
      takes: '<settings>',
      means: 'what varies, such as "seed=0..4 klWeight=1e-4,5e-4 spectral=on,off"; one value is set for all',
    },
    data: { takes: '<folder>', means: 'the images (default: those of the file)' },
    steps: { takes: '<n>', means: 'steps of each cell (default: those of the file)' },
    // Not the parser's to ask for: it would ask the commands below this one for it, too.
    out: { takes: '<folder>', means: 'the folder of the sweep, new or empty', isNeeded: false },
    threads: { takes: '<n>', means: 'threads a cell (default: 1)' },
    tries: { takes: '<n>', means: 'how often a cell is begun or gone on with, at most (default: 3)' },
    engine: { at: 'engine.kind', schema: sweepEngineSchema, means: 'who trains the cells', preset: 'local' },
    ...optionsOfEngines(),
  },
  toInput: ({ engine, ...rest }) => ({ ...rest, place: placeOf(engine) }),
  toTree: ({ place, ...rest }) => ({ ...rest, engine: engineOf(place) }),
});

/** @throws StudioError `wrong-usage` for an option of another engine */
function placeOf(engine: unknown): unknown {
  const { kind = 'local', ...given }: Tree = isTree(engine) ? engine : {};
  for (const [name, option] of Object.entries(engineOptions)) {
    if (given[name] === undefined || option.of.includes(String(kind))) continue;
    throw new StudioError(
      'wrong-usage',
      `--${name} is an option of --engine ${option.of.join(' and ')}, and the engine is ${String(kind)}.`,
    );
  }
  if (kind === 'ray' && given['address'] === undefined) {
    throw new StudioError('wrong-usage', '--engine ray needs --address, such as http://head:8265.');
  }
  return kind === 'local' ? { kind } : { kind, options: given };
}

function engineOf(place: unknown): Tree {
  if (!isTree(place)) return {};
  const { kind, options } = place;
  return { kind, ...(isTree(options) && options) };
}

const sweepArgument = { name: 'sweep', takes: '<folder>', means: 'the folder of the sweep' };

export const sweepStatusCommand = defineCommand(inputOf(sweepsContract.status), {
  words: 'sweep status',
  argument: sweepArgument,
});

export const sweepStopCommand = defineCommand(inputOf(sweepsContract.stop), {
  words: 'sweep stop',
  argument: sweepArgument,
});

export const sweepReportCommand = defineCommand(inputOf(sweepsContract.report), {
  words: 'sweep report',
  argument: sweepArgument,
});

export const sweepResumeCommand = defineCommand(inputOf(sweepsContract.resume), {
  words: 'sweep resume',
  argument: sweepArgument,
  options: {
    tries: { takes: '<n>', means: 'how often a cell is tried from now on' },
    ...changesOfSlurm(),
  },
});

export const queueAddCommand = defineCommand(inputOf(queueContract.add), {
  words: 'queue add',
  argument: { name: 'runs', takes: '<runs...>' },
  options: { extend: { means: 'add n steps to each' } },
});
