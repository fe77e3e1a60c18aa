import { expect, it, vi } from 'vitest';
import type { QueuedRun, QueueReport } from '../../src/contract/queue.ts';
import { itEndsLikeEveryCommand, runCommand } from '../setup/runCommand.ts';
import { answer, asked, forget } from '../setup/stubEngine.ts';

vi.mock('../../src/engine/engine.ts', () => import('../setup/stubEngine.ts'));

function queued(id: string, given: Partial<QueuedRun> = {}): QueuedRun {
  return {
    ...{ id, folder: `/runs/${id}`, title: id, from: 'person', addedAt: '2026-01-01T00:00:00.000Z' },
    ...{
      steps: 3000,
      threads: 1,
      state: 'waiting',
      isHeld: false,
      gpu: null,
      tries: 0,
      error: null,
      step: 0,
    },
    ...{ beginsIn: null, endsIn: null, ...given },
  };
}

const report: QueueReport = {
  ...{ isPaused: false, isWorked: true, threads: 2, gpus: 0, etaSeconds: 5400 },
  runs: [
    queued('one', { state: 'running', step: 1500, endsIn: 1800 }),
    queued('two', { beginsIn: 1800, endsIn: 5400 }),
    queued('three', { state: 'failed', tries: 3, error: 'The disk is full.' }),
  ],
};

it('queue: says what is trained, what waits, what failed, and when all is done', async () => {
  forget();
  answer('queue.show', report);
  const { code, stdout } = await runCommand('queue');
  expect(code).toBe(0);
  expect(stdout.split('\n')).toEqual([
    '3 runs in the queue, for 2 threads. All will be done in about 1 h 30 min.',
    '  1  one    running  1,500 of 3,000 steps, done in about 30 min',
    '  2  two    waiting  0 of 3,000 steps, done in about 1 h 30 min',
    '  3  three  failed   0 of 3,000 steps  The disk is full.',
    '',
  ]);
});

it('queue: says where nobody works on it, and where it is paused', async () => {
  forget();
  answer('queue.show', { ...report, isWorked: false });
  expect((await runCommand('queue')).stdout).toContain('Nobody works on it: “extrapolate queue work” does');
  answer('queue.show', { ...report, isPaused: true });
  expect((await runCommand('queue')).stdout).toContain('It is paused: “extrapolate queue resume”');
  answer('queue.show', { ...report, runs: [] });
  expect((await runCommand('queue')).stdout).toBe('The queue is empty.\n');
});

it.each([
  [['move', '3', '1'], 'queue.move', { entry: 'three', before: 'one' }],
  [['move', 'one', '2'], 'queue.move', { entry: 'one', before: 'three' }],
  [['move', '1', '9'], 'queue.move', { entry: 'one', before: null }],
  [['hold', 'two'], 'queue.hold', { entry: 'two', isHeld: true }],
  [['release', '2'], 'queue.hold', { entry: 'two', isHeld: false }],
  [['retry', '3'], 'queue.retry', { entry: 'three' }],
  [['rm', 'one'], 'queue.remove', { entry: 'one' }],
] as const)('queue %j asks for it by the entry', async (words, method, input) => {
  forget();
  answer('queue.show', report);
  answer(method, report);
  expect((await runCommand('queue', ...words)).code).toBe(0);
  expect(asked.at(-1)).toEqual({ method, input });
});

it.each([
  [['pause'], 'queue.pause', { isPaused: true }],
  [['resume'], 'queue.pause', { isPaused: false }],
  [['threads', '4'], 'queue.setThreads', { threads: 4 }],
  [['threads', '0'], 'queue.setThreads', { threads: null }],
  [['add', 'a', 'b', '--extend', '50'], 'queue.add', { runs: ['a', 'b'], extend: 50 }],
] as const)('queue %j', async (words, method, input) => {
  forget();
  answer(method, report);
  expect((await runCommand('queue', ...words)).code).toBe(0);
  expect(asked).toEqual([{ method, input }]);
});

it('queue: a run that is not in it is named', async () => {
  forget();
  answer('queue.show', report);
  const { code, stderr } = await runCommand('queue', 'hold', 'seven');
  expect([code, stderr]).toEqual([1, '“seven” is not in the queue. “extrapolate queue” lists what is.\n']);
});

it('queue: of several runs with one name none is taken for the other', async () => {
  forget();
  const runs = ['a', 'b'].map((id) => queued(id, { folder: `/${id}/seed1`, title: 'seed1' }));
  answer('queue.show', { ...report, runs });
  answer('queue.remove', report);
  const { code, stderr } = await runCommand('queue', 'rm', 'seed1');
  expect([code, stderr]).toEqual([2, expect.stringContaining('Several runs in the queue are named “seed1”')]);
  expect((await runCommand('queue', 'rm', '/b/seed1')).code).toBe(0);
  expect(asked.at(-1)).toEqual({ method: 'queue.remove', input: { entry: 'b' } });
});

it('queue: of one that is tried again the reason is told as that of the try before', async () => {
  forget();
  answer('queue.show', {
    ...report,
    runs: [queued('one', { state: 'running', tries: 2, error: 'It broke.' })],
  });
  expect((await runCommand('queue')).stdout).toContain('steps  The try before: It broke.');
});

it('queue: one that was held and has failed is told as failed', async () => {
  forget();
  answer('queue.show', {
    ...report,
    runs: [queued('one', { state: 'failed', isHeld: true, error: 'Full.' })],
  });
  expect((await runCommand('queue')).stdout).toContain('one  failed   0 of 3,000 steps  Full.');
});

itEndsLikeEveryCommand(['queue', 'ls'], 'queue.show', [
  ['queue', 'threads', 'many'],
  ['queue', 'add'],
  ['queue', 'hold'],
]);
