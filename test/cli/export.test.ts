import { expect, it, vi } from 'vitest';
import { itEndsLikeEveryCommand, runCommand } from '../setup/runCommand.ts';
import { answer, asked, forget } from '../setup/stubEngine.ts';

vi.mock('../../src/engine/engine.ts', () => import('../setup/stubEngine.ts'));

const result = {
  folder: '/o',
  count: 1500,
  manifest: '/o/manifest.json',
  tests: 0,
  kept: 0,
  bytes: 9,
  step: 40,
};

it('each option asks for its own setting of the set', async () => {
  forget();
  answer('exports.make', result);
  const plain = await runCommand('export', 'runs/a', '--count', '5', '--out', 'o');
  expect(plain).toEqual({
    code: 0,
    stdout: '1,500 pictures of step 40 in /o.\nManifest with the seed and recipe of each: /o/manifest.json\n',
    stderr: 'working 1/2\n',
  });
  await runCommand(
    ...['export', 'runs/a', '--recipe', 'x.json', 'y.json', '--count', '5', '--out', 'o', '--seed', '7'],
    ...[
      '--images',
      'photos',
      '--held-out',
      '--seeds',
      '3',
      '--test',
      '0.25',
      '--format',
      'webp',
      '--step',
      '20',
    ],
  );
  const common = { run: 'runs/a', count: 5, out: 'o' };
  expect(asked).toEqual([
    { method: 'exports.make', input: { ...common, recipes: [], seed: 1, format: 'png' } },
    {
      method: 'exports.make',
      input: {
        ...{ ...common, recipes: ['x.json', 'y.json'], seed: 7, format: 'webp', step: 20 },
        ...{ images: 'photos', heldOut: true, seeds: 3, testShare: 0.25 },
      },
    },
  ]);
});

it('says how many pictures an earlier export had left, and gives the result as JSON', async () => {
  forget();
  answer('exports.make', { ...result, kept: 3 });
  const args = ['export', 'a', '--count', '5', '--out', 'o'];
  expect((await runCommand(...args)).stdout).toContain('in /o (3 were already there).\n');
  expect(JSON.parse((await runCommand(...args, '--json')).stdout)).toEqual({ ...result, kept: 3 });
});

it('says how many pictures lie apart for testing, and that there are none where a share of few is none', async () => {
  forget();
  const args = ['export', 'a', '--count', '4', '--out', 'o', '--test', '0.02'];
  answer('exports.make', { ...result, count: 4 });
  expect((await runCommand(...args)).stdout).toBe(
    '4 pictures of step 40 in /o.\nThere is no test part: 0.02 of so few seeds or pictures is less than half of one, so all of them are in train. Choose a larger share, or more of them.\nManifest with the seed and recipe of each: /o/manifest.json\n',
  );
  answer('exports.make', { ...result, tests: 30 });
  expect((await runCommand(...args)).stdout).toContain('\n30 of them are set apart for testing, in test.\n');
});

itEndsLikeEveryCommand(['export', 'a', '--count', '5', '--out', 'o'], 'exports.make', [
  ['export', 'a', '--count', '5'],
  ['export', '--count', '5', '--out', 'o'],
  ['export', 'a', '--count', '0', '--out', 'o'],
  ['export', 'a', '--count', '5', '--out', 'o', '--test', '0.6'],
  ['export', 'a', '--count', '5', '--out', 'o', '--format', 'gif'],
]);
