import { describe, expect, it } from 'vitest';
import { freeOptions, signalOption } from '../../../../src/engine/sweeps/slurm/sbatchOptions.ts';
import { secondsOfLimit } from '../../../../src/engine/sweeps/slurm/timeLimit.ts';

describe('what sbatch is given', () => {
  it('is what was asked for, a word an option', () => {
    expect(
      freeOptions({
        ...{ partition: 'gpu', gres: 'gpu:1', time: '2:00:00', account: 'lab' },
        sbatch: [
          `--mem=8G --qos long -x node7`,
          `-C "a&b"`,
          `--comment 'two words' --exclusive -wnode1 --signal=B:USR1@300`,
        ],
      }),
    ).toEqual([
      ...['--mem=8G', '--qos=long', '--exclude=node7', '--constraint=a&b', '--comment=two words'],
      ...['--exclusive', '--nodelist=node1'],
      ...['--partition=gpu', '--gres=gpu:1', '--time=2:00:00', '--account=lab'],
    ]);
    expect(freeOptions({ sbatch: [] })).toEqual([]);
  });

  it.each([
    ['--array=0-3', '--array'],
    ['--arr=0-3', '--array'],
    ['-a 0-3', '--array'],
    ['--wrap "sleep 1"', '--wrap'],
    ['--output=/tmp/x', '--output'],
    ['-o/tmp/x', '--output'],
    ['--mem=1G --err x', '--error'],
    ['--job-name=other', '--job-name'],
    ['-J other', '--job-name'],
    ['--no-requeue', '--no-requeue'],
    ['-N 2', '--nodes'],
    ['--ntasks=4', '--ntasks'],
    ['-c8', '--cpus-per-task'],
    ['--wait', '--wait'],
    ['-M other', '--clusters'],
    ['--test-only', '--test-only'],
    ['--signal=TERM@60', '--signal'],
    ['--signal=B:USR1', '--signal'],
    ['--sig=B:USR1@60', '--signal'],
    ['--partition=gpu', '--partition'],
    ['-t 10', '--time'],
  ])('%s is refused, with its reason', (sbatch, name) => {
    expect(() => freeOptions({ sbatch: [sbatch] })).toThrow(
      new RegExp(`^--sbatch cannot have ${name}: .+\\. Leave it out`),
    );
    expect(() => signalOption({ sbatch: [sbatch] })).toThrow('Leave it out');
  });

  it.each(['job.sh', '--mem=8G job.sh', '8G', '-', '--', '-z', '--Mem=1', '---x'])(
    '%j is told to be no option',
    (sbatch) => {
      expect(() => freeOptions({ sbatch: [sbatch] })).toThrow('is no option');
    },
  );

  it('has no line ends', () => {
    expect(() => freeOptions({ partition: 'a\nb', sbatch: [] })).toThrow('line end');
    expect(() => freeOptions({ sbatch: [`--comment="a\nb"`] })).toThrow('line end');
  });
});

it('a cell is told to save two minutes before its limit, or half-way, or when asked for', () => {
  expect(signalOption({ sbatch: [] })).toBe('--signal=B:USR1@120');
  expect(signalOption({ time: '60', sbatch: [] })).toBe('--signal=B:USR1@120');
  expect(signalOption({ time: '1', sbatch: [] })).toBe('--signal=B:USR1@30');
  expect(signalOption({ time: '0:50', sbatch: [] })).toBe('--signal=B:USR1@25');
  expect(signalOption({ time: '1', sbatch: ['--mem=1G --signal=B:USR1@10'] })).toBe('--signal=B:USR1@10');
});

// The six forms of sbatch's manual.
it.each([
  ['90', 5400],
  ['1:30', 90],
  ['2:00:00', 7200],
  ['1-0', 86_400],
  ['1-2:30', 95_400],
  ['1-2:30:15', 95_415],
  ['UNLIMITED', undefined],
  // No limit, in Slurm's words: a signal 0 s before it would be none.
  ['0', undefined],
  ['0-0:00', undefined],
  ['soon', undefined],
  [undefined, undefined],
])('a time limit of %s has %s seconds', (text, seconds) => {
  expect(secondsOfLimit(text)).toBe(seconds);
});
