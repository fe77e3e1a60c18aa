import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import {
  environment,
  makeClone,
  makeIndex,
  makeTemporaryFolder,
  namesIn,
  pathWithProgram,
  pathWithout,
  start,
  writePins,
  type Index,
  type Outcome,
} from './bootstrap/clone.ts';

const recordSchema = z.strictObject({
  format: z.literal(1),
  source: z.enum(['wheel', 'package']),
  version: z.string(),
  variant: z.enum(['cpu', 'gpu']),
  folder: z.string(),
  reason: z.string(),
  wanted: z.enum(['cpu', 'gpu']),
  key: z.string(),
  sha256: z.string(),
});
const saidSchema = z.object({ answer: z.number(), args: z.array(z.string()), gpu: z.string() });

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

const run = (args: readonly string[] = ['a'], more: NodeJS.ProcessEnv = {}): Promise<Outcome> =>
  start(root, args, environment(cache, index.folder, more)).ended;
const said = (outcome: Outcome): z.infer<typeof saidSchema> =>
  saidSchema.parse(JSON.parse(outcome.stdout.split('\n')[0]!));
const record = (): z.infer<typeof recordSchema> =>
  recordSchema.parse(
    JSON.parse(
      readFileSync(join(root, 'node_modules/@tensorflow/tfjs-node-gpu/lib/napi-v8/runtime.json'), 'utf8'),
    ),
  );

/** Neither network, nor programs: what a start needs once all is there. */
function bare(): NodeJS.ProcessEnv {
  const node = join(folder, 'only-node');
  mkdirSync(node, { recursive: true });
  return { PATH: node, PIP_NO_INDEX: '0', PIP_INDEX_URL: 'http://127.0.0.1:9/simple' };
}

function expectWorking(outcome: Outcome, answer = 42): void {
  expect(outcome, outcome.stderr).toMatchObject({ code: 0, signal: null });
  expect(said(outcome).answer).toBe(answer);
  expect(namesIn(join(cache, 'staging'))).toEqual([]);
  expect(namesIn(join(cache, 'wheels'))).toEqual([]);
  expect(namesIn(join(cache, 'locks'))).toEqual([]);
}

/** The last line is the one sentence; no stack, whoever wrote it. */
function expectSentence(outcome: Outcome, ...parts: readonly RegExp[]): void {
  expect(outcome.code, outcome.stderr).toBe(1);
  expect(outcome.stdout).toBe('');
  const lines = outcome.stderr.trimEnd().split('\n');
  for (const part of parts) expect(lines.at(-1)).toMatch(part);
  expect(lines.at(-1)).toMatch(/\.$/);
  expect(outcome.stderr).not.toMatch(/^\s+at |Traceback|node:internal/m);
  for (const line of lines.slice(0, -1)) expect(line).toMatch(/ …$|^ {2}/);
}

