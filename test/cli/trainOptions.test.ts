import { expect, it, vi } from 'vitest';
import { createProgram } from '../../src/cli/program.ts';
import { Terminal } from '../../src/cli/terminal.ts';
import { resumeCommand, trainCommand } from '../../src/commandLine/runs.ts';
import { trainRequestSchema } from '../../src/contract/runs.ts';

const asked = vi.hoisted(() => ({ creates: [] as unknown[], trains: [] as unknown[] }));

vi.mock('../../src/engine/engine.ts', () => {
  const done = (value: unknown): Promise<{ next: () => Promise<IteratorResult<unknown>> }> =>
    Promise.resolve({ next: () => Promise.resolve({ done: true, value }) });
  const runs = {
    create: (input: unknown) => {
      asked.creates.push(input);
      return done({ folder: 'runs/new', skipped: [], notes: [] });
    },
    train: (input: unknown) => {
      asked.trains.push(input);
      return done({ folder: 'runs/new', phase: 'finished', step: 9, steps: 9, damaged: [], notes: [] });
    },
  };
  return {
    openEngine: () => Promise.resolve({ runs }),
    threadsOfRun: () => Promise.resolve(1),
    noticeBeforeStart: () => Promise.resolve(undefined),
  };
});

class Silent extends Terminal {
  constructor() {
    super(process.stdout, process.stderr, false);
  }
  override result(): void {
    this.clearProgress();
  }
  override say(): void {
    this.clearProgress();
  }
}

async function train(...args: string[]): Promise<{ create: unknown; train: unknown }> {
  asked.creates.length = asked.trains.length = 0;
  const program = createProgram({
    terminal: new Silent(),
    signal: new AbortController().signal,
    handsBack: () => false,
  });
  await program.parseAsync(['train', ...args], { from: 'user' });
  return { create: asked.creates[0], train: asked.trains[0] };
}

it('each option of "train" asks for its own setting of the run', async () => {
  const { create, train: trained } = await train(
    ...[
      '--data',
      'faces',
      '--steps',
      '41',
      '--seed',
      '11',
      '--crop',
      'full',
      '--all-folders',
      '--preset',
      'paper',
    ],
    ...['--checkpoint-every', '7', '--measure-every', '3', '--run', 'runs/mine', '--tensorboard'],
    ...['--image-layer', 'plain', '--on-divergence', 'lower', '--threads', '3'],
    ...['--spectral', '--spectral-gamma', '0.2', '--spectral-cap', '0.03'],
    ...['--spectral-grid', 'native', '--spectral-variant', 'gradient'],
    ...['--width', '6', '--fine-channels', '5', '--latent', '7', '--batch', '9', '--encoder', 'mirrored'],
    ...['--log-variance-head', 'softplus', '--kl-weight', '0.7', '--learning-rate', '0.002'],
    ...['--beta1', '0.4', '--beta2', '0.99'],
  );
  expect(create).toEqual({
    ...{ data: 'faces', steps: 41, seed: 11, crop: 'full', allFolders: true, model: 'vae', preset: 'paper' },
    ...{ checkpointEvery: 7, measureEvery: 3, folder: 'runs/mine', tensorboard: true, imageLayer: 'plain' },
    ...{ onDivergence: 'lower', threads: 3 },
    spectral: { gamma: 0.2, cap: 0.03, grid: 'native', variant: 'gradient' },
    hyperParameters: {
      ...{ width: 6, fineChannels: 5, latent: 7, batch: 9, encoder: 'mirrored', logVarianceHead: 'softplus' },
      ...{ klWeight: 0.7, learningRate: 0.002, beta1: 0.4, beta2: 0.99 },
    },
  });
  expect(trained).toEqual({ run: 'runs/new', startOver: false });
});

it('without options asks for what the contract has as defaults, and without --spectral for no spectral step', async () => {
  const needed = { data: 'faces', steps: 5 };
  const { create } = await train('--data', 'faces', '--steps', '5');
  expect(trainRequestSchema.parse(create)).toEqual(trainRequestSchema.parse(needed));
  const { create: spectral } = await train('--data', 'faces', '--steps', '5', '--spectral');
  // Our choice (docs/decisions/sdr-in-deep-networks.md): a tenth of the way, at most 5 % of a slice.
  expect(trainRequestSchema.parse(spectral).spectral).toEqual({
    ...{ gamma: 0.1, cap: 0.05, grid: 'filtered', variant: 'normalised' },
  });
});

it('goes on with a run, and extends it, without making one', async () => {
  expect(await train('--resume', 'runs/old')).toEqual({
    create: undefined,
    train: { run: 'runs/old', startOver: false },
  });
  expect(await train('--resume', 'runs/old', '--extend', '20')).toEqual({
    create: undefined,
    train: { run: 'runs/old', extend: 20, startOver: false },
  });
  await expect(train('--data', 'faces')).rejects.toThrow('A new run needs --data FOLDER and --steps N');
});

/** A value for each option that takes one; the others are switches. */
const values: Readonly<Record<string, string>> = {
  ...{ data: 'elsewhere', crop: 'full', model: 'vae', preset: 'paper', steps: '9', seed: '1', run: 'r' },
  ...{ checkpointEvery: '2', measureEvery: '2', imageLayer: 'plain', onDivergence: 'lower', extend: '3' },
  threads: '2',
  ...{ spectralGamma: '0.2', spectralCap: '0.1', spectralGrid: 'native', spectralVariant: 'gradient' },
  ...{ width: '4', fineChannels: '4', latent: '8', batch: '8', encoder: 'mirrored', logVarianceHead: 'elu' },
  ...{ klWeight: '1', learningRate: '0.01', beta1: '0.4', beta2: '0.9' },
};
const flagOf = (name: string): string =>
  `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
const typedAs = (name: string): string[] => (name in values ? [flagOf(name), values[name]!] : [flagOf(name)]);

const ofResuming: Readonly<Record<string, unknown>> = {
  ...{ data: 'elsewhere', onDivergence: 'lower', extend: 3, startOver: true },
};
const names = [...new Set([...trainCommand.options, ...resumeCommand.options].map(({ name }) => name))];

it.each(names.filter((name) => name !== 'resume'))(
  'beside --resume, %s works or is refused',
  async (name) => {
    const asking = train('--resume', 'runs/old', ...typedAs(name));
    if (name in ofResuming) {
      expect((await asking).train).toEqual({ run: 'runs/old', startOver: false, [name]: ofResuming[name] });
      return;
    }
    await expect(asking).rejects.toMatchObject({ code: 'wrong-usage' });
    await expect(asking).rejects.toThrow(`${flagOf(name)}: a run keeps the settings it began with`);
    expect(asked.trains).toEqual([]);
  },
);

it('of a new run, what is of use with --resume or with --spectral only is refused', async () => {
  const asNew = ['--data', 'faces', '--steps', '9'];
  await expect(train(...asNew, '--start-over')).rejects.toThrow('--start-over: only with --resume RUN');
  await expect(train(...asNew, '--spectral-gamma', '0.2')).rejects.toThrow(
    '--spectral-gamma: only with --spectral',
  );
  expect(asked.creates).toEqual([]);
});
