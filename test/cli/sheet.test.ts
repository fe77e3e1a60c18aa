import { expect, it, vi } from 'vitest';
import { itEndsLikeEveryCommand, runCommand } from '../setup/runCommand.ts';
import { answer, asked, forget } from '../setup/stubEngine.ts';

vi.mock('../../src/engine/engine.ts', () => import('../setup/stubEngine.ts'));

it('sheet: asks for both axes, and says how large the sheet is and where', async () => {
  forget();
  answer('models.sheet', { file: '/s.png', rows: ['1', '2'], columns: ['0°'] });
  const axes = ['--rows', 'strength:1,2', '--columns', 'hue:0', '--recipe', 'hair.json', '--seed', '7'];
  const { code, stdout } = await runCommand('sheet', 'runs/a', ...axes, '--out', 's.png');
  expect([code, stdout]).toEqual([0, 'A sheet of 2 × 1 pictures in /s.png.\n']);
  expect(asked).toEqual([
    {
      method: 'models.sheet',
      input: {
        ...{ run: 'runs/a', rows: 'strength:1,2', columns: 'hue:0', recipe: 'hair.json', seed: 7 },
        ...{ runs: [], scale: 2, out: 's.png' },
      },
    },
  ]);
});

itEndsLikeEveryCommand(['sheet', 'a', '--rows', 'seed', '--columns', 'factor'], 'models.sheet', [
  ['sheet', 'a', '--rows', 'seed'],
  ['sheet', 'a', '--rows', 'size', '--columns', 'seed'],
  ['sheet', 'a', '--rows', 'seed', '--columns', 'factor', '--scale', '9'],
]);
