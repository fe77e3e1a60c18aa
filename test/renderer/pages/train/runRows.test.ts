import { describe, expect, it } from 'vitest';
import { noLabels } from '../../../../src/contract/runLabels.ts';
import { pressed, readSorting, rowsOf, sortingText } from '../../../../src/renderer/pages/train/runRows.ts';
import type { Sorting } from '../../../../src/renderer/pages/train/runRows.ts';
import { runSummary } from '../../studioFacts.ts';

const runs = [
  runSummary('run10', 'finished', { step: 100, latest: { kl: 3 }, labels: { ...noLabels, tags: ['paper'] } }),
  runSummary('run9', 'training', { step: 50, latest: { kl: 1, 'sdr.fine.median': 1.2 } }),
  runSummary('old', 'failed', { step: 7, labels: { ...noLabels, archived: true, name: 'Another' } }),
];
const newest: Sorting = { column: 'created', isDown: true };
const ids = (sorting: Sorting, archived = true, search = '', shown: string[] = []): string[] =>
  rowsOf(runs, { search, sorting, archived, shown }).map(({ id }) => id);

describe('rows of the table of runs', () => {
  it('leave out archived runs, unless they are asked for or shown in the charts', () => {
    expect(ids(newest, false)).toEqual(['run10', 'run9']);
    expect(ids(newest)).toEqual(['run10', 'run9', 'old']);
    expect(ids(newest, false, '', ['old'])).toEqual(['run10', 'run9', 'old']);
  });

  it('are those that were searched for', () => {
    expect(ids(newest, true, 'tag:paper')).toEqual(['run10']);
    expect(ids(newest, true, 'state:training')).toEqual(['run9']);
    expect(ids(newest, false, 'another')).toEqual([]);
  });

  it('stand in the order of a column, numbers as numbers, and what was not measured last either way', () => {
    const by = (text: string): string[] => ids(readSorting(text));
    expect(by('run')).toEqual(['old', 'run9', 'run10']);
    expect(by('-run')).toEqual(['run10', 'run9', 'old']);
    expect(by('state')).toEqual(['old', 'run10', 'run9']);
    expect(by('step')).toEqual(['old', 'run9', 'run10']);
    expect(by('kl')).toEqual(['run9', 'run10', 'old']);
    expect(by('-kl')).toEqual(['run10', 'run9', 'old']);
    expect(by('-sdr')[0]).toBe('run9');
    expect(by('created')).toEqual(['old', 'run9', 'run10']);
  });

  it('are turned round by a second press on the same column', () => {
    const first = pressed(newest, 'kl');
    expect([first, pressed(first, 'kl')]).toEqual([
      { column: 'kl', isDown: false },
      { column: 'kl', isDown: true },
    ]);
    expect(pressed(first, 'step').isDown).toBe(true);
  });

  it('keep their order in the address', () => {
    for (const text of ['kl', '-kl', 'run', '-step', 'created'])
      expect(sortingText(readSorting(text))).toBe(text);
    for (const text of ['', 'nonsense', '-created']) expect(sortingText(readSorting(text))).toBeUndefined();
  });
});
