import { describe, expect, it } from 'vitest';
import type { ListedReproduction } from '../../../src/contract/experiments.ts';
import { noLabels } from '../../../src/contract/runLabels.ts';
import type { PageWork } from '../../../src/renderer/api/pageWorks.ts';
import {
  arrivalsOf,
  endedWork,
  failureWords,
  liveWords,
  liveWork,
  queueWords,
  seenNow,
} from '../../../src/renderer/shell/liveWork.ts';
import type { AllWork, Seen } from '../../../src/renderer/shell/liveWork.ts';
import { queued, queueOf } from '../queueFacts.ts';
import { job, runSummary } from '../studioFacts.ts';

const nothing: AllWork = { jobs: [], runs: [], experiments: [], pages: [] };
const unseen: Seen = { runs: null, experiments: null };
const later = '2026-01-02T00:00:00.000Z';
const search: PageWork = {
  name: 'search',
  title: 'Finding the modules of vae',
  address: '#/intervene?run=vae',
  startedAt: Date.parse(later) + 1000,
  progress: { phase: 'influence', done: 1, total: 4 },
  etaSeconds: 90,
  error: null,
};
const experiments: ListedReproduction = {
  ...{ folder: '/data/fig5', phase: 'working', scale: 'quick', made: [], share: 0.5, etaSeconds: 60 },
};
const titles = (all: AllWork, seen = unseen): string[] =>
  liveWork(all, arrivalsOf(seen)).map(({ title }) => title);

describe('what is under way', () => {
  it('is all of it, the newest first, with how far it is and the time left', () => {
    const all = {
      jobs: [job(), job({ id: '2', title: 'Checking /faces', startedAt: later })],
      runs: [runSummary('vae', 'training', { step: 25, etaSeconds: 30 }), runSummary('old', 'finished')],
      experiments: [experiments],
      pages: [search],
    };
    const live = liveWork(all, new Map([['run /runs/vae', Date.parse(later) + 500]]));
    expect(live.map(({ title, share, etaSeconds }) => [title, share, etaSeconds])).toEqual([
      ['Finding the modules of vae', 0.25, 90],
      ['vae', 0.25, 30],
      ['Checking /faces', 0.25, null],
      ['Making 600 faces', 0.25, null],
      ['Experiments in fig5', 0.5, 60],
    ]);
    expect(liveWords(live)).toBe('Finding the modules of vae 25 % · 1 min 30 s left and 4 more');
  });

  it('calls a run by the name that it was given', () => {
    const named = runSummary('vae-3', 'training', { labels: { ...noLabels, name: 'wide, β 1e-4' } });
    expect(titles({ ...nothing, runs: [named] })).toEqual(['wide, β 1e-4']);
  });

  it('is never hidden by what has failed', () => {
    const all = { ...nothing, jobs: [job({ id: '1', state: 'failed', startedAt: later }), job()] };
    expect(liveWords(liveWork(all, new Map()))).toBe('Making 600 faces 25 %');
    expect(failureWords(endedWork(all))).toBe('1 failure');
  });

  it('has a run that was continued before what began earlier, however old the run is', () => {
    const old = runSummary('old', 'training');
    const all = { ...nothing, runs: [old], jobs: [job({ startedAt: later })] };
    expect(titles(all)).toEqual(['Making 600 faces', 'old']);
    const before = seenNow(unseen, { ...nothing, runs: [runSummary('old', 'paused')] }, 1);
    const begun = seenNow(before, all, Date.parse(later) + 1);
    expect(titles(all, begun)).toEqual(['old', 'Making 600 faces']);
    // It keeps its place from look to look, and while nothing is known for a moment.
    const again = seenNow(seenNow(begun, { ...all, runs: undefined }, 1), all, Date.parse(later) + 99);
    expect(arrivalsOf(again)).toEqual(new Map([['run /runs/old', Date.parse(later) + 1]]));
  });

  it('takes no run for new that was under way at the first look', () => {
    const seen = seenNow(unseen, { ...nothing, runs: [runSummary('old', 'training')] }, 5);
    expect(arrivalsOf(seen).size).toBe(0);
    expect(arrivalsOf(seenNow(seen, { ...nothing, runs: [runSummary('old', 'training')] }, 6)).size).toBe(0);
  });

  it('is 0 % before anything is counted, and nothing where nothing is', () => {
    expect(liveWords(liveWork({ ...nothing, jobs: [job({ progress: null })] }, new Map()))).toBe(
      'Making 600 faces 0 %',
    );
    expect(liveWords(liveWork(nothing, new Map()))).toBeNull();
    expect(
      liveWork({ ...nothing, jobs: undefined, runs: undefined, experiments: undefined }, new Map()),
    ).toEqual([]);
  });
});

describe('what has ended without a result', () => {
  const failed = { ...search, error: 'The run is gone.' };
  const all = {
    ...nothing,
    jobs: [
      job({ id: 'cancelled', state: 'cancelled' }),
      job({ id: 'failed', state: 'failed', startedAt: later, error: { code: 'busy', message: 'In use.' } }),
      job({ id: 'done', state: 'done' }),
    ],
    pages: [failed],
  };

  it('is listed by itself, the newest first, with its reason and the page it was asked on', () => {
    expect(endedWork(all)).toEqual([
      {
        ...{ key: 'page search', title: failed.title, error: 'The run is gone.' },
        source: { kind: 'page', name: 'search', address: '#/intervene?run=vae' },
      },
      {
        key: 'job failed',
        title: 'Making 600 faces',
        error: 'In use.',
        source: { kind: 'job', id: 'failed' },
      },
      {
        key: 'job cancelled',
        title: 'Making 600 faces',
        error: null,
        source: { kind: 'job', id: 'cancelled' },
      },
    ]);
  });

  it('counts as a failure only where it failed', () => {
    expect(failureWords(endedWork(all))).toBe('2 failures');
    expect(failureWords(endedWork({ ...nothing, jobs: [job({ state: 'cancelled' })] }))).toBeNull();
  });
});

describe('what waits', () => {
  it('is counted beside what runs, with the time for the whole where it is known', () => {
    const runs = [queued('a', { state: 'running' }), queued('b'), queued('c'), queued('d', { isHeld: true })];
    const words = (part = {}): string => Object.values(queueWords(queueOf(runs, part)) ?? {}).join('');
    expect(words({ etaSeconds: 7200 })).toBe('2 wait, all done in about 2 h');
    expect(words()).toBe('2 wait');
    expect(words({ isPaused: true, etaSeconds: 7200 })).toBe('2 wait, the queue is paused');
    expect(queueWords(queueOf([queued('b')]))).toEqual({ waiting: '1 waits', whole: '' });
    expect([queueWords(queueOf(runs.slice(0, 1))), queueWords(undefined)]).toEqual([null, null]);
  });
});
