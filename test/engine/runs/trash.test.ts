import { existsSync } from 'node:fs';
import { mkdir, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createRun, listRuns, runPaths } from '../../../src/engine/runs/runFolder.ts';
import { lockRun } from '../../../src/engine/runs/runLock.ts';
import { emptyTrash, listRemoved, removeRun, restoreRun } from '../../../src/engine/runs/trash.ts';
import { stoppedRun } from '../../setup/stoppedRun.ts';
import { temporaryFolder } from '../../setup/tinyTraining.ts';

let root: string;
let remove: () => Promise<void>;
const day = (at: number): Date => new Date(Date.UTC(2026, 0, 1) + at * 24 * 3600 * 1000);

beforeEach(async () => {
  ({ folder: root, remove } = await temporaryFolder());
  vi.stubEnv('EXTRAPOLATION_RUNS', root);
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await remove();
});

async function make(id: string): Promise<string> {
  const folder = join(root, id);
  await createRun(folder, { ...stoppedRun, id });
  await writeFile(join(folder, 'recipes', 'mine.json'), id);
  return folder;
}

const listed = async (): Promise<string[]> => (await listRuns(root)).runs.map(({ id }) => id);

it('takes a run out of the list, and brings it back whole', async () => {
  const folder = await make('one');
  await make('two');
  const removed = await removeRun({ run: 'one' }, day(0));
  expect(removed).toEqual({
    ...{ entry: '20260101-000000000-one', id: 'one', from: folder },
    ...{ removedAt: day(0).toISOString(), keptUntil: day(30).toISOString() },
  });
  expect([await listed(), existsSync(folder)]).toEqual([['two'], false]);
  expect(await listRemoved()).toEqual([removed]);
  expect(await restoreRun(removed)).toEqual({ id: 'one', folder });
  expect((await listed()).sort()).toEqual(['one', 'two']);
  expect(await readFile(join(folder, 'recipes', 'mine.json'), 'utf8')).toBe('one');
  expect([await listRemoved(), await readdir(join(root, '.trash'))]).toEqual([[], []]);
  await expect(restoreRun(removed)).rejects.toMatchObject({ code: 'not-found' });
});

it('a cell of a sweep goes into the trash of the runs folder, and comes back into its sweep', async () => {
  const folder = await make('sweep/seed0-plain');
  await writeFile(join(root, 'sweep', 'sweep.json'), '{}');
  const removed = await removeRun({ run: 'sweep/seed0-plain' }, day(0));
  expect([removed.id, removed.entry]).toEqual(['sweep/seed0-plain', '20260101-000000000-sweep-seed0-plain']);
  expect([await listed(), await listRemoved()]).toEqual([[], [removed]]);
  expect(await restoreRun(removed)).toEqual({ id: 'sweep/seed0-plain', folder });
  expect(await listed()).toEqual(['sweep/seed0-plain']);
  const again = await removeRun({ run: 'sweep/seed0-plain' }, day(1));
  await rm(join(root, 'sweep'), { recursive: true });
  await expect(restoreRun(again)).rejects.toThrow('was a cell of a sweep');
});

it('refuses a run that is being trained', async () => {
  const folder = await make('one');
  const lock = await lockRun(folder);
  await expect(removeRun({ run: 'one' })).rejects.toMatchObject({ code: 'busy' });
  expect(existsSync(runPaths(folder).run)).toBe(true);
  await lock.release();
});

it('keeps runs of one name apart, and overwrites nothing when one comes back', async () => {
  await make('one');
  const first = await removeRun({ run: 'one' }, day(0));
  const folder = await make('one');
  await expect(restoreRun(first)).rejects.toMatchObject({ code: 'wrong-usage' });
  const second = await removeRun({ run: 'one' }, day(1));
  expect((await listRemoved()).map(({ entry }) => entry)).toEqual([second.entry, first.entry]);
  expect(await restoreRun(second)).toEqual({ id: 'one', folder });
});

it('deletes for good what has lain there for thirty days, when another is removed', async () => {
  for (const id of ['one', 'two', 'three']) await make(id);
  await removeRun({ run: 'one' }, day(0));
  await removeRun({ run: 'two' }, day(29));
  expect((await listRemoved()).map(({ id }) => id)).toEqual(['two', 'one']);
  await removeRun({ run: 'three' }, day(30));
  expect((await listRemoved()).map(({ id }) => id)).toEqual(['three', 'two']);
});

it('is emptied of runs, and leaves alone what is none', async () => {
  await make('one');
  await removeRun({ run: 'one' });
  await mkdir(join(root, '.trash', 'something else'));
  expect(await emptyTrash()).toEqual({ count: 1 });
  expect(await readdir(join(root, '.trash'))).toEqual(['something else']);
  expect(await emptyTrash()).toEqual({ count: 0 });
});
