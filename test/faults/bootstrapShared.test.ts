import { execFileSync } from 'node:child_process';
import { chmodSync, chownSync, existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import {
  environment,
  makeClone,
  makeIndex,
  makeTemporaryFolder,
  start,
  type Index,
  type Outcome,
} from './bootstrap/clone.ts';

/** Root may write everywhere: then another account starts the clone; else this one does, which may not write it any more. */
const isRoot = process.getuid?.() === 0;
const account = isRoot ? { uid: 65_534, gid: 65_534 } : {};
const repository = join(import.meta.dirname, '../..');

function whyNot(): string | undefined {
  if (process.platform === 'win32') return 'folders cannot be closed here as elsewhere';
  try {
    execFileSync(process.execPath, ['-e', 'require("fs").readdirSync("node_modules")'], {
      ...account,
      cwd: repository,
      stdio: 'ignore',
    });
    return undefined;
  } catch {
    return 'another account may not read this repository';
  }
}

let top = '';
let index: Index;
let root = '';

beforeAll(() => {
  top = makeTemporaryFolder();
  index = makeIndex(top);
  root = join(top, 'clone');
  makeClone(root, { cpu: index.cpu, gpu: index.gpu });
});
afterAll(() => {
  setWritable(true);
  rmSync(top, { recursive: true, force: true, maxRetries: 10 });
});

function setWritable(isWritable: boolean): void {
  if (isRoot) return;
  const each = (folder: string): void => {
    chmodSync(folder, isWritable ? 0o755 : 0o555);
    for (const entry of readdirSync(folder, { withFileTypes: true }))
      if (entry.isDirectory()) each(join(folder, entry.name));
  };
  each(root);
}

function cacheOf(name: string): string {
  const cache = join(top, name);
  mkdirSync(cache, { recursive: true });
  if (isRoot && name !== 'first') chownSync(cache, account.uid!, account.gid!);
  return cache;
}

const saidSchema = z.object({ answer: z.number() });
const run = (cache: string, who = {}): Promise<Outcome> =>
  start(root, ['a'], environment(cacheOf(cache), index.folder, { HOME: cacheOf(cache) }), undefined, who)
    .ended;

function expectWorking(outcome: Outcome): void {
  expect(outcome, outcome.stderr).toMatchObject({ code: 0 });
  expect(saidSchema.parse(JSON.parse(outcome.stdout.split('\n')[0]!)).answer).toBe(42);
}

const reason = whyNot();

test.skipIf(reason !== undefined)(
  `a clone that cannot be written is got ready in the account’s own cache${reason === undefined ? '' : ` (skipped: ${reason})`}`,
  async () => {
    expectWorking(await run('first'));
    // What the owner has in a home of their own is nobody else's to use.
    chmodSync(join(top, 'first'), 0o000);
    setWritable(false);
    const second = await run('second', account);
    expectWorking(second);
    expect(second.stderr).toContain('Compiling');
    expect(second.stderr).not.toContain('Building');
    expect(readdirSync(join(top, 'second', 'bindings')).some((name) => name.endsWith('.node'))).toBe(true);
    const again = await run('second', account);
    expectWorking(again);
    expect(again.stderr).toBe('');

    // A source changes: the clone's owner builds there, others in their own cache.
    setWritable(true);
    const source = join(root, 'src', 'new.cjs');
    writeFileSync(source, '// new');
    setWritable(false);
    const built = await run('second', account);
    expectWorking(built);
    expect(built.stderr).toContain('Building');
    const [copy] = readdirSync(join(top, 'second', 'clones'));
    expect(existsSync(join(top, 'second', 'clones', copy!, 'out', 'main', 'cli.js'))).toBe(true);
    const silent = await run('second', account);
    expectWorking(silent);
    expect(silent.stderr).toBe('');

    // The owner's own start goes on as before.
    chmodSync(join(top, 'first'), 0o755);
    setWritable(true);
    const owner = await run('first');
    expectWorking(owner);
    expect(owner.stderr).not.toContain('Compiling');
  },
);
