import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { getPriority, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { LockFile } from '../../../src/contract/runFiles.ts';
import { identityOfFolder } from '../../../src/engine/files/lockFile.ts';
import { startOfProcess, thisPlace } from '../../../src/engine/files/processIdentity.ts';
import { ChildRuns } from '../../../src/engine/studio/childRuns.ts';
import type { ChildRunsSettings } from '../../../src/engine/studio/childRuns.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'childRuns-'));
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true, force: true });
});

/** Children that are this text instead of the program; what comes after it are their arguments. */
function childrenOf(text: string, settings: Partial<ChildRunsSettings> = {}): ChildRuns {
  return new ChildRuns({
    commandLine: { program: process.execPath, before: ['-e', text] },
    logOf: (of) => join(of, 'child.log'),
    busy: () => 'busy',
    elsewhere: (_of, owner) => owner,
    idle: () => 'idle',
    priority: 'own',
    ...settings,
  });
}

/** A child that is there until it is told to end. */
const patient = `process.on('SIGTERM', () => process.exit(130)); setInterval(() => undefined, 1000);
  require('node:fs').writeFileSync(process.argv[1], String(process.pid));`;

async function ready(): Promise<number> {
  const file = join(folder, 'ready');
  await vi.waitUntil(() => existsSync(file) && readFileSync(file, 'utf8') !== '', { timeout: 20_000 });
  return Number(readFileSync(file, 'utf8'));
}

it('gives a child its arguments and our surroundings without the token, and keeps all that it says', async () => {
  vi.stubEnv('EXTRAPOLATION_TOKEN', 'secret');
  vi.stubEnv('ANOTHER', 'shown');
  vi.stubEnv('NOT_FOR_CHILDREN', 'hidden');
  const asked = "['EXTRAPOLATION_TOKEN', 'ANOTHER', 'NOT_FOR_CHILDREN', 'THREADS']";
  const children = childrenOf(
    `console.log(JSON.stringify([process.argv.slice(1), ${asked}.map((name) => process.env[name] ?? null)]))`,
    { environment: { THREADS: '1', NOT_FOR_CHILDREN: undefined } },
  );
  await children.begin(folder, ['train', '--resume']);
  await children.ended(folder);
  expect(JSON.parse(readFileSync(join(folder, 'child.log'), 'utf8'))).toEqual([
    ['train', '--resume'],
    [null, 'shown', null, '1'],
  ]);
  expect([children.isStarted(folder), children.failureOf(folder)]).toEqual([false, undefined]);
});

it('tells how a child failed and the last line it wrote, until the next begins', async () => {
  const children = childrenOf(
    "process.stderr.write('first\\nThe disk is full.\\n\\n'); process.exit(Number(process.argv[1]))",
  );
  expect(await children.lastWords(folder)).toBeUndefined();
  await children.begin(folder, ['3']);
  await children.ended(folder);
  expect([children.failureOf(folder), await children.lastWords(folder)]).toEqual([
    'code 3',
    'The disk is full.',
  ]);
  await children.begin(folder, ['0']);
  expect(children.failureOf(folder)).toBeUndefined();
  await children.ended(folder);
});

it('keeps what earlier children said where it is asked to, and their last words apart', async () => {
  const children = childrenOf("if (process.argv[1] !== 'quiet') console.log(process.argv[1])", {
    keepsLog: true,
  });
  for (const word of ['first', 'second', 'quiet']) {
    await children.begin(folder, [word]);
    await children.ended(folder);
    expect(await children.lastWords(folder)).toBe(word === 'quiet' ? undefined : word);
  }
  const said = readFileSync(join(folder, 'child.log'), 'utf8').replaceAll(/== \S+Z/g, '== then');
  expect(said.split('\n')).toEqual([
    '== then first',
    'first',
    '== then second',
    'second',
    '== then quiet',
    '',
  ]);
  writeFileSync(join(folder, 'child.log'), 'x'.repeat(8 * 2 ** 20 + 1));
  await children.begin(folder, ['third']);
  await children.ended(folder);
  expect(readFileSync(join(folder, 'child.log'), 'utf8').length).toBeLessThan(100);
});

it('tells of a program that is not there', async () => {
  const children = childrenOf('', { commandLine: { program: join(folder, 'none'), before: [] } });
  await children.begin(folder, []);
  await children.ended(folder);
  await vi.waitUntil(() => !children.isStarted(folder));
  expect(children.failureOf(folder)).toMatch(/ENOENT/);
});

