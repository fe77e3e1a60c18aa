import { describe, expect, it } from 'vitest';
import type { Job, RunState } from '../../../src/contract/studio.ts';
import { noticesOfJobs, noticesOfQueue, noticesOfRuns } from '../../../src/renderer/shell/notices.ts';
import type { NotedRun } from '../../../src/renderer/shell/notices.ts';
import { queued } from '../queueFacts.ts';

function job(change: Partial<Job>): Job {
  return {
    ...{ id: '1', kind: 'export', title: 'Exporting 20 pictures', folder: '/data/out', state: 'running' },
    ...{ progress: null, etaSeconds: null, startedAt: '2026-01-01T00:00:00Z', endedAt: null },
    ...{ error: null, result: null },
    ...change,
  };
}

describe('jobs', () => {
  const before = [job({})];

  it('says what an export left and leads to its page', () => {
    const done = job({ state: 'done', result: { kind: 'export', folder: '/data/out', count: 20 } });
    expect(noticesOfJobs(before, [done])).toEqual([
      { title: 'Exporting 20 pictures: done', body: '20 pictures in /data/out', address: '#/export' },
    ]);
  });

  it('says so of one that began and ended between two looks', () => {
    const done = job({ state: 'done', result: { kind: 'export', folder: '/data/out', count: 20 } });
    expect(noticesOfJobs([], [done])).toHaveLength(1);
  });

  it('says why one failed', () => {
    const failed = job({ state: 'failed', error: { code: 'no-space', message: 'The disk is full.' } });
    expect(noticesOfJobs(before, [failed])).toEqual([
      { title: 'Exporting 20 pictures: failed', body: 'The disk is full.', address: '#/export' },
    ]);
  });

  it('leads to a set of faces by its folder', () => {
    const faces = { kind: 'faces' as const, title: 'Making 600 faces', folder: '/data/a b' };
    const done = job({ ...faces, state: 'done', result: { kind: 'faces', folder: '/data/a b', count: 600 } });
    expect(noticesOfJobs([job(faces)], [done])).toEqual([
      {
        title: 'Making 600 faces: done',
        body: '600 faces in /data/a b',
        address: '#/data?data=%2Fdata%2Fa+b',
      },
    ]);
  });

  it.each([
    ['goes on', [job({})]],
    ['was cancelled by the person', [job({ state: 'cancelled' })]],
    ['was packing before a training', [job({ state: 'done', result: { kind: 'run', run: 'a' } })]],
    ['is gone from the list', []],
  ])('says nothing of one that %s', (_name, after) => {
    expect(noticesOfJobs(before, after)).toEqual([]);
  });

  it('says nothing of one that had ended when the page was opened', () => {
    const done = job({ state: 'done', result: { kind: 'export', folder: '/data/out', count: 20 } });
    expect(noticesOfJobs(undefined, [done])).toEqual([]);
    expect(noticesOfJobs([done], [done])).toEqual([]);
  });
});

function run(state: RunState, change: Partial<NotedRun> = {}): NotedRun {
  return {
    ...{ id: 'vae-1', folder: '/runs/vae-1', state, safeStep: 1000, error: null },
    ...{ run: { steps: 3500 }, status: { step: 1234 } },
    ...change,
  };
}

describe('trainings', () => {
  it.each([
    ['finished', {}, 'vae-1: trained', 'All 3,500 steps are done.'],
    ['failed', { error: 'The disk is full.' }, 'vae-1: training failed', 'The disk is full.'],
    ['failed', {}, 'vae-1: training failed', 'It failed at step 1,234.'],
    [
      'interrupted',
      {},
      'vae-1: training was interrupted',
      'At step 1,234. It can be resumed from step 1,000.',
    ],
    [
      'interrupted',
      { safeStep: null },
      'vae-1: training was interrupted',
      'At step 1,234. It can be resumed from the beginning.',
    ],
  ] as const)('%s %o', (state, change, title, body) => {
    const notice = { title, body, address: '#/train?run=vae-1' };
    expect(noticesOfRuns([run('training')], [run(state, change)])).toEqual([notice]);
  });

  it('says nothing while one trains, after a pause, or of one that has not been seen in training', () => {
    expect(noticesOfRuns([run('starting')], [run('training')])).toEqual([]);
    expect(noticesOfRuns([run('pausing')], [run('paused')])).toEqual([]);
    expect(noticesOfRuns([run('paused')], [run('finished')])).toEqual([]);
    expect(noticesOfRuns([], [run('finished')])).toEqual([]);
  });
});

describe('the queue', () => {
  it('tries again what has ended before its end, so that only its end is told, or that it is given up', () => {
    const entry = queued('vae-1', { state: 'running' });
    const failed = { ...entry, state: 'failed' as const, error: 'The disk is full.' };
    for (const state of ['interrupted', 'failed'] as const) {
      expect(noticesOfRuns([run('training')], [run(state)], [entry])).toEqual([]);
    }
    expect(noticesOfRuns([run('training')], [run('finished')], [entry])).toHaveLength(1);
    expect(noticesOfQueue([entry], [failed])).toEqual([
      { title: 'vae-1: training failed', body: 'The disk is full.', address: '#/train' },
    ]);
    expect([noticesOfQueue([failed], [failed]), noticesOfQueue(undefined, [failed])]).toEqual([[], []]);
  });
});
