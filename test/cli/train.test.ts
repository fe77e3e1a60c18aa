import { expect, it, vi } from 'vitest';
import { knownRun } from '../renderer/pages/analyse/knownRun.ts';
import { itEndsLikeEveryCommand, runCommand } from '../setup/runCommand.ts';
import { answer, asked, forget, notices, opened } from '../setup/stubEngine.ts';

vi.mock('../../src/engine/engine.ts', () => import('../setup/stubEngine.ts'));

const created = {
  ...{ folder: '/runs/new', run: knownRun('new', {}).run },
  skipped: [{ file: 'b.png', reason: 'empty' }],
  notes: ['masks (2 files) is left out.'],
};
const trained = {
  ...{ folder: '/runs/new', phase: 'finished', step: 9, steps: 9, damaged: ['Step 4 was damaged.'] },
  notes: ['It went back to step 4.'],
  last: { step: 9, seconds: 2, values: { loss: 0.123456, kl: 10.00001 } },
};

it('makes a run and trains it: says where it is, what was left out, and its last measurements', async () => {
  forget();
  answer('runs.create', created);
  answer('runs.train', trained);
  expect(await runCommand('train', '--data', 'faces', '--steps', '9', '--extend', '2')).toEqual({
    code: 0,
    stdout: 'Finished 9 steps: loss 0.1235, kl 10.00. The run is in /runs/new.\n',
    stderr: [
      'working 1/2',
      'masks (2 files) is left out.',
      '1 file left out:',
      '  b.png: empty',
      'The run is in /runs/new.',
      'working 1/2',
      'Step 4 was damaged.',
      'It went back to step 4.',
      '',
    ].join('\n'),
  });
  expect(asked.map(({ method }) => method)).toEqual(['runs.create', 'runs.train']);
  expect(asked[1]?.input).toEqual({ run: '/runs/new', extend: 2, startOver: false });
  expect(opened).toEqual([{ threads: undefined, commandLine: undefined }]);
  const json = await runCommand('train', '--data', 'faces', '--steps', '9', '--json');
  expect(JSON.parse(json.stdout)).toEqual(trained);
});

it('says before anything else what the first start on this GPU takes', async () => {
  forget();
  notices.first = 'This takes many minutes, once.';
  answer('runs.train', trained);
  const { stderr } = await runCommand('train', '--resume', '/runs/new');
  expect(stderr.split('\n')[0]).toBe('This takes many minutes, once.');
  forget();
});

it('goes on with the threads that the run began with, and says how to go on again', async () => {
  forget();
  const stopped = {
    ...trained,
    folder: '/runs/my run',
    phase: 'stopped',
    step: 4,
    last: undefined,
    damaged: [],
    notes: [],
  };
  answer('runs.train', stopped);
  const { stdout } = await runCommand('train', '--resume', 'runs/my run');
  expect(stdout).toBe(
    "Stopped and saved at step 4 of 9. Continue with: extrapolate train --resume '/runs/my run'\n",
  );
  expect(asked).toEqual([{ method: 'runs.train', input: { run: 'runs/my run', startOver: false } }]);
  expect(opened).toEqual([{ threads: 3, commandLine: undefined }]);
});

it('needs a folder and a number of steps for a new run', async () => {
  forget();
  expect(await runCommand('train', '--data', 'faces')).toEqual({
    code: 2,
    stdout: '',
    stderr: 'A new run needs --data FOLDER and --steps N. To continue a run, give --resume RUN.\n',
  });
  const other = await runCommand(
    ...[
      'train',
      '--data',
      'f',
      '--steps',
      '9',
      '--model',
      'dcgan',
      '--kl-weight',
      '1',
      '--encoder',
      'mirrored',
    ],
  );
  expect([other.code, other.stderr]).toEqual([2, '--encoder, --kl-weight: a dcgan has no such setting.\n']);
  const small = await runCommand('train', '--data', 'f', '--steps', '9', '--width', '1');
  expect([small.code, small.stderr]).toEqual([2, '--width must be 2 or more.\n']);
  expect(asked).toEqual([]);
});

itEndsLikeEveryCommand(['train', '--resume', 'a'], 'runs.train', [
  ['train', '--data', 'f', '--steps', 'many'],
  ['train', '--data', 'f', '--steps', '0'],
  ['train', '--data', 'f', '--steps', '9', '--model', 'gan'],
  ['train', '--data', 'f', '--steps', '9', '--spectral', '--spectral-gamma', '2'],
  ['train', '--resume', 'a', '--extend', '0'],
]);
itEndsLikeEveryCommand(['train', '--data', 'f', '--steps', '9'], 'runs.create', []);
