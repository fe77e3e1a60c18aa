import { describe, expect, it } from 'vitest';
import { workSummary } from '../../../src/renderer/shell/workSummary.ts';
import { job, runSummary } from '../studioFacts.ts';

describe('what the bottom bar says of all that is under way', () => {
  it('is nothing where nothing is', () => {
    expect(workSummary([], [], [])).toEqual({ kind: 'nothing' });
  });

  it('is how far a job is, rounded down, and how many others there are', () => {
    const half = job({ title: 'Check', progress: { phase: 'p', done: 199, total: 200 } });
    expect(workSummary([half], [], [])).toEqual({ kind: 'progress', share: 0.995, words: 'Check 99 %' });
    expect(workSummary([half, job()], [runSummary('vae', 'training')], ['fig5'])).toMatchObject({
      words: 'Check 99 % and 3 more',
    });
  });

  it('is 0 % for a job that has not begun to count', () => {
    expect(workSummary([job({ progress: null })], [], [])).toMatchObject({ share: 0 });
    const empty = job({ progress: { phase: 'p', done: 0, total: 0 } });
    expect(workSummary([empty], [], [])).toMatchObject({ share: 0, words: 'Making 600 faces 0 %' });
  });

  it('is a failure before all else, also before what runs', () => {
    expect(workSummary([job(), job({ title: 'Export', state: 'failed' })], [], [])).toEqual({
      kind: 'failed',
      words: 'Export: failed',
    });
  });

  it('is a training with the time left where it is known, where no job runs', () => {
    const run = runSummary('vae', 'training', { step: 25, etaSeconds: 90 });
    const words = 'vae 25 % · 1 min 30 s left';
    expect(workSummary([], [run], [])).toEqual({ kind: 'progress', share: 0.25, words });
    expect(workSummary([job({ state: 'cancelled' })], [run], [])).toMatchObject({ words });
    expect(workSummary([], [runSummary('new', 'starting', { status: null })], [])).toMatchObject({
      share: 0,
      words: 'new 0 %',
    });
  });

  it('is the experiments where nothing else is, without counting them twice', () => {
    expect(workSummary([], [], ['fig5'])).toEqual({ kind: 'experiments', words: 'Experiments in fig5' });
    expect(workSummary([], [], ['fig5', 'fig4'])).toMatchObject({ words: 'Experiments in fig5 and 1 more' });
  });
});