describe('a fresh clone', () => {
  test('gets ready with one start; the next does no work, says nothing, and needs neither network nor programs', async () => {
    const first = await run(['a', '--json']);
    expectWorking(first);
    expect(said(first).args).toEqual(['a', '--json']);
    expect(first.stdout.split('\n')).toHaveLength(2);
    for (const words of [
      'npm ci',
      'Fetching tensorflow-cpu 9.9.9',
      'Unpacking',
      'Compiling',
      'Building',
      'done in',
    ]) {
      expect(first.stderr).toContain(words);
    }
    const runtime = join(cache, 'runtimes/fake-cpu');
    expect(record()).toMatchObject({
      source: 'wheel',
      version: '9.9.9',
      variant: 'cpu',
      folder: runtime,
      wanted: 'cpu',
    });
    expect(existsSync(join(runtime, 'tensorflow/python'))).toBe(false);

    const second = await run(['b'], bare());
    expectWorking(second);
    expect(second.stderr).toBe('');
  });

  test('a second clone shares the runtime and the binding', async () => {
    expectWorking(await run());
    root = join(folder, 'other');
    makeClone(root, { cpu: index.cpu, gpu: index.gpu });
    const outcome = await run();
    expectWorking(outcome);
    expect(outcome.stderr).not.toMatch(/Fetching|Compiling/);
  });

  test('changed sources are built again, touched ones are not', async () => {
    expectWorking(await run());
    const source = join(root, 'src/cli.cjs');
    const text = readFileSync(source, 'utf8');
    writeFileSync(source, text);
    expect((await run(['a'], bare())).stderr).toBe('');
    writeFileSync(source, text.replace('answer, args', 'answer: answer + 1, args'));
    const outcome = await run();
    expectWorking(outcome, 43);
    expect(outcome.stderr).toMatch(/^Building/);
  });

  test('what TensorFlow says while it is loaded is not heard; errors, and what it says later, are', async () => {
    expectWorking(await run());
    expect((await run(['a'], bare())).stderr).toBe('');
    const trouble = await run(['a'], { ...bare(), FAKE_TROUBLE: '1' });
    expectWorking(trouble);
    expect(trouble.stderr).toBe('E loading\nI at work\n');
    const curious = await run(['a'], { ...bare(), TF_CPP_MIN_LOG_LEVEL: '0' });
    expectWorking(curious);
    expect(curious.stderr).toBe('I loading\nW loading\n');
  });

  test.each(['quietLoading.cc', 'functions.cc'])(
    'a binding that was compiled with another %s is compiled again',
    async (name) => {
      expectWorking(await run());
      const compiled = record().sha256;
      const source = join(root, 'scripts/bootstrap', name);
      writeFileSync(source, `${readFileSync(source, 'utf8')}extern "C" int more() { return 1; }\n`);
      const outcome = await run();
      expectWorking(outcome);
      expect(outcome.stderr).toContain('Compiling');
      expect(outcome.stderr).not.toContain('Fetching');
      expect(record().sha256).not.toBe(compiled);
      expect((await run(['a'], bare())).stderr).toBe('');
    },
  );

  test('what is lost is restored: the cache, the binding, the packages', async () => {
    expectWorking(await run());
    rmSync(join(cache, 'runtimes'), { recursive: true });
    expectWorking(await run());
    truncateSync(join(root, 'node_modules/@tensorflow/tfjs-node-gpu/lib/napi-v8/tfjs_binding.node'), 100);
    const outcome = await run();
    expectWorking(outcome);
    expect(outcome.stderr).not.toMatch(/Compiling|Fetching/);
    rmSync(join(root, 'node_modules'), { recursive: true });
    expectWorking(await run());
  });
});

