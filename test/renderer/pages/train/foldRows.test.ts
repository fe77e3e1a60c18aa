import { expect, it } from 'vitest';
import { foldRows, stateWords } from '../../../../src/renderer/pages/train/foldRows.ts';
import type { TableRow } from '../../../../src/renderer/pages/train/foldRows.ts';
import { runSummary } from '../../studioFacts.ts';

const runs = ['kl/seed1', 'alone', 'kl/seed0', 'gamma/seed0'].map((id) => runSummary(id, 'finished'));

function words(rows: readonly TableRow[]): string[] {
  return rows.map((row) => (row.kind === 'run' ? row.run.id : `${row.name}: ${row.runs.length}`));
}

it('cells stand under the head of their sweep, where the first of them was', () => {
  expect(words(foldRows(runs, new Map(), []))).toEqual(['kl: 2', 'alone', 'gamma: 1']);
  expect(words(foldRows(runs, new Map([['kl', true]]), []))).toEqual([
    ...['kl: 2', 'kl/seed1', 'kl/seed0', 'alone', 'gamma: 1'],
  ]);
});

it('a sweep whose run is shown is open, until somebody closes it', () => {
  expect(words(foldRows(runs, new Map(), ['gamma/seed0']))).toContain('gamma/seed0');
  expect(words(foldRows(runs, new Map([['gamma', false]]), ['gamma/seed0']))).not.toContain('gamma/seed0');
});

it('the head of a sweep says how many of its runs stand where', () => {
  const states = ['finished', 'training', 'finished'] as const;
  expect(stateWords(states.map((state, at) => runSummary(`kl/seed${at}`, state)))).toBe(
    '2 finished, 1 training',
  );
});
