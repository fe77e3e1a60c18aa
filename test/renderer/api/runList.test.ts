import { expect, it } from 'vitest';
import type { RunSummary } from '../../../src/contract/studio.ts';
import { withChanges } from '../../../src/renderer/api/runList.ts';
import { runSummary } from '../studioFacts.ts';

function summary(id: string, createdAt: string, safeStep = 0): RunSummary {
  const one = runSummary(id, 'finished', { safeStep, bundled: id === 'bundled' });
  return { ...one, run: { ...one.run, createdAt } };
}

it('a list takes what changed in its place, and drops what is gone', () => {
  const event = { folder: 'runs', unreadable: [], gone: [], restarted: true };
  const [old, bundled] = [summary('old', '2026-01-01'), summary('bundled', '2026-03-01')];
  const all = withChanges(undefined, { ...event, runs: [old, bundled] });
  const more = withChanges(all, {
    ...event,
    restarted: false,
    runs: [summary('new', '2026-02-01'), summary('old', '2026-01-01', 9)],
  });
  expect(more.runs.map(({ id, safeStep }) => [id, safeStep])).toEqual([
    ['new', 0],
    ['old', 9],
    ['bundled', 0],
  ]);
  const less = withChanges(more, {
    ...event,
    restarted: false,
    runs: [],
    gone: ['/runs/old'],
    unreadable: ['x'],
  });
  expect([less.runs.map(({ id }) => id), less.unreadable]).toEqual([['new', 'bundled'], ['x']]);
  expect(withChanges(less, { ...event, runs: [old] }).runs).toEqual([old]);
});
