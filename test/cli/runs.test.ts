import { expect, it, vi } from 'vitest';
import { itEndsLikeEveryCommand, runCommand } from '../setup/runCommand.ts';
import type { RunLabels } from '../../src/contract/runLabels.ts';
import { answer, answerWith, asked, forget } from '../setup/stubEngine.ts';
import { noLabels } from '../../src/contract/runLabels.ts';
import { knownRun } from '../renderer/pages/analyse/knownRun.ts';

vi.mock('../../src/engine/engine.ts', () => import('../setup/stubEngine.ts'));

const time = '2026-01-01T00:00:00.000Z';

function listed(id: string, status: object | undefined, alive = true, labels = noLabels) {
  const usual = {
    ...{ version: 1, phase: 'training', step: 30, steps: 100, stepsPerSecond: 2, etaSeconds: null },
    ...{ pid: 1, host: 'here', heartbeat: time, memory: 1e9, error: null },
  };
  return {
    ...{ id, folder: `/runs/${id}`, run: knownRun(id, {}).run, labels, alive },
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

it('ls: leaves out archived runs unless asked, searches, and sorts', async () => {
  forget();
  const labelled = (id: string, step: number, labels: Partial<RunLabels>) =>
    listed(id, { phase: 'finished', step }, true, { ...noLabels, ...labels });
  const runs = [
    labelled('c', 10, { tags: ['paper'] }),
    labelled('b', 30, { archived: true }),
    labelled('a', 20, { name: 'First try', tags: ['paper', 'beta'] }),
  ];
  answer('runs.list', { folder: '/runs', runs, unreadable: [] });
  const ls = async (...options: string[]): Promise<string[]> =>
    (await runCommand('runs', 'ls', ...options)).stdout.split('\n').map((line) => line.slice(0, 1));
  expect((await runCommand('runs', 'ls')).stdout).toBe(
    `${'c'.padEnd(36)} finished, step 10 of 100 · #paper\n${'a'.padEnd(36)} finished, step 20 of 100 · First try · #paper #beta\n`,
  );
  expect(await ls('--all')).toEqual(['c', 'b', 'a', '']);
  expect(await ls('--all', '--sort', 'steps')).toEqual(['b', 'a', 'c', '']);
  expect(await ls('--all', '--sort', 'oldest')).toEqual(['a', 'b', 'c', '']);
  expect(await ls('--sort', 'name')).toEqual(['c', 'a', '']);
  expect(await ls('--search', 'tag:beta lr:1e-3')).toEqual(['a', '']);
  expect((await runCommand('runs', 'ls', '--search', 'nothing')).stdout).toBe(
    'None of the 3 runs in /runs is shown: --all has archived ones too, and --search leaves others out.\n',
  );
  const json = JSON.parse((await runCommand('runs', 'ls', '--json')).stdout) as object;
  expect(json).toEqual({ folder: '/runs', runs: [runs[0], runs[2]], unreadable: [] });
});

it('label: asks for what was typed alone, and says what there is now', async () => {
  forget();
  const labels = { ...noLabels, name: 'First', tags: ['beta'], archived: true, changedAt: time };
  answer('runs.label', labels);
  const words = ['--name', 'First', '--tag', 'beta', 'paper', '--untag', 'old', '--note', 'why', '--archive'];
  const { stdout } = await runCommand('runs', 'label', 'a', ...words);
  expect(stdout).toBe('name: First\ntags: beta\nnote: –\narchived\n');
  await runCommand('runs', 'label', 'a', '--unarchive');
  await runCommand('runs', 'label', 'a');
  expect(asked.map(({ input }) => input)).toEqual([
    // Read first: a note that someone writes meanwhile is not replaced.
    { run: 'a' },
    {
      ...{
        run: 'a',
        name: 'First',
        noteBefore: '',
        addTags: ['beta', 'paper'],
        removeTags: ['old'],
        note: 'why',
      },
      archived: true,
    },
    { run: 'a', archived: false },
    { run: 'a' },
  ]);
  answer('runs.label', { ...labels, note: 'old words' });
  const { stderr } = await runCommand('runs', 'label', 'a', '--note', 'new');
  expect(stderr).toBe('');
  answerWith('runs.label', ({ input }) => ({
    ...labels,
    note: JSON.stringify(input).includes('new') ? 'new' : 'old words',
  }));
  expect((await runCommand('runs', 'label', 'a', '--note', 'new')).stderr).toBe(
    'The note before was: old words\n',
  );
  answer('runs.label', labels);
  expect(JSON.parse((await runCommand('runs', 'label', 'a', '--json')).stdout)).toEqual(labels);
  expect((await runCommand('runs', 'label', 'a', '--archive', '--unarchive')).stderr).toContain('not both');
  expect((await runCommand('runs', 'label', 'a', '--tag', 'two words')).stderr).toContain('one word');
});

it('rm, trash, restore, empty-trash: say what went where, and how it comes back', async () => {
  forget();
  const removed = {
    ...{ entry: '20260101-000000000-a', id: 'a', from: '/runs/a' },
    ...{ removedAt: time, keptUntil: '2026-01-31T00:00:00.000Z' },
  };
  answer('runs.remove', removed);
  expect((await runCommand('runs', 'rm', 'a', 'b')).stdout.split('\n')[0]).toBe(
    'Moved /runs/a to the trash, for 30 days. Bring it back with: extrapolate runs restore 20260101-000000000-a',
  );
  expect(asked.map(({ input }) => input)).toEqual([{ run: 'a' }, { run: 'b' }]);
  answer('runs.removed', [removed]);
  expect((await runCommand('runs', 'trash')).stdout).toMatch(
    /^20260101-000000000-a +kept until 2026-01-31\n$/,
  );
  answer('runs.removed', []);
  expect((await runCommand('runs', 'trash')).stdout).toBe('The trash is empty.\n');
  answer('runs.restore', { id: 'a', folder: '/runs/a' });
  expect((await runCommand('runs', 'restore', removed.entry)).stdout).toBe('Restored /runs/a.\n');
  expect((await runCommand('runs', 'restore', '../a')).code).toBe(2);
  answer('runs.emptyTrash', { count: 2 });
  expect((await runCommand('runs', 'empty-trash')).stdout).toBe('Deleted 2 runs for good.\n');
});

itEndsLikeEveryCommand(['runs', 'ls'], 'runs.list', [['runs', 'ls', '--no-such']]);
itEndsLikeEveryCommand(['runs', 'show', 'a'], 'runs.show', [['runs', 'show']]);
itEndsLikeEveryCommand(['runs', 'diff', 'a', 'b'], 'runs.show', [['runs', 'diff', 'a']]);
itEndsLikeEveryCommand(['runs', 'label', 'a'], 'runs.label', [['runs', 'label']]);
itEndsLikeEveryCommand(['runs', 'rm', 'a'], 'runs.remove', [['runs', 'rm']]);
