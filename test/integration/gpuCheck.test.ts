import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { reportSchema } from '../bench/gpuCheck/report.ts';
import { temporaryFolder } from '../setup/tinyTraining.ts';

const program = 'out/main/gpuCheck.js';

function check(args: readonly string[]): { status: number | null; stdout: string; stderr: string } {
  const env = { ...process.env, CUDA_VISIBLE_DEVICES: '-1' };
  return spawnSync(process.execPath, [program, ...args], { encoding: 'utf8', env });
}

it('holds the processor against itself: every comparison is made, and none fails', async () => {
  expect(existsSync(program), 'the program is built before the tests (npm test does)').toBe(true);
  const { folder, remove } = await temporaryFolder();
  onTestFinished(remove);
  const out = join(folder, 'check.json');
  const { status, stdout, stderr } = check(['--device', 'cpu', '--out', out]);
  expect(status, `${stdout}\n${stderr}`).toBe(0);
  const { wanted, scale, checks, times, decodeMilliseconds } = reportSchema.parse(
    JSON.parse(readFileSync(out, 'utf8')),
  );
  expect([wanted, scale, checks.length]).toEqual(['cpu', 'small', 43]);
  // The processor against itself: what could differ on a GPU is the same to the bit here.
  const numbers = checks.filter(
    ({ name, measured }) => typeof measured === 'number' && !name.includes('memory'),
  );
  expect(numbers.map(({ measured }) => measured)).toEqual(numbers.map(() => 0));
  expect(times.map(({ model, preset, mode }) => `${model} ${preset} ${mode}`)).toEqual(
    ['function', 'eager'].flatMap((mode) =>
      ['vae compact', 'vae photographs', 'vae paper', 'dcgan compact', 'dcgan paper'].map(
        (name) => `${name} ${mode}`,
      ),
    ),
  );
  expect(decodeMilliseconds).toBeGreaterThan(0);
});

it('without a GPU it says so, and that is no failed check', async () => {
  const { folder, remove } = await temporaryFolder();
  onTestFinished(remove);
  const out = join(folder, 'check.json');
  const { status, stderr } = check(['--out', out]);
  expect(status).toBe(2);
  expect(stderr).toMatch(/^There is no GPU to check\. /m);
  expect(existsSync(out)).toBe(false);
});
