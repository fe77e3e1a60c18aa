import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdir, readFile, readdir, stat, utimes, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { runPaths } from '../../../src/engine/runs/runFolder.ts';
import { isLocked, lockRun } from '../../../src/engine/runs/runLock.ts';
import { temporaryFolder } from '../../setup/tinyTraining.ts';

let place: Awaited<ReturnType<typeof temporaryFolder>>;
beforeEach(async () => {
  place = await temporaryFolder();
});
afterEach(() => place.remove());

async function leaveLock(owner: { pid: number; host: string }, ageSeconds = 5): Promise<void> {
  const { lock } = runPaths(place.folder);
  await writeFile(lock, JSON.stringify({ ...owner, startedAt: '2026-01-01T00:00:00.000Z' }));
  const time = new Date(Date.now() - ageSeconds * 1000);
  await utimes(lock, time, time);
}

it('lets one process write a run at a time', async () => {
  const lock = await lockRun(place.folder);
  await expect(lockRun(place.folder)).rejects.toMatchObject({ code: 'busy' });
  expect(await isLocked(place.folder)).toBe(true);
  await lock.release();
  expect(await isLocked(place.folder)).toBe(false);
  await (await lockRun(place.folder)).release();
});

it('takes over from a process that is gone', async () => {
  const { pid } = spawnSync(process.execPath, ['-e', '']);
  await leaveLock({ pid, host: hostname() });
  expect(await isLocked(place.folder)).toBe(false);
  await (await lockRun(place.folder)).release();
});

it('respects another machine’s lock while it is fresh, and takes it over once it shows no life', async () => {
  await leaveLock({ pid: 1, host: 'another-machine' });
  await expect(lockRun(place.folder)).rejects.toThrow('on another-machine');
  await leaveLock({ pid: 1, host: 'another-machine' }, 300);
  await (await lockRun(place.folder)).release();
});

it('gives the run to one of many that take over at once', async () => {
  const { pid } = spawnSync(process.execPath, ['-e', '']);
  for (let round = 0; round < 40; round++) {
    await leaveLock({ pid, host: hostname() });
    const tries = await Promise.allSettled(Array.from({ length: 8 }, () => lockRun(place.folder)));
    expect(
      tries.filter(({ status }) => status === 'fulfilled'),
      `round ${round}`,
    ).toHaveLength(1);
    const reasons = tries.flatMap((each) => (each.status === 'rejected' ? [String(each.reason)] : []));
    expect(reasons.every((reason) => reason.includes('is being trained by process'))).toBe(true);
    expect(await readdir(place.folder)).toEqual(['run.lock']);
  }
});

it('is not kept out by one that was killed while it took over', async () => {
  const { pid } = spawnSync(process.execPath, ['-e', '']);
  await leaveLock({ pid, host: hostname() });
  const { lock } = runPaths(place.folder);
  const { mtimeMs } = await stat(lock);
  const identity = `${mtimeMs} ${await readFile(lock, 'utf8')}`;
  const claim = `${lock}.${createHash('sha256').update(identity).digest('hex').slice(0, 16)}`;
  await mkdir(claim);
  const longAgo = new Date(Date.now() - 60_000);
  await utimes(claim, longAgo, longAgo);
  await (await lockRun(place.folder)).release();
  expect(await readdir(place.folder)).toEqual([]);
});