describe('what this machine lacks is told in one sentence', () => {
  test('no python3', async () => {
    expectSentence(
      await run(['a'], { PATH: pathWithout(folder, ['python3']) }),
      /no python3 on the PATH/,
      /install it/,
    );
  });

  test('a python3 without pip', async () => {
    const script =
      '#!/bin/sh\n[ "$2" = pip ] && { echo "No module named pip" >&2; exit 1; }\nexec REAL "$@"\n';
    const real = execFileSync('sh', ['-c', 'command -v python3'], { encoding: 'utf8' }).trim();
    const path = pathWithProgram(folder, 'python3', script.replace('REAL', real));
    expectSentence(await run(['a'], { PATH: path }), /pip is needed/, /python3-pip/);
  });

  test('no compiler; the runtime that was fetched stays', async () => {
    const path = pathWithout(folder, ['g++', 'c++', 'clang++']);
    expectSentence(await run(['a'], { PATH: path }), /C\+\+ compiler is needed/, /apt install g\+\+/);
    const outcome = await run();
    expectWorking(outcome);
    expect(outcome.stderr).not.toContain('Fetching');
  });

  test('a compiler that fails', async () => {
    const script =
      '#!/bin/sh\n[ "$1" = --version ] && { echo "g++ 4.0"; exit 0; }\necho "error: no such standard c++17" >&2\nexit 1\n';
    const path = pathWithProgram(folder, 'g++', script);
    expectSentence(await run(['a'], { PATH: path }), /g\+\+ 4\.0 could not compile/, /no such standard/);
  });

  test('no npm', async () => {
    expectSentence(await run(['a'], { PATH: pathWithout(folder, ['npm']) }), /npm is needed/);
  });

  test('packages that the network would have to give', async () => {
    const lock = join(root, 'package-lock.json');
    const far = '"packages":{"node_modules/far":{"version":"1.0.0","resolved":"http://127.0.0.1:9/far.tgz"},';
    writeFileSync(
      lock,
      readFileSync(lock, 'utf8')
        .replace('"packages":{', far)
        .replace('"dependencies":{', '"dependencies":{"far":"1.0.0",'),
    );
    const manifest = join(root, 'package.json');
    writeFileSync(
      manifest,
      readFileSync(manifest, 'utf8').replace('"dependencies":{', '"dependencies":{"far":"1.0.0",'),
    );
    const npm = { npm_config_fetch_retries: '0', npm_config_registry: 'http://127.0.0.1:9/' };
    expectSentence(await run(['a'], npm), /npm registry cannot be reached/, /start again/);
  });

  test('no network for the wheel', async () => {
    const pip = {
      PIP_NO_INDEX: '0',
      PIP_FIND_LINKS: folder,
      PIP_RETRIES: '1',
      PIP_INDEX_URL: 'http://127.0.0.1:9/simple',
    };
    expectSentence(await run(['a'], pip), /package index cannot be reached/, /start again/);
  });

  test('an index without the wheel', async () => {
    expectSentence(
      await run(['a'], { PIP_FIND_LINKS: folder }),
      /index has no tensorflow_cpu-9\.9\.9.* or did not answer/,
    );
  });

  test('another file than the one that was checked', async () => {
    const [wheel] = index.cpu.wheels;
    writePins(root, { cpu: { ...index.cpu, wheels: [{ ...wheel!, sha256: '0'.repeat(64) }] } });
    expectSentence(await run(), /SHA-256 differs/, /thrown away/);
    expect(namesIn(join(cache, 'wheels'))).toEqual([]);
    expect(namesIn(join(cache, 'runtimes'))).toEqual([]);
  });

  test('no space, said before anything is fetched', async () => {
    const [wheel] = index.cpu.wheels;
    writePins(root, { cpu: { ...index.cpu, wheels: [{ ...wheel!, unpackedBytes: 9e17 }] } });
    const outcome = await run();
    expectSentence(outcome, /needs 900000000\.\d GB in .*cache/, /free some space/);
    expect(outcome.stderr).not.toContain('Fetching');
  });

  test('a cache folder that is in the way, or that cannot be made', async () => {
    writeFileSync(cache, '');
    expectSentence(await run(), /not a folder/, /EXTRAPOLATION_CACHE/);
    cache = '/proc/nowhere';
    expectSentence(await run(), /\/proc\/nowhere/, /EXTRAPOLATION_CACHE/);
  });

  test('a word that EXTRAPOLATION_GPU does not know', async () => {
    expectSentence(await run(['a'], { EXTRAPOLATION_GPU: 'yes' }), /EXTRAPOLATION_GPU is "yes"/);
  });

  test('a platform without wheels: the sentence, or the binary of the package where it was installed', async () => {
    writePins(root, {});
    expectSentence(await run(), /no TensorFlow wheel for/, /npm rebuild/);
    makeClone(join(folder, 'donor'), { cpu: index.cpu });
    const donor = await start(join(folder, 'donor'), [], environment(join(folder, 'else'), index.folder))
      .ended;
    expect(donor.code).toBe(0);
    const tfjs = join(root, 'vendor/@tensorflow/tfjs-node-gpu');
    const official = join(folder, 'donor/vendor/@tensorflow/tfjs-node-gpu/lib/napi-v8/tfjs_binding.node');
    for (const place of ['lib/napi-v8', 'deps/lib']) mkdirSync(join(tfjs, place), { recursive: true });
    writeFileSync(join(tfjs, 'lib/napi-v8/tfjs_binding.node'), readFileSync(official));
    writeFileSync(join(tfjs, 'deps/lib/libtensorflow.so.2'), '');
    expectWorking(await run());
    expect(record()).toMatchObject({
      source: 'package',
      variant: 'cpu',
      folder: join(root, 'node_modules/@tensorflow/tfjs-node-gpu/deps/lib'),
    });
    expect((await run(['a'], bare())).stderr).toBe('');
  });
});
