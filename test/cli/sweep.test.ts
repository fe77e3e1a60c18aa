import { expect, it, vi } from 'vitest';
import { commandOf } from '../../src/commandLine/commandLine.ts';
import { sweepCommand } from '../../src/commandLine/sweeps.ts';
import type { CellReport, SweepReport } from '../../src/contract/sweeps.ts';
import { itEndsLikeEveryCommand, runCommand } from '../setup/runCommand.ts';
import { answer, asked, forget, opened } from '../setup/stubEngine.ts';

vi.mock('../../src/engine/engine.ts', () => import('../setup/stubEngine.ts'));
vi.mock('../../src/cli/findCli.ts', () => ({ findCli: () => '/built/cli.js' }));

function cell(name: string, given: Partial<CellReport> = {}): CellReport {
  return {
    ...{ name, folder: `/kl/${name}`, settings: { seed: 0 }, state: 'finished', step: 10, steps: 10 },
    ...{ reason: null, etaSeconds: null, measures: { loss: 0.25 }, ...given },
  };
}

const report: SweepReport = {
  ...{
    id: 'kl-1',
    folder: '/kl',
    createdAt: '2026-01-01T00:00:00.000Z',
    place: { kind: 'local' },
    threads: 1,
  },
  axes: [{ name: 'seed', values: [0, 1, 2] }],
  cells: [
    cell('seed0'),
    cell('seed1', { state: 'running', step: 4 }),
    cell('seed2', { state: 'failed', step: 2, reason: 'The disk is full.', measures: {} }),
  ],
  ...{ groups: [], pairs: [], etaSeconds: 90, notes: ['One cell waits for a partition.'] },
};

it('sweep: asks for what is typed, and says where each cell stands', async () => {
  forget();
  answer('sweeps.begin', report);
  const typed = ['--grid', 'seed=0..2', '--data', 'faces', '--steps', '10', '--out', 'kl', '--threads', '2'];
  const { code, stdout } = await runCommand('sweep', ...typed);
  // One of them has failed.
  expect(code).toBe(1);
  expect(stdout.split('\n').map((line) => line.replaceAll(/ +/g, ' '))).toEqual([
    '1 of 3 cells finished, 1 running, 1 failed, about 1 min 30 s left.',
    ' seed0 finished 10 of 10 steps loss 0.250',
    ' seed1 running 4 of 10 steps loss 0.250',
    ' seed2 failed 2 of 10 steps The disk is full.',
    'One cell waits for a partition.',
    '',
  ]);
  expect(asked).toEqual([
    {
      method: 'sweeps.begin',
      input: {
        ...{ grid: 'seed=0..2', data: 'faces', steps: 10, out: 'kl', threads: 2 },
        place: { kind: 'local' },
      },
    },
  ]);
  expect(opened[0]?.commandLine).toMatchObject({ before: ['/built/cli.js'] });
});

it('sweep: options of an engine go to that engine', async () => {
  forget();
  answer('sweeps.begin', report);
  const options = ['--partition', 'gpu', '--gres', 'gpu:1', '--time', '2:00:00', '--parallel', '4'];
  await runCommand(
    'sweep',
    'kl.yaml',
    '--out',
    'kl',
    '--engine',
    'slurm',
    ...options,
    '--sbatch',
    '--mem=4G --qos=long',
  );
  expect(asked[0]?.input).toEqual({
    ...{ sweepFile: 'kl.yaml', out: 'kl' },
    place: {
      kind: 'slurm',
      options: {
        ...{ partition: 'gpu', gres: 'gpu:1', time: '2:00:00', parallel: 4, sbatch: ['--mem=4G --qos=long'] },
      },
    },
  });
  await runCommand(
    'sweep',
    'kl.yaml',
    '--out',
    'kl',
    '--engine',
    'ray',
    '--address',
    'http://head:8265',
    '--gpus',
    '1',
  );
  expect(asked[1]?.input).toMatchObject({
    place: { kind: 'ray', options: { address: 'http://head:8265', gpus: 1 } },
  });
});

it('a sweep is shown as the command that asks for it', () => {
  const input = { grid: 'seed=0..2 spectral=on,off', data: 'my faces', steps: 10, out: 'kl' };
  expect(commandOf(sweepCommand, input)).toBe(
    "extrapolate sweep --grid 'seed=0..2 spectral=on,off' --data 'my faces' --steps 10 --out kl",
  );
});

it.each([
  [['--partition', 'gpu'], '--partition is an option of --engine slurm, and the engine is local.'],
  [['--engine', 'ray'], '--engine ray needs --address, such as http://head:8265.'],
])('sweep: %j is refused before anything is asked', async (options, sentence) => {
  forget();
  const { code, stderr } = await runCommand('sweep', '--grid', 'seed=0..1', '--out', 'kl', ...options);
  expect([code, stderr, asked]).toEqual([2, `${sentence}\n`, []]);
});

it.each([
  ['status', 'sweeps.status', { sweep: 'kl' }],
  ['stop', 'sweeps.stop', { sweep: 'kl' }],
  ['resume', 'sweeps.resume', { sweep: 'kl' }],
] as const)('sweep %s', async (word, method, input) => {
  forget();
  answer(method, report);
  // What was trained to its end tells whether all of it was; who only looks has been answered.
  expect((await runCommand('sweep', word, 'kl')).code).toBe(word === 'resume' ? 1 : 0);
  expect(asked).toEqual([{ method, input }]);
});

it('sweep report: says where the table is', async () => {
  forget();
  answer('sweeps.report', { report, files: ['/kl/report/report.csv', '/kl/report/report.html'] });
  const { stdout } = await runCommand('sweep', 'report', 'kl');
  expect(stdout).toContain('The table is in /kl/report/report.csv, /kl/report/report.html.');
});

it('sweep: what stands still is gone on with by a command that is shown', async () => {
  forget();
  const stopped = cell('seed1', { state: 'stopped', step: 4 });
  answer('sweeps.status', { ...report, cells: [report.cells[0], stopped], etaSeconds: null });
  const { stdout } = await runCommand('sweep', 'status', 'kl');
  expect(stdout).toContain('Continue with: extrapolate sweep resume /kl');
});

itEndsLikeEveryCommand(['sweep', '--grid', 'seed=0..1', '--out', 'kl'], 'sweeps.begin', [
  ['sweep', '--grid', 'seed=0..1', '--out', 'kl', '--engine', 'cloud'],
  ['sweep', '--grid', 'seed=0..1'],
  ['sweep', '--grid', 'seed=0..1', '--out', 'kl', '--threads', '0'],
  ['sweep', 'status'],
]);

it('sweep status: does not advise to resume what only waits in its scheduler', async () => {
  const of = async (state: CellReport['state']): Promise<string> => {
    forget();
    answer('sweeps.status', { ...report, cells: [cell('seed0'), cell('seed1', { state })] });
    return (await runCommand('sweep', 'status', 'kl')).stdout;
  };
  expect(await of('blocked')).not.toContain('Continue with');
  expect(await of('stopped')).toContain('Continue with: extrapolate sweep resume /kl');
});
