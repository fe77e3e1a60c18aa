import { execFile } from 'node:child_process';
import { mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, onTestFinished, test } from 'vitest';
import { z } from 'zod';
import { fig3bResultSchema } from '../../src/contract/theory.ts';
import { fig3b } from '../../src/engine/theory/fig3b.ts';

const cli = fileURLToPath(new URL('../../out/main/cli.js', import.meta.url));

const failure = z.object({ code: z.number(), stdout: z.string(), stderr: z.string() });

async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'extrapolation-theory-cli-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

interface Ran {
  code: number;
  stdout: string;
  stderr: string;
}

async function extrapolate(
  args: readonly string[],
  options: { cwd: string; require?: string },
): Promise<Ran> {
  const node = options.require === undefined ? [] : ['--require', options.require];
  try {
    const ran = await promisify(execFile)(process.execPath, [...node, cli, ...args], {
      cwd: options.cwd,
      maxBuffer: 64 * 1024 * 1024,
    });
    return { code: 0, ...ran };
  } catch (error) {
    return failure.parse(error);
  }
}

test('figure 3b by command gives the engine’s ratio at 10,000 steps, and its files', async () => {
  const cwd = await temporaryFolder();
  const { code, stdout } = await extrapolate(['theory', 'fig3b', '--out', 'here', '--json'], { cwd });
  expect(code).toBe(0);
  const { result } = z.object({ result: fig3bResultSchema }).parse(JSON.parse(stdout));
  const expected = fig3b();
  expect(result).toEqual(expected);
  const place = expected.step.indexOf(10_000);
  const shown = await extrapolate(['theory', 'fig3b', '--out', 'here'], { cwd });
  expect(shown.stdout).toMatch(new RegExp(`^10,000 +${expected.ratio[place]!.toFixed(6)} `, 'm'));
  expect((await readdir(join(cwd, 'here'))).sort()).toEqual([
    'fig3b-kernels.csv',
    'fig3b.csv',
    'fig3b.json',
    'fig3b.png',
    'fig3b.svg',
  ]);
});

test('the theory needs no TensorFlow: everything is made where it cannot be loaded', async () => {
  const cwd = await temporaryFolder();
  const without = join(cwd, 'withoutTensorflow.cjs');
  await writeFile(
    without,
    `const Module = require('node:module');
const load = Module._load;
Module._load = function (request, ...rest) {
  if (request.startsWith('@tensorflow/')) throw new Error('TensorFlow is not here');
  return load.call(this, request, ...rest);
};`,
  );
  const blocked = await extrapolate(['runs', 'list'], { cwd, require: without });
  expect(blocked.code).not.toBe(0);
  const { code, stdout } = await extrapolate(['theory', 'all'], { cwd, require: without });
  expect(code).toBe(0);
  expect(stdout).toMatch(/Proposition 9 .* holds +with a caveat/);
  expect(stdout).toContain('does not protect the extrapolation');
  expect(await readFile(join(cwd, 'theory', 'findings.md'), 'utf8')).toContain('equation (13)');
});

test('bad input ends with 2 and a sentence that names the value and the rule', async () => {
  const cwd = await temporaryFolder();
  const refused: readonly [args: string[], sentence: RegExp][] = [
    [['fig2', '--size', '60'], /The size is 60, which is 2 × 30: .*Take 59 or 61\./],
    [['fig2', '--size', '5'], /--size must be 11 or more \(given: 5\)/],
    [['fig2', '--dimension', '1', '--distance', '3'], /distance between the eyes is 3: .* from 5 to 56/],
    [['fig3a', '--step-size', '0.2'], /step size 0\.2 is unstable/],
    [['fig3b', '--step-size', '0.01'], /step size 0\.01 is unstable/],
    [['prop', '10'], /propositions 1 to 9, not "10"/],
    [['prop', '8', '--prime', '7'], /no d to choose/],
  ];
  for (const [args, sentence] of refused) {
    const { code, stderr } = await extrapolate(['theory', ...args], { cwd });
    expect({ args, code }).toEqual({ args, code: 2 });
    expect(stderr).toMatch(sentence);
  }
  expect(await readdir(cwd)).toEqual([]);
  const { stdout } = await extrapolate(['theory', 'fig2', '--size', '60', '--json'], { cwd });
  expect(JSON.parse(stdout)).toMatchObject({ error: { code: 'wrong-usage' } });
});

test('a training that runs away ends with 1 and says what to do', async () => {
  const cwd = await temporaryFolder();
  const { code, stderr } = await extrapolate(['theory', 'fig3b', '--noise', '50'], { cwd });
  expect(code).toBe(1);
  expect(stderr).toContain('Take a smaller step size');
});
