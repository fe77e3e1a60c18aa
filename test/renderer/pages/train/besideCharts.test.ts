import { expect, it } from 'vitest';
import { noLabels } from '../../../../src/contract/runLabels.ts';
import { mostLogLines } from '../../../../src/contract/runLog.ts';
import { withLines } from '../../../../src/renderer/api/logLines.ts';
import { isConflict, newerLabels, tagComplaint } from '../../../../src/renderer/pages/train/labelDraft.ts';
import { nearestStep } from '../../../../src/renderer/pages/train/nearestStep.ts';
import { settingRows } from '../../../../src/renderer/pages/train/settingsTable.ts';
import { knownRun } from '../analyse/knownRun.ts';

it('takes of each run the checkpoint that is nearest to the step', () => {
  const at = (wanted: number): number | null => nearestStep([0, 500, 1000, 3000], wanted);
  expect([0, 240, 250, 260, 2000, 2001, 9000].map(at)).toEqual([0, 0, 0, 500, 1000, 3000, 3000]);
  expect(nearestStep([], 5)).toBeNull();
});

it('puts the settings of runs beside each other, and marks what differs', () => {
  const runs = [
    knownRun('a', { seed: 1, isSpectral: true }).run,
    knownRun('b', { seed: 2 }).run,
    knownRun('c', { seed: 1 }).run,
  ];
  const rows = settingRows(runs);
  const differing = rows.filter(({ differs }) => differs).map(({ name, values }) => [name, ...values]);
  expect(differing).toEqual([
    ['seed', '1', '2', '1'],
    ['spectral', 'on', 'off', 'off'],
    ['spectral step gamma', '0.1', 'off', 'off'],
    ['spectral step cap', '0.05', 'off', 'off'],
    ['spectral step grid', 'filtered', 'off', 'off'],
    ['spectral step variant', 'normalised', 'off', 'off'],
  ]);
  expect(
    settingRows(runs.slice(1))
      .filter(({ differs }) => differs)
      .map(({ name }) => name),
  ).toEqual(['seed']);
  expect(settingRows(runs.slice(0, 1)).some(({ differs }) => differs)).toBe(false);
});

it('tells folders of one name apart by their paths, and others by their names', () => {
  const { run } = knownRun('a', {});
  const of = (...folders: string[]) =>
    settingRows(folders.map((folder) => ({ ...run, data: { ...run.data, folder } }))).find(
      ({ name }) => name === 'data',
    );
  expect(of('/one/faces', '/one/drawn')).toMatchObject({ values: ['faces', 'drawn'], differs: true });
  expect(of('/one/faces', '/two/faces')).toMatchObject({
    values: ['/one/faces', '/two/faces'],
    differs: true,
  });
  expect(of('/one/faces', '')).toMatchObject({ values: ['faces', 'not on this computer'] });
});

it('takes the newer of the labels that are listed and those that a change answered', () => {
  const listed = { ...noLabels, name: 'listed', changedAt: '2026-01-01T00:00:02.000Z' };
  const answer = (second: number) => ({ ...noLabels, changedAt: `2026-01-01T00:00:0${second}.000Z` });
  expect(newerLabels(listed, null)).toBe(listed);
  expect([newerLabels(listed, answer(1)).name, newerLabels(listed, answer(3)).name]).toEqual(['listed', '']);
});

it('knows a note that someone else changed while one was written', () => {
  const note = (text: string) => ({ ...noLabels, note: text });
  expect(isConflict(null, 'a', note('b'))).toBe(false);
  expect(isConflict('mine', 'a', note('a'))).toBe(false);
  expect(isConflict('mine', 'a', note('mine'))).toBe(false);
  expect(isConflict('mine', 'a', note('theirs'))).toBe(true);
});

it('says why a tag cannot be added', () => {
  expect([tagComplaint('', []), tagComplaint('paper', ['beta'])]).toEqual([null, null]);
  expect(tagComplaint('two words', [])).toContain('one word');
  expect(tagComplaint('lr:1', [])).toContain('one word');
  const many = Array.from({ length: 20 }, (_, at) => `t${at}`);
  expect(tagComplaint('paper', many)).toContain('at most 20');
});

it('keeps no more of a log than is shown, and begins anew with a new log', () => {
  const event = (lines: string[], restarted = false) => ({ lines, restarted, isCut: false, isThere: true });
  const first = withLines(undefined, event(['a', 'b'], true));
  expect(withLines(first, event(['c'])).lines).toEqual(['a', 'b', 'c']);
  expect(withLines(first, event(['x'], true)).lines).toEqual(['x']);
  const long = withLines(first, event(Array.from({ length: mostLogLines }, (_, at) => String(at))));
  expect([long.lines.length, long.lines[0], long.isCut]).toEqual([mostLogLines, '0', true]);
});
