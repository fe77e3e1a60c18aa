import { execFileSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import {
  environment,
  makeClone,
  makeIndex,
  makeTemporaryFolder,
  start,
  writePins,
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

const run = (args: readonly string[], more: NodeJS.ProcessEnv = {}): Promise<Outcome> =>
  start(root, args, environment(cache, index.folder, more)).ended;
const bindingFile = (): string =>
  join(root, 'node_modules/@tensorflow/tfjs-node-gpu/lib/napi-v8/tfjs_binding.node');
const record = (): string => readFileSync(join(bindingFile(), '../runtime.json'), 'utf8');

/** A folder as a driver leaves it; what is in the file does not matter, nothing loads it. */
function driverFolder(): string {
  const place = join(folder, 'driver');
  mkdirSync(place, { recursive: true });
  writeFileSync(join(place, 'libcuda.so.1'), '');
  return place;
}

test('--gpu as the first option: the CUDA build with its libraries beside it, found without LD_LIBRARY_PATH', async () => {
  const first = await run(['--gpu', 'a', '--gpu']);
  expect(first.code, first.stderr).toBe(0);
  // 43 is what the fake CUDA library answers: it was resolved through the run path, two libraries away from the binding.
  expect(JSON.parse(first.stdout)).toEqual({ answer: 43, args: ['a', '--gpu'], gpu: '1' });
  expect(first.stderr).toMatch(
    /The CUDA 12 build of TensorFlow 9\.9\.9: 2 files, \d+ MB to download unless they are there, 100 MB on the disk\.\n[^]*Fetching/,
  );
  expect(record()).toContain('"variant": "gpu"');
  const runtime = join(cache, 'runtimes/fake-gpu');
  expect(existsSync(join(runtime, 'nvidia/fake/lib/libfakecuda.so.12'))).toBe(true);
  expect(existsSync(join(runtime, 'nvidia/fake/include'))).toBe(false);
  const resolved = execFileSync('ldd', [bindingFile()], { encoding: 'utf8' });
  expect(resolved).not.toContain('not found');
  expect(resolved).toMatch(new RegExp(`libfakecuda\\.so\\.12 => ${runtime}/.*nvidia/fake/lib/libfakecuda`));

  const again = await run(['--gpu', 'a']);
  expect(again.stderr).toBe('');
  const cpu = await run(['a'], { EXTRAPOLATION_GPU: '0' });
  expect(JSON.parse(cpu.stdout)).toMatchObject({ answer: 42 });
});

test('a driver is enough; nobody needs to ask', async () => {
  const more = { LD_LIBRARY_PATH: driverFolder(), EXTRAPOLATION_GPU: '' };
  const outcome = await run(['a'], more);
  expect(outcome.code, outcome.stderr).toBe(0);
  expect(JSON.parse(outcome.stdout)).toMatchObject({ answer: 43 });
  expect(record()).toMatch(/"reason": "An NVIDIA driver was found \(.*libcuda\.so\.1\)\."/);
  expect((await run(['a'], more)).stderr).toBe('');
});

test('a driver that came later is noticed', async () => {
  expect(JSON.parse((await run(['a'], { EXTRAPOLATION_GPU: '0' })).stdout)).toMatchObject({ answer: 42 });
  const outcome = await run(['a'], { LD_LIBRARY_PATH: driverFolder(), EXTRAPOLATION_GPU: '' });
  expect(JSON.parse(outcome.stdout)).toMatchObject({ answer: 43 });
});

test('without its libraries it goes on on the CPU, says why, and does not try again unasked', async () => {
  const poor = join(folder, 'poor');
  mkdirSync(poor);
  for (const { file } of index.cpu.wheels) copyFileSync(join(index.folder, file), join(poor, file));
  const more = { PIP_FIND_LINKS: poor, LD_LIBRARY_PATH: driverFolder(), EXTRAPOLATION_GPU: '' };
  const first = await run(['a'], more);
  expect(first.code, first.stderr).toBe(0);
  expect(JSON.parse(first.stdout)).toMatchObject({ answer: 42 });
  expect(first.stderr).toMatch(
    /The CUDA build cannot be used, so TensorFlow will run on the CPU\. The package index has no tensorflow-9\.9\.9/,
  );
  expect(record()).toMatch(
    /"variant": "cpu"[^]*"reason": "The CUDA build could not be installed: [^]*"wanted": "gpu"/,
  );
  expect((await run(['a'], more)).stderr).toBe('');
  const asked = await run(['--gpu', 'a'], { LD_LIBRARY_PATH: driverFolder() });
  expect(JSON.parse(asked.stdout)).toMatchObject({ answer: 43 });
});

test('a platform without a CUDA build says so', async () => {
  writePins(root, { cpu: index.cpu });
  const outcome = await run(['--gpu', 'a']);
  expect(outcome.code, outcome.stderr).toBe(0);
  expect(record()).toContain('There is no CUDA build of TensorFlow for');
  expect((await run(['--gpu', 'a'])).stderr).toBe('');
});
