import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { copyFile, mkdir, readFile, readdir, stat, utimes, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { lockFileSchema } from '../../../src/contract/runFiles.ts';
import { startInStat } from '../../../src/engine/files/processIdentity.ts';
import { runPaths } from '../../../src/engine/runs/runFolder.ts';
import { isLocked, lockOwner, lockRun } from '../../../src/engine/runs/runLock.ts';
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

describe('on this machine', () => {
  const hour = 3_600_000;

  it.each([
    ['was stopped, or slept, for an hour', -hour, 0],
    ['has its clock set an hour forward', 0, hour],
    ['has its clock set an hour back', 0, -hour],
  ])('a living trainer that %s is never taken for dead', async (_, age, jump) => {
    const held = await lockRun(place.folder);
    const { lock } = runPaths(place.folder);
    const time = new Date(Date.now() + age);
    await utimes(lock, time, time);
    const clock = (): number => Date.now() + jump;
    await expect(lockRun(place.folder, clock)).rejects.toMatchObject({ code: 'busy' });
    expect(await lockOwner(place.folder, clock())).toMatchObject({ pid: process.pid, isKnown: true });
    await held.release();
    expect(await readdir(place.folder)).toEqual([]);
  });

  it('another process with the number of a dead one is not the dead one, however young the lock', async () => {
    const held = await lockRun(place.folder);
    const { lock } = runPaths(place.folder);
    const own = JSON.parse(await readFile(lock, 'utf8')) as object;
    await writeFile(lock, JSON.stringify({ ...own, processStart: '1' }));
    expect(await isLocked(place.folder)).toBe(false);
    const next = await lockRun(place.folder);
    await expect(held.confirm()).rejects.toMatchObject({ code: 'busy' });
    await held.release();
    expect(await isLocked(place.folder)).toBe(true);
    await next.release();
  });

  it('a lock that was copied along with its folder locks nothing', async () => {
    const held = await lockRun(place.folder);
    const copy = await temporaryFolder();
    await copyFile(runPaths(place.folder).lock, runPaths(copy.folder).lock);
    expect([await isLocked(place.folder), await isLocked(copy.folder)]).toEqual([true, false]);
    await (await lockRun(copy.folder)).release();
    await held.confirm();
    await held.release();
    await copy.remove();
  });

  it('a folder that is mounted a second time, as another device with the same inode, is the same one', async () => {
    const held = await lockRun(place.folder);
    const { lock } = runPaths(place.folder);
    const written = lockFileSchema.parse(JSON.parse(await readFile(lock, 'utf8')));
    await writeFile(lock, JSON.stringify({ ...written, folder: `999999:${written.folder?.split(':')[1]}` }));
    expect(await isLocked(place.folder)).toBe(true);
    await expect(lockRun(place.folder)).rejects.toMatchObject({ code: 'busy' });
    await held.release();
  });

  it.each([0, -1, -process.pid])('%i is no process', async (pid) => {
    await leaveLock({ pid, host: hostname() });
    expect(await isLocked(place.folder)).toBe(false);
  });

  it('a process that has ended and is not cleared away yet is gone', () => {
    // /proc/PID/stat of a node process, cut off after field 22; the name may hold anything.
    const stat = (state: string): string =>
      `7 (a ) b) ${state} 1 7 7 0 -1 4 1 2 3 4 5 6 7 8 20 0 11 0 98765 1 2`;
    expect(startInStat(stat('S'))).toEqual({ state: 'alive', startedAt: '98765' });
    expect(startInStat(stat('Z'))).toEqual({ state: 'gone' });
    expect(startInStat('7 (cut')).toBeUndefined();
  });
});

it('is renewed by itself, while its holder is at something else, and only while it is the holder’s', async () => {
  const held = await lockRun(place.folder);
  const { lock } = runPaths(place.folder);
  const longAgo = new Date('2026-01-01');
  await utimes(lock, longAgo, longAgo);
  await vi.waitUntil(async () => (await stat(lock)).mtimeMs > longAgo.getTime(), { timeout: 30_000 });
  const other = JSON.stringify({ pid: 2, host: 'other', startedAt: '2026-01-01T00:00:00.000Z', nonce: 'x' });
  await writeFile(lock, other);
  await utimes(lock, longAgo, longAgo);
  await wait(2500);
  expect((await stat(lock)).mtimeMs).toBe(longAgo.getTime());
  await expect(held.confirm()).rejects.toThrow('was taken over by another process');
  await held.release();
  expect(await readFile(lock, 'utf8')).toBe(other);
});

it('is lost with its folder, and is not made again', async () => {
  const held = await lockRun(place.folder);
  await place.remove();
  await expect(held.confirm()).rejects.toMatchObject({ code: 'not-found' });
  await held.release();
  expect(existsSync(place.folder)).toBe(false);
});

it('respects another machine’s lock while it is fresh, and takes it over once it shows no life', async () => {
  await leaveLock({ pid: 1, host: 'another-machine' });
  await expect(lockRun(place.folder)).rejects.toThrow('on another-machine');
  await leaveLock({ pid: 1, host: 'another-machine' }, 300);
  await (await lockRun(place.folder)).release();
}, 30_000);

it('another machine whose clock is minutes off keeps its lock, as it renews it', async () => {
  await leaveLock({ pid: 1, host: 'another-machine' }, 300);
  const { lock } = runPaths(place.folder);
  let late = 299;
  const renewing = setInterval(() => {
    const time = new Date(Date.now() - 1000 * (late -= 1));
    void utimes(lock, time, time);
  }, 1000);
  await expect(lockRun(place.folder)).rejects.toThrow(
    'on another machine, whose clock and this one’s are minutes apart',
  );
  clearInterval(renewing);
}, 30_000);

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
