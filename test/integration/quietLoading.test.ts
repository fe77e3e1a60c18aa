import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { z } from 'zod';

const repository = resolve(import.meta.dirname, '../..');
const tfjs = dirname(createRequire(import.meta.url).resolve('@tensorflow/tfjs-node-gpu/package.json'));
const record = z
  .object({ source: z.enum(['wheel', 'package']), variant: z.enum(['cpu', 'gpu']) })
  .parse(JSON.parse(readFileSync(join(tfjs, 'lib/napi-v8/runtime.json'), 'utf8')));

/** Loads TensorFlow in a process of its own, gives it a number and takes it back. */
function load(level: string | undefined): { stdout: string; lines: string[] } {
  const env: NodeJS.ProcessEnv = { ...process.env };
  delete env['TF_CPP_MIN_LOG_LEVEL'];
  if (level !== undefined) env['TF_CPP_MIN_LOG_LEVEL'] = level;
  const program = `console.log(require('@tensorflow/tfjs-node-gpu').tensor1d([3]).dataSync()[0])`;
  const options = { cwd: repository, env, encoding: 'utf8' as const };
  const { status, stdout, stderr } = spawnSync(process.execPath, ['-e', program], options);
  expect(status, stderr).toBe(0);
  // The CUDA build says that it finds no driver, which is an error and not ours to hide.
  const allowed = record.variant === 'gpu' ? /^(E\d{4} .*)?$/ : /^$/;
  return { stdout, lines: stderr.split('\n').filter((line) => !allowed.test(line)) };
}

// The package's own binary is TensorFlow 2.9, not compiled here: what it says is its own affair.
const ofWheel = test.skipIf(record.source === 'package');

ofWheel('with the level that the studio sets, nothing but the answer is printed', () => {
  expect(load('2')).toEqual({ stdout: '3\n', lines: [] });
});

ofWheel('without a level, nothing is printed before TensorFlow is loaded', () => {
  const { stdout, lines } = load(undefined);
  expect(stdout).toBe('3\n');
  expect(lines.filter((line) => /oneDNN|InitializeLog/.test(line))).toEqual([]);
});

// Only there is oneDNN switched on by the library's initialisers; this proves that the lines are hidden by the level alone.
test.skipIf(record.source === 'package' || process.platform !== 'linux' || process.arch !== 'x64')(
  'with level 0, TensorFlow says all it has to say',
  () => {
    expect(load('0').lines.join('\n')).toMatch(/^I\d{4} .*oneDNN custom operations are on/m);
  },
);
