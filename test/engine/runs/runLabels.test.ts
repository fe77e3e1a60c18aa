import { readFile, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { noLabels } from '../../../src/contract/runLabels.ts';
import { changeLabels, labelsForList, readLabels } from '../../../src/engine/runs/runLabels.ts';
import { createRun, runPaths } from '../../../src/engine/runs/runFolder.ts';
import { listAllRuns } from '../../../src/engine/runs/runReports.ts';
import { stoppedRun } from '../../setup/stoppedRun.ts';
import { temporaryFolder } from '../../setup/tinyTraining.ts';

let root: string;
let folder: string;
let remove: () => Promise<void>;
const now = (): Date => new Date('2026-02-03T04:05:06.000Z');

beforeEach(async () => {
  ({ folder: root, remove } = await temporaryFolder());
  vi.stubEnv('EXTRAPOLATION_RUNS', root);
  folder = join(root, 'one');
  await createRun(folder, { ...stoppedRun, id: 'one' });
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await remove();
});

it('has none of a run of an earlier version, and writes nothing where nothing changes', async () => {
  expect(await readLabels(folder)).toEqual(noLabels);
  expect(await changeLabels({ run: 'one' })).toEqual(noLabels);
  expect(await changeLabels({ run: 'one', archived: false, removeTags: ['no'] })).toEqual(noLabels);
  expect(await readdir(folder)).not.toContain('labels.json');
});

it('changes what is said to change, and keeps the rest', async () => {
  await changeLabels({ run: 'one', name: 'First', addTags: ['b', 'a'], note: 'why' }, now);
  const labels = await changeLabels({ run: folder, addTags: ['a', 'c'], removeTags: ['b'] }, now);
  const expected = { name: 'First', tags: ['a', 'c'], note: 'why', archived: false };
  expect(labels).toMatchObject(expected);
  const file: unknown = JSON.parse(await readFile(runPaths(folder).labels, 'utf8'));
  expect(file).toEqual({ version: 1, ...labels, changedAt: '2026-02-03T04:05:06.000Z' });
  expect((await readdir(folder)).filter((name) => /lock|part/.test(name))).toEqual([]);
});

it('loses nothing of many who write at the same time', async () => {
  const tags = Array.from({ length: 12 }, (_, at) => `tag${at}`);
  await Promise.all(tags.map((tag) => changeLabels({ run: 'one', addTags: [tag] })));
  expect((await readLabels(folder)).tags.sort()).toEqual([...tags].sort());
});

it('does not replace a note that someone else has changed meanwhile', async () => {
  await changeLabels({ run: 'one', note: 'theirs' });
  const mine = { run: 'one', note: 'mine', noteBefore: '' };
  await expect(changeLabels(mine)).rejects.toMatchObject({ code: 'busy' });
  expect((await readLabels(folder)).note).toBe('theirs');
  expect((await changeLabels({ ...mine, noteBefore: 'theirs' })).note).toBe('mine');
  // The same words twice are no quarrel.
  expect((await changeLabels({ ...mine, noteBefore: 'long ago' })).note).toBe('mine');
});

it('says what is too much', async () => {
  const tags = (from: number): string[] => Array.from({ length: 15 }, (_, at) => `t${from + at}`);
  await changeLabels({ run: 'one', addTags: tags(0) });
  await expect(changeLabels({ run: 'one', addTags: tags(15) })).rejects.toThrow('at most 20 tags');
});

it('hides no run whose labels are damaged, and says so', async () => {
  await writeFile(runPaths(folder).labels, '{"version":1,"tags":"paper"}');
  const told: string[] = [];
  expect(await labelsForList(folder, (sentence) => told.push(sentence))).toEqual(noLabels);
  expect(told).toEqual([expect.stringContaining('labels.json')]);
  const { runs, unreadable } = await listAllRuns();
  expect([runs.length, unreadable.length]).toEqual([1, 1]);
  await expect(changeLabels({ run: 'one', name: 'x' })).rejects.toMatchObject({ code: 'damaged' });
  await writeFile(runPaths(folder).labels, '{"version":2}');
  await expect(changeLabels({ run: 'one', name: 'x' })).rejects.toMatchObject({ code: 'unavailable' });
});
