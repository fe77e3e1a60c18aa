import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { arrayOf, jobScript, outputPattern } from '../../../../src/engine/sweeps/slurm/jobScript.ts';
import { shellQuoted, shellWords } from '../../../../src/engine/sweeps/slurm/shellWords.ts';

const awkward = [
  'plain',
  'two words',
  "it's",
  '"quoted"',
  '$HOME `id` $(id)',
  'a\nb\tc\r',
  '\\n',
  'ünï 🙂',
  '',
  '*',
  '~',
  '-n',
  'mixed \'a\' "b"\n\u0085',
];

describe('quoting', () => {
  it.each(awkward)('bash reads back %j', (word) => {
    const { stdout } = spawnSync('bash', ['-c', `printf '<%s>' ${shellQuoted(word)}`], { encoding: 'utf8' });
    expect(stdout).toBe(`<${word}>`);
    expect(shellQuoted(word)).not.toMatch(/\p{Cc}/u);
  });

  it.each([
    '--mem=4G  --qos=long',
    `--comment='two words' --mail-user="a b"`,
    `--comment=it\\'s "x\\"y" 'a\\b' "c\\d" e\\ f`,
    `''`,
    ` a"b"'c'd `,
    '',
  ])('words are parted as bash does: %j', (text) => {
    const { stdout } = spawnSync('bash', ['-c', `for word in ${text}; do printf '%s\\n' "$word"; done`], {
      encoding: 'utf8',
    });
    expect(shellWords(text).map((word) => `${word}\n`)).toEqual(stdout.split(/(?<=\n)/).filter(Boolean));
  });

  it.each(['--comment="a', "it's", 'a\\'])('a quote without end is told: %j', (text) => {
    expect(() => shellWords(text)).toThrow('has no end');
  });
});

it('places of cells are written as sbatch has them', () => {
  expect(arrayOf([0, 1, 2, 3])).toBe('0-3');
  expect(arrayOf([9, 2, 0, 1, 8, 5])).toBe('0-2,5,8-9');
  expect(arrayOf([7])).toBe('7');
  expect(outputPattern('/a/50% b')).toBe('/a/50%% b/%A_%a.out');
});

describe('the script of a job', () => {
  let folder = '';
  beforeEach(() => {
    folder = join(mkdtempSync(join(tmpdir(), 'script-')), 'it\'s a "50%" $HOME;x\ny');
    mkdirSync(folder, { recursive: true });
  });
  afterEach(() => {
    rmSync(join(folder, '..'), { recursive: true, force: true });
  });

  /** A command line that says what it was started with. */
  function script(env: NodeJS.ProcessEnv): string {
    const cli = join(folder, 'cli.cjs');
    writeFileSync(
      cli,
      'console.log(JSON.stringify([process.argv.slice(2), process.env.EXTRAPOLATION_CACHE, process.pid]))',
    );
    const jobs = [0, 7].map((index) => ({
      index,
      log: join(folder, `cell${index}.log`),
    }));
    const commandLine = { program: process.execPath, before: [cli] };
    return jobScript(folder, commandLine, jobs, ['sbatch', '--comment=a\nb', join(folder, 'job.sh')], env);
  }

  it('becomes the trainer of its task, with paths of any letters, and adds to the cell’s log', () => {
    const text = script({ EXTRAPOLATION_CACHE: `${folder}/cache` });
    writeFileSync(join(folder, 'job.sh'), text);
    const tasks = [7, 0, 7].map((task) =>
      spawnSync('bash', [join(folder, 'job.sh')], {
        env: { SLURM_ARRAY_TASK_ID: String(task) },
        encoding: 'utf8',
      }),
    );
    expect(tasks.map(({ status, stdout, stderr }) => [status, stdout, stderr])).toEqual(
      Array(3).fill([0, '', '']),
    );
    const lines = readFileSync(join(folder, 'cell7.log'), 'utf8').trim().split('\n');
    const said = (task: number): unknown[] => [
      ['sweep', 'cell', folder, '7'],
      `${folder}/cache`,
      tasks[task]!.pid,
    ];
    // Its number is the shell's own: signals reach it.
    expect(lines.map((line): unknown => JSON.parse(line))).toEqual([said(0), said(2)]);
  });

  it('is readable: a shell’s script of lines, without comments that end too early', () => {
    const text = script({});
    expect(text.split('\n')[0]).toBe('#!/bin/bash');
    expect(text).not.toContain('\r');
    expect(text.split('\n').filter((line) => line.startsWith('#'))).toHaveLength(5);
    expect(spawnSync('bash', ['-n'], { input: text }).status).toBe(0);
  });

  it('a task that is no cell of the job ends with a sentence', () => {
    const { status, stderr } = spawnSync('bash', ['--norc', '-c', script({})], {
      env: { SLURM_ARRAY_TASK_ID: '3' },
      encoding: 'utf8',
    });
    expect([status, stderr]).toEqual([2, 'Cell 3 is not in this job.\n']);
  });
});