it('lets one child work in a folder, and ends it by asking; that it was asked is no failure', async () => {
  const children = childrenOf(patient, { priority: 'low' });
  await expect(children.pause(folder)).rejects.toMatchObject({ code: 'wrong-usage', message: 'idle' });
  const begun = await Promise.allSettled([1, 2].map(() => children.begin(folder, [join(folder, 'ready')])));
  expect(begun.map(({ status }) => status)).toEqual(['fulfilled', 'rejected']);
  const pid = await ready();
  expect([children.isStarted(folder), children.isPausing(folder)]).toEqual([true, false]);
  expect(getPriority(pid)).toBeGreaterThan(getPriority());
  const ended = children.ended(folder);
  await children.pauseAll();
  expect(children.isPausing(folder)).toBe(true);
  await ended;
  expect([children.isStarted(folder), children.isPausing(folder), children.failureOf(folder)]).toEqual([
    ...[false, false, undefined],
  ]);
});

it('ends a child at once, and says by which signal it ended', async () => {
  const children = childrenOf(patient);
  await children.begin(folder, [join(folder, 'ready')]);
  await ready();
  const ended = children.ended(folder);
  await children.stop(folder);
  await ended;
  expect(children.failureOf(folder)).toBe('SIGKILL');
});

/** Leaves a lock as a child with this number would. */
async function leaveLock(pid: number, changes: Partial<LockFile> = {}, at = folder): Promise<void> {
  const [{ host, boot }, start] = await Promise.all([thisPlace(), startOfProcess(pid)]);
  const lock: LockFile = {
    ...{ pid, host, startedAt: new Date().toISOString(), nonce: 'its own', boot },
    processStart: start.state === 'alive' ? start.startedAt : undefined,
    folder: await identityOfFolder(at),
    ...changes,
  };
  writeFileSync(join(at, 'run.lock'), JSON.stringify(lock));
}

it('signals the process of a lock only if it is that very one', async () => {
  const earlier = childrenOf(patient);
  await earlier.begin(folder, [join(folder, 'ready')]);
  const pid = await ready();
  const kill = vi.spyOn(process, 'kill').mockImplementation(() => true);
  const children = childrenOf('');
  // A copy of the folder, with the lock that was copied along: nobody works in it.
  const copy = mkdtempSync(join(tmpdir(), 'childRuns-copy-'));
  await leaveLock(pid, { folder: await identityOfFolder(folder) }, copy);
  await expect(children.pause(copy)).rejects.toMatchObject({ code: 'wrong-usage', message: 'idle' });
  await expect(children.stop(copy)).rejects.toMatchObject({ code: 'wrong-usage', message: 'idle' });
  rmSync(copy, { recursive: true });
  // Another process of the number; no process at all; the whole group, and everything of this account.
  await leaveLock(pid, { processStart: '1' });
  await expect(children.pause(folder)).rejects.toMatchObject({ message: 'idle' });
  for (const none of [0, -1, -pid]) {
    await leaveLock(pid, { pid: none });
    await expect(children.pause(folder)).rejects.toMatchObject({ message: 'idle' });
  }
  // One that may be it, or not: a lock of an earlier version, and the system's first process.
  await leaveLock(pid, { processStart: undefined, boot: undefined, folder: undefined });
  await expect(children.pause(folder)).rejects.toMatchObject({ code: 'busy' });
  const first = await startOfProcess(1);
  await leaveLock(1, { processStart: first.state === 'alive' ? first.startedAt : undefined });
  await expect(children.pause(folder)).rejects.toMatchObject({ code: 'busy' });
  expect(kill.mock.calls.filter(([, name]) => name !== 0)).toEqual([]);
  kill.mockRestore();
  await earlier.stop(folder).catch(() => process.kill(pid, 'SIGKILL'));
  await earlier.ended(folder);
});

it('finds a child of an earlier process by the lock, and leaves one of another machine alone', async () => {
  const earlier = childrenOf(patient);
  await earlier.begin(folder, [join(folder, 'ready')]);
  const pid = await ready();
  const children = childrenOf('');
  await leaveLock(pid, { host: 'elsewhere' });
  await expect(children.begin(folder, [])).rejects.toMatchObject({ code: 'busy', message: 'busy' });
  await expect(children.pause(folder)).rejects.toMatchObject({
    ...{ code: 'busy', message: `process ${pid} on elsewhere` },
  });
  await leaveLock(pid);
  const ended = earlier.ended(folder);
  await children.pause(folder);
  await ended;
  expect(children.isPausing(folder)).toBe(true);
  children.settle(folder);
  expect(children.isPausing(folder)).toBe(false);
});
