import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { StudioError } from '../../src/contract/errors.ts';
import { runCommand } from '../setup/runCommand.ts';

/** What the engine does while it trains a cell, and what Slurm says to a task that hands itself back. */
const engine = vi.hoisted(() => ({
  from: 0,
  step: 0,
  signals: [] as NodeJS.Signals[],
  handedBack: 0,
  refusal: undefined as Error | undefined,
  failure: undefined as Error | undefined,
  resumed: [] as unknown[],
}));

vi.mock('../../src/engine/engine.ts', () => ({
  threadsOfSweep: () => Promise.resolve(1),
  handBackToSlurm: () => {
    engine.handedBack += 1;
    return engine.refusal === undefined ? Promise.resolve('12_3') : Promise.reject(engine.refusal);
  },
  openEngine: () =>
    Promise.resolve({
      sweeps: {
        resume: (input: unknown) => {
          engine.resumed.push(input);
          return Promise.resolve({ next: () => Promise.reject(new Error('seen')) });
        },
        cell: () => {
          for (const name of engine.signals) process.listeners(name).at(-1)?.(name);
          const phase = engine.signals.length === 0 ? 'finished' : 'stopped';
          const { from, step, failure } = engine;
          if (failure !== undefined) return Promise.resolve({ next: () => Promise.reject(failure) });
          const value = { folder: '/kl/seed0', phase, from, step, steps: 40, notes: ['A note.'] };
          return Promise.resolve({ next: () => Promise.resolve({ done: true, value }) });
        },
      },
    }),
}));

beforeEach(() => {
  Object.assign(engine, {
    from: 5,
    step: 12,
    signals: [],
    handedBack: 0,
    refusal: undefined,
    failure: undefined,
  });
  vi.stubEnv('SLURM_ARRAY_JOB_ID', '12');
});
afterEach(() => {
  vi.unstubAllEnvs();
});

it('a cell that is finished says so, and is not handed back', async () => {
  engine.step = 40;
  expect(await runCommand('sweep', 'cell', '/kl', '3')).toEqual({
    code: 0,
    stdout: 'Finished step 40 of 40. The run is in /kl/seed0.\n',
    stderr: 'A note.\n',
  });
  expect(engine.handedBack).toBe(0);
});

it('before its time limit a cell is saved and handed back to Slurm', async () => {
  engine.signals = ['SIGUSR1'];
  const { code, stdout, stderr } = await runCommand('sweep', 'cell', '/kl', '3');
  expect([code, stdout]).toEqual([130, 'Stopped and saved at step 12 of 40. The run is in /kl/seed0.\n']);
  expect(stderr).toMatch(
    /^The time limit of this Slurm task is near.*\nA note\.\nSlurm starts this cell again, as 12_3\.\n$/,
  );
  expect(engine.handedBack).toBe(1);
});

it('one that trained no step since it was started is not: that would go on for ever', async () => {
  Object.assign(engine, { signals: ['SIGUSR1'], step: 5 });
  const { code, stderr } = await runCommand('sweep', 'cell', '/kl', '3');
  expect([code, engine.handedBack]).toEqual([1, 0]);
  expect(stderr).toContain('No step was trained before the time limit of this Slurm task');
});

it('one whose pictures were still packed then is neither, and does not look as if it had saved', async () => {
  const failure = new StudioError('interrupted', 'Packing the images was stopped.');
  Object.assign(engine, { signals: ['SIGUSR1'], failure });
  const { code, stderr } = await runCommand('sweep', 'cell', '/kl', '3');
  expect([code, engine.handedBack]).toEqual([1, 0]);
  expect(stderr).toContain('No step was trained before the time limit of this Slurm task');
  engine.signals = ['SIGTERM'];
  const cancelled = await runCommand('sweep', 'cell', '/kl', '3');
  expect([cancelled.code, cancelled.stderr]).toEqual([130, expect.stringContaining('Packing the images')]);
});

it('one that is cancelled, also while it saves, is not', async () => {
  for (const signals of [['SIGTERM'], ['SIGUSR1', 'SIGTERM']] as const) {
    engine.signals = [...signals];
    expect(await runCommand('sweep', 'cell', '/kl', '3')).toMatchObject({ code: 130 });
  }
  expect(engine.handedBack).toBe(0);
});

it('what Slurm does not take back is told, and has been saved', async () => {
  Object.assign(engine, { signals: ['SIGUSR1'], refusal: new StudioError('unavailable', 'Slurm is away.') });
  const { code, stdout, stderr } = await runCommand('sweep', 'cell', '/kl', '3');
  expect([code, stdout]).toEqual([1, 'Stopped and saved at step 12 of 40. The run is in /kl/seed0.\n']);
  expect(stderr).toMatch(/Slurm is away\.\n$/);
});

it('wrong places of cells are refused', async () => {
  expect(await runCommand('sweep', 'cell', '/kl', 'x')).toMatchObject({ code: 2, stdout: '' });
});

it('what stands after "resume" is its own, also where "sweep" has an option of that name', async () => {
  const typed = ['--tries', '5', '--time', '2:00:00', '--parallel', '4', '--sbatch', '--mem=4G'];
  await runCommand('sweep', 'resume', '/kl', ...typed);
  expect(engine.resumed).toEqual([
    { sweep: '/kl', tries: 5, slurm: { time: '2:00:00', parallel: 4, sbatch: ['--mem=4G'] } },
  ]);
});
