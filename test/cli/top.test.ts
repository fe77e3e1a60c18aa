import { expect, it, vi } from 'vitest';
import { itEndsLikeEveryCommand, runCommand } from '../setup/runCommand.ts';
import { answer, asked, forget } from '../setup/stubEngine.ts';

vi.mock('../../src/engine/engine.ts', () => import('../setup/stubEngine.ts'));

const found = {
  ...{ folder: '/t', file: '/t/fine-17-seeds.json', picture: '/t/fine-17-seeds.png' },
  ...{ level: 'fine', step: 40, of: 'seeds', count: 1000, channel: 17 },
  top: [
    { source: 612, name: null, value: 0.71234 },
    { source: 3, name: null, value: 0.5 },
  ],
};

it('says the faces and their values, strongest first', async () => {
  forget();
  answer('channels.writeTop', found);
  expect((await runCommand('top', 'a', '--channel', '17')).stdout).toBe(
    [
      'Channel 17 of the fine level at step 40, strongest among 1,000 seeds:',
      '  seed 612  0.712',
      '  seed 3  0.500',
      'Pictures: /t/fine-17-seeds.png',
      'Numbers: /t/fine-17-seeds.json',
      '',
    ].join('\n'),
  );
  answer('channels.writeTop', { ...found, of: 'pictures', top: [{ source: 9, name: 'a/b.jpg', value: 1 }] });
  const pictures = await runCommand(
    ...['top', 'a', '--channel', '4', '--level', 'coarse', '--of', 'pictures', '--count', '50'],
    ...['--step', '20', '--out', 'o'],
  );
  expect(pictures.stdout).toContain('  a/b.jpg  1.00\n');
  expect(asked.map(({ input }) => input)).toEqual([
    { run: 'a', channel: 17, level: 'fine', of: 'seeds', count: 1000, out: 'top' },
    { run: 'a', channel: 4, level: 'coarse', of: 'pictures', count: 50, step: 20, out: 'o' },
  ]);
});

itEndsLikeEveryCommand(['top', 'a', '--channel', '1'], 'channels.writeTop', [
  ['top', 'a'],
  ['top', '--channel', '1'],
  ['top', 'a', '--channel', '-1'],
  ['top', 'a', '--channel', '1', '--of', 'noses'],
]);
