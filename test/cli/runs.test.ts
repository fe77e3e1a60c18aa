import { expect, it, vi } from 'vitest';
import { itEndsLikeEveryCommand, runCommand } from '../setup/runCommand.ts';
import { answer, answerWith, asked, forget } from '../setup/stubEngine.ts';
import { knownRun } from '../renderer/pages/analyse/knownRun.ts';

vi.mock('../../src/engine/engine.ts', () => import('../setup/stubEngine.ts'));

const time = '2026-01-01T00:00:00.000Z';

function listed(id: string, status: object | undefined, alive = true) {
  const usual = {
    ...{ version: 1, phase: 'training', step: 30, steps: 100, stepsPerSecond: 2, etaSeconds: null },
    ...{ pid: 1, host: 'here', heartbeat: time, memory: 1e9, error: null },
  };
  return {
    ...{ id, folder: `/runs/${id}`, run: knownRun(id, {}).run, alive },
    ...(status !== undefined && { status: { ...usual, ...status } }),
  };
}

it('ls: says where each run stands, and complains of what cannot be read', async () => {
  forget();
  const runs = [
    listed('new', undefined),
    listed('busy', { etaSeconds: 90 }),
    listed('dark', {}),
    listed('cut', {}, false),
    listed('done', { phase: 'finished', step: 100 }),
    listed('bad', { phase: 'failed', error: 'It diverged.' }),
  ];
  answer('runs.list', { folder: '/runs', runs, unreadable: ['old cannot be read.'] });
  const { code, stdout, stderr } = await runCommand('runs', 'ls');
  const told = stdout.split('\n').map((line) => [line.slice(0, 36).trimEnd(), line.slice(37)]);
  expect({ code, told, stderr }).toEqual({
    code: 0,
    told: [
      ['new', 'waiting, step 0 of 100'],
      ['busy', 'training, step 30 of 100, 1 min 30 s left'],
      ['dark', 'training, step 30 of 100'],
      ['cut', 'interrupted, step 30 of 100'],
      ['done', 'finished, step 100 of 100'],
      ['bad', 'failed, step 30 of 100: It diverged.'],
      ['', ''],
    ],
    stderr: 'old cannot be read.\n',
  });
  expect((await runCommand('runs')).stdout).toBe(stdout);
  const json = await runCommand('runs', 'ls', '--json');
  expect(JSON.parse(json.stdout)).toEqual({ folder: '/runs', runs, unreadable: ['old cannot be read.'] });
  answer('runs.list', { folder: '/runs', runs: [], unreadable: [] });
  expect((await runCommand('runs', 'ls')).stdout).toBe('There are no runs in /runs yet.\n');
});

it('show: what was asked, the checkpoints, and the last of each measurement', async () => {
  forget();
  const metrics = [
    { step: 5, seconds: 1, values: { loss: 0.9, kl: 12.34567 } },
    { step: 10, seconds: 2, values: { loss: 0.123456 } },
  ];
  const shown = { ...listed('a', undefined), checkpoints: [10, 20], metrics };
  answer('runs.show', shown);
  const lines = (await runCommand('runs', 'show', 'a')).stdout.split('\n').map((line) => line.split(/ {2,}/));
  expect(lines[0]).toEqual(['a: waiting, step 0 of 100']);
  expect(lines.slice(1)).toEqual(
    expect.arrayContaining([
      ['', 'model.hyperParameters.width', '16'],
      ['', 'data.folder', '/faces'],
      ['', 'spectral', 'null'],
      ['', 'checkpoints: 10, 20'],
      ['', 'loss', '0.1235'],
      ['', 'kl', '12.35'],
    ]),
  );
  answer('runs.show', { ...shown, checkpoints: [] });
  expect((await runCommand('runs', 'show', 'a')).stdout).toContain('  checkpoints: none\n');
  expect(JSON.parse((await runCommand('runs', 'show', 'a', '--json')).stdout)).toMatchObject({ metrics });
  expect(asked[0]).toEqual({ method: 'runs.show', input: { run: 'a' } });
});

it('diff: what was asked differently, but for name and time', async () => {
  forget();
  answerWith('runs.show', ({ input }) => {
    const isOther = JSON.stringify(input).includes('other');
    const { run } = knownRun(isOther ? 'other' : 'one', { seed: isOther ? 1 : 0, isSpectral: isOther });
    return { ...listed('x', undefined), run, checkpoints: [], metrics: [] };
  });
  const { stdout } = await runCommand('runs', 'diff', 'one', 'other');
  expect(stdout.split('\n')).toEqual([
    'seed: 0 → 1',
    'spectral: null → –',
    'spectral.gamma: – → 0.1',
    'spectral.cap: – → 0.05',
    'spectral.grid: – → filtered',
    'spectral.variant: – → normalised',
    '',
  ]);
  const json = await runCommand('runs', 'diff', 'one', 'other', '--json');
  expect(JSON.parse(json.stdout)).toMatchObject({ seed: ['0', '1'], 'spectral.gamma': [null, '0.1'] });
  expect((await runCommand('runs', 'diff', 'one', 'one')).stdout).toBe(
    'The two runs have the same settings.\n',
  );
});

it('rm: removes each that is named', async () => {
  forget();
  answerWith('runs.remove', ({ input }) => ({ folder: JSON.stringify(input) }));
  const { stdout } = await runCommand('runs', 'rm', 'a', 'b');
  expect(stdout).toBe('Removed {"run":"a"}.\nRemoved {"run":"b"}.\n');
  expect(JSON.parse((await runCommand('runs', 'rm', 'a', '--json')).stdout)).toEqual([
    { folder: '{"run":"a"}' },
  ]);
});

itEndsLikeEveryCommand(['runs', 'ls'], 'runs.list', [['runs', 'ls', '--no-such']]);
itEndsLikeEveryCommand(['runs', 'show', 'a'], 'runs.show', [['runs', 'show']]);
itEndsLikeEveryCommand(['runs', 'diff', 'a', 'b'], 'runs.show', [['runs', 'diff', 'a']]);
itEndsLikeEveryCommand(['runs', 'rm', 'a'], 'runs.remove', [['runs', 'rm']]);
