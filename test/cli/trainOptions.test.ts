import { expect, it, vi } from 'vitest';
import { createProgram } from '../../src/cli/program.ts';
import { Terminal } from '../../src/cli/terminal.ts';
import { trainRequestSchema } from '../../src/contract/runs.ts';

const asked = vi.hoisted(() => ({ creates: [] as unknown[], trains: [] as unknown[] }));

vi.mock('../../src/engine/engine.ts', () => {
  const done = (value: unknown): Promise<{ next: () => Promise<IteratorResult<unknown>> }> =>
    Promise.resolve({ next: () => Promise.resolve({ done: true, value }) });
  const runs = {
    create: (input: unknown) => {
      asked.creates.push(input);
      return done({ folder: 'runs/new', skipped: [] });
    },
    train: (input: unknown) => {
      asked.trains.push(input);
      return done({ folder: 'runs/new', phase: 'finished', step: 9, steps: 9, damaged: [] });
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
  const program = createProgram({ terminal: new Silent(), signal: new AbortController().signal });
  await program.parseAsync(['train', ...args], { from: 'user' });
  return { create: asked.creates[0], train: asked.trains[0] };
}

it('each option of "train" asks for its own setting of the run', async () => {
  const { create, train: trained } = await train(
    ...['--data', 'faces', '--steps', '41', '--seed', '11', '--crop', 'full', '--preset', 'paper'],
    ...['--checkpoint-every', '7', '--measure-every', '3', '--run', 'runs/mine', '--tensorboard'],
    ...['--image-layer', 'plain'],
    ...['--spectral', '--spectral-gamma', '0.2', '--spectral-cap', '0.03'],
    ...['--spectral-grid', 'native', '--spectral-variant', 'gradient'],
    ...['--width', '6', '--fine-channels', '5', '--latent', '7', '--batch', '9', '--encoder', 'mirrored'],
    ...['--log-variance-head', 'softplus', '--kl-weight', '0.7', '--learning-rate', '0.002'],
    ...['--beta1', '0.4', '--beta2', '0.99'],
  );
  expect(create).toEqual({
    ...{ data: 'faces', steps: 41, seed: 11, crop: 'full', model: 'vae', preset: 'paper' },
    ...{ checkpointEvery: 7, measureEvery: 3, folder: 'runs/mine', tensorboard: true, imageLayer: 'plain' },
    spectral: { gamma: 0.2, cap: 0.03, grid: 'native', variant: 'gradient' },
    hyperParameters: {
      ...{ width: 6, fineChannels: 5, latent: 7, batch: 9, encoder: 'mirrored', logVarianceHead: 'softplus' },
      ...{ klWeight: 0.7, learningRate: 0.002, beta1: 0.4, beta2: 0.99 },
    },
  });
  expect(trained).toEqual({ run: 'runs/new' });
});

it('without options asks for what the contract has as defaults, and without --spectral for no spectral step', async () => {
  const needed = { data: 'faces', steps: 5 };
  const { create } = await train('--data', 'faces', '--steps', '5', '--spectral-gamma', '0.2');
  expect(trainRequestSchema.parse(create)).toEqual(trainRequestSchema.parse(needed));
  const { create: spectral } = await train('--data', 'faces', '--steps', '5', '--spectral');
  // Our choice (docs/decisions/sdr-in-deep-networks.md): a tenth of the way, at most 5 % of a slice.
  expect(trainRequestSchema.parse(spectral).spectral).toEqual({
    ...{ gamma: 0.1, cap: 0.05, grid: 'filtered', variant: 'normalised' },
  });
});

it('goes on with a run, and extends it, without making one', async () => {
  expect(await train('--resume', 'runs/old')).toEqual({ create: undefined, train: { run: 'runs/old' } });
  expect(await train('--resume', 'runs/old', '--extend', '20')).toEqual({
    create: undefined,
    train: { run: 'runs/old', extend: 20 },
  });
  await expect(train('--data', 'faces')).rejects.toThrow('A new run needs --data FOLDER and --steps N');
});
