import { expect, it, vi } from 'vitest';
import { itEndsLikeEveryCommand, runCommand } from '../setup/runCommand.ts';
import { answer, asked, forget } from '../setup/stubEngine.ts';

vi.mock('../../src/engine/engine.ts', () => import('../setup/stubEngine.ts'));

const files = { folder: '/d', file: '/d/directions.json', picture: '/d/directions.png' };
const principal = {
  ...files,
  ...{ kind: 'pictures', step: 40, count: 512, leftOut: [] },
  directions: [{ id: 'pictures-1', title: 'Light', vector: [1], share: 0.3141, told: null }],
};
const attributes = {
  ...files,
  ...{ kind: 'attributes', step: 40, count: 2000 },
  directions: [
    {
      ...{ id: 'attributes-32', title: 'Smiling', vector: [1], share: null },
      told: { accuracy: 0.874, error: 0.02, with: 480, without: 520 },
    },
  ],
  leftOut: [{ name: 'Wearing Hat', reason: 'told no better than by chance (balanced accuracy 0.51)' }],
};

it('says each direction with its share, or how well it tells held-out pictures, and what was left out', async () => {
  forget();
  answer('directions.write', principal);
  expect((await runCommand('directions', 'a')).stdout).toBe(
    [
      '1 direction of pictures at step 40, from 512 seeds',
      '  Light: 31.4 % of the variance',
      'A face along each: /d/directions.png',
      'Vectors: /d/directions.json',
      '',
    ].join('\n'),
  );
  answer('directions.write', attributes);
  const told = await runCommand(
    ...[
      'directions',
      'a',
      '--kind',
      'attributes',
      '--face',
      '7',
      '--seeds',
      '256',
      '--step',
      '20',
      '--out',
      'o',
    ],
  );
  expect(told.stdout).toContain('from 2,000 pictures\n');
  expect(told.stdout).toContain('  Smiling: balanced accuracy 0.87 on 1,000 held-out pictures\n');
  expect(told.stdout).toContain('  Wearing Hat left out: told no better than by chance');
  expect(asked.map(({ input }) => input)).toEqual([
    { run: 'a', kind: 'pictures', seeds: 512, face: 1, out: 'directions' },
    { run: 'a', kind: 'attributes', seeds: 256, face: 7, step: 20, out: 'o' },
  ]);
});

itEndsLikeEveryCommand(['directions', 'a'], 'directions.write', [
  ['directions'],
  ['directions', 'a', '--kind', 'image'],
  ['directions', 'a', '--seeds', '3'],
  ['directions', 'a', '--face', 'x'],
]);
