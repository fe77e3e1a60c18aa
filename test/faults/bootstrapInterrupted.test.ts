import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import {
  environment,
  makeClone,
  makeIndex,
  makeTemporaryFolder,
  namesIn,
  start,
  type Index,
  type Outcome,
} from './bootstrap/clone.ts';

let top = '';
let index: Index;
let folder = '';
let root = '';
let cache = '';
let number = 0;

beforeAll(() => {
  top = makeTemporaryFolder();
  index = makeIndex(top);
});
afterAll(() => {
  rmSync(top, { recursive: true, force: true, maxRetries: 10 });
});
beforeEach(() => {
  number += 1;
  folder = join(top, `case-${number}`);
  root = join(folder, 'clone');
  cache = join(folder, 'cache');
  mkdirSync(folder);
  makeClone(root, { cpu: index.cpu, gpu: index.gpu });
});

const env = (more: NodeJS.ProcessEnv = {}): NodeJS.ProcessEnv => environment(cache, index.folder, more);

function expectWorking(outcome: Outcome): void {
  expect(outcome, outcome.stderr).toMatchObject({ code: 0, signal: null });
  expect(outcome.stdout).toContain('"answer":42');
  for (const place of ['staging', 'wheels', 'locks']) expect(namesIn(join(cache, place)), place).toEqual([]);
}

describe('killed with SIGKILL', () => {
  test.each([
    ['while packages are installed', 'npm ci', 100],
    ['while the wheel is fetched', 'Fetching', 200],
    ['as unpacking begins', 'Unpacking', 60],
    ['in the middle of unpacking', 'Unpacking', 140],
    ['while the binding is compiled', 'Compiling', 60],
    ['while building', 'Building', 20],
  ])('%s, the next start goes on cleanly', async (_, words, delay) => {
    const killed = start(root, [], env());
    await killed.said(words);
    await wait(delay);
    killed.kill('SIGKILL');
    expect((await killed.ended).stderr).toContain(words);
    expectWorking(await start(root, [], env()).ended);
  });

  test('a half-downloaded wheel is thrown away, a whole one is used again', async () => {
    const [wheel] = index.cpu.wheels;
    const bytes = readFileSync(join(index.folder, wheel!.file));
    const kept = join(cache, 'wheels', wheel!.file);
    mkdirSync(join(cache, 'wheels'), { recursive: true });
    writeFileSync(kept, bytes.subarray(0, bytes.length / 2));
    const first = await start(root, [], env()).ended;
    expectWorking(first);
    expect(first.stderr).toContain('Fetching');

    rmSync(join(cache, 'runtimes'), { recursive: true });
    writeFileSync(kept, bytes);
    const second = await start(root, [], env({ PIP_FIND_LINKS: folder })).ended;
    expectWorking(second);
    expect(second.stderr).not.toContain('Fetching');
  });
});

describe('two at once', () => {
  test('two clones: the runtime is fetched once and both work', async () => {
    const other = join(folder, 'other');
    makeClone(other, { cpu: index.cpu, gpu: index.gpu });
    const both = [start(root, [], env()), start(other, [], env())];
    const outcomes = await Promise.all(both.map((started) => started.ended));
    for (const outcome of outcomes) expectWorking(outcome);
    expect(outcomes.filter((outcome) => outcome.stderr.includes('Fetching'))).toHaveLength(1);
    expect(outcomes.filter((outcome) => outcome.stderr.includes('Compiling'))).toHaveLength(1);
  });

  test('two starts of one clone: one works, the other waits for it', async () => {
    const both = [start(root, [], env()), start(root, [], env())];
    const outcomes = await Promise.all(both.map((started) => started.ended));
    for (const outcome of outcomes) expectWorking(outcome);
    expect(outcomes.filter((outcome) => outcome.stderr.includes('npm ci'))).toHaveLength(1);
  });

  test('the lock of a dead process is taken over, by one of several', async () => {
    const dead = Number(execFileSync(process.execPath, ['-p', 'process.pid'], { encoding: 'utf8' }));
    mkdirSync(join(cache, 'locks'), { recursive: true });
    const host = execFileSync(process.execPath, ['-p', 'os.hostname()'], { encoding: 'utf8' }).trim();
    writeFileSync(join(cache, 'locks/fake-cpu.lock'), JSON.stringify({ pid: dead, host, token: 'x' }));
    const other = join(folder, 'other');
    makeClone(other, { cpu: index.cpu, gpu: index.gpu });
    const both = [start(root, [], env()), start(other, [], env())];
    const outcomes = await Promise.all(both.map((started) => started.ended));
    for (const outcome of outcomes) expectWorking(outcome);
    expect(outcomes.filter((outcome) => outcome.stderr.includes('Fetching'))).toHaveLength(1);
  });
});

describe('interrupted by the person', () => {
  test('getting ready stops with 130 and one sentence, and the next start goes on', async () => {
    const stopped = start(root, [], env());
    await stopped.said('Unpacking');
    stopped.kill('SIGINT');
    const outcome = await stopped.ended;
    expect(outcome.code).toBe(130);
    expect(outcome.stderr.trimEnd().split('\n').at(-1)).toBe('Stopped: the next start continues from here.');
    expect(namesIn(join(cache, 'locks'))).toEqual([]);
    expectWorking(await start(root, [], env()).ended);
  });

  test('the exit code is that of the command line', async () => {
    expectWorking(await start(root, [], env()).ended);
    for (const code of [0, 1, 2, 130]) {
      expect((await start(root, ['exit', String(code)], env()).ended).code).toBe(code);
    }
  });

  test('Ctrl-C reaches the command line once, with npm and without', async () => {
    expectWorking(await start(root, [], env()).ended);
    const press = join(import.meta.dirname, 'bootstrap/pressCtrlC.py');
    // Where the shell is bash it becomes the program, so that npm's own signal arrives there as well; dash keeps it to itself.
    const npm = (shell: string): string[] => [
      'npm',
      `--script-shell=${shell}`,
      'start',
      '--silent',
      '--',
      'wait',
    ];
    const direct = [process.execPath, 'scripts/extrapolate.mjs', 'wait'];
    for (const command of [direct, npm('sh'), npm('bash')]) {
      const written = execFileSync('python3', [press, ...command], {
        cwd: root,
        env: env(),
        encoding: 'utf8',
      });
      expect(written).toContain('interrupt 1');
      expect(written).not.toContain('interrupt 2');
      expect(written).toContain('exit code 130');
    }
  });
});
