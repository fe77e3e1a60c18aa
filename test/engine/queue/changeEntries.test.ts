import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { holdEntry, moveEntry, removeEntries, retryEntry } from '../../../src/engine/queue/changeEntries.ts';
import { addToQueue } from '../../../src/engine/queue/queueEntries.ts';
import { changeQueue, queuePath, readQueue } from '../../../src/engine/queue/queueFile.ts';
import { queueEntry } from '../../setup/queueEntry.ts';
import { ownRunsFolder } from '../../setup/ownRunsFolder.ts';

const place = ownRunsFolder();

async function queueOf(...entries: ReturnType<typeof queueEntry>[]): Promise<void> {
  await changeQueue((queue) => ({ ...queue, entries }));
}

async function order(): Promise<string[]> {
  return (await readQueue()).entries.map(({ id }) => id);
}

it('is empty where nothing was ever put into it', async () => {
  expect(await readQueue()).toMatchObject({ isPaused: false, entries: [] });
});

it('moves before another run, and to the end', async () => {
  await queueOf(queueEntry('a'), queueEntry('b'), queueEntry('c'));
  await moveEntry('c', 'a');
  expect(await order()).toEqual(['c', 'a', 'b']);
  await moveEntry('c', null);
  expect(await order()).toEqual(['a', 'b', 'c']);
  await expect(moveEntry('gone', 'a')).rejects.toMatchObject({ code: 'not-found' });
});

it('of changes made at the same time none is lost', async () => {
  const ids = Array.from({ length: 12 }, (_, index) => `run-${index}`);
  await Promise.all(ids.map((id) => addToQueue([queueEntry(id)])));
  const { entries } = await readQueue();
  expect(entries.map(({ title }) => title).sort()).toEqual([...ids].sort());
});

it('a run has one entry: put in again it keeps its place and has all its tries', async () => {
  await queueOf(queueEntry('a', { state: 'failed', tries: 3, error: 'Training diverged.' }), queueEntry('b'));
  await addToQueue([queueEntry('a', { steps: 250 })]);
  const { entries } = await readQueue();
  expect(entries.map(({ title, state, tries, steps, error }) => [title, state, tries, steps, error])).toEqual(
    [
      ['a', 'waiting', 0, 250, null],
      ['b', 'waiting', 0, 100, null],
    ],
  );
});

it('holds, releases and tries again; what is trained is not held', async () => {
  await queueOf(
    queueEntry('a'),
    queueEntry('b', { state: 'running' }),
    queueEntry('c', { state: 'failed', tries: 3 }),
  );
  await holdEntry('a', true);
  await retryEntry('c');
  const { entries } = await readQueue();
  expect(entries.map(({ isHeld, state, tries }) => [isHeld, state, tries])).toEqual([
    [true, 'waiting', 0],
    [false, 'running', 0],
    [false, 'waiting', 0],
  ]);
  await expect(holdEntry('b', true)).rejects.toThrow('This run is being trained. Stop it instead');
  await expect(holdEntry('b', false)).rejects.toThrow('There is nothing to release.');
});

it.each([true, false])('what has failed keeps its reason: held %s is refused', async (isHeld) => {
  await queueOf(queueEntry('a', { state: 'failed', tries: 3, error: 'The disk is full.' }));
  await expect(holdEntry('a', isHeld)).rejects.toThrow('This run has failed, so it can be neither held');
  expect((await readQueue()).entries).toMatchObject([
    { state: 'failed', isHeld: false, error: 'The disk is full.' },
  ]);
});

it('what is taken out while nobody trains it leaves no trace', async () => {
  await queueOf(queueEntry('a', { state: 'running' }), queueEntry('b'));
  await removeEntries(['a']);
  expect(await order()).toEqual(['b']);
});

it('a queue that cannot be read says which file it is and what to do', async () => {
  await mkdir(join(place.folder, 'runs'), { recursive: true });
  await writeFile(queuePath(), '{"version":1,');
  await expect(readQueue()).rejects.toThrow(
    `${queuePath()} is not valid JSON. Delete it: the queue is then empty`,
  );
});
