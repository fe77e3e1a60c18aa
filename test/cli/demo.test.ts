import { expect, it, vi } from 'vitest';
import { itEndsLikeEveryCommand, runCommand } from '../setup/runCommand.ts';
import { answer, asked, forget } from '../setup/stubEngine.ts';

vi.mock('../../src/engine/engine.ts', () => import('../setup/stubEngine.ts'));

const result = { folder: '/d', report: '/d/report.html', seconds: 4500, numbers: {} };

it('asks for the whole main job, and names the report', async () => {
  forget();
  answer('demo.run', result);
  expect(await runCommand('demo')).toEqual({
    code: 0,
    stdout: 'Done in 1 h 15 min. Open the report: /d/report.html\n',
    stderr: 'working 1/2\n',
  });
  const json = await runCommand(
    'demo',
    '--out',
    'd',
    '--steps',
    '5',
    '--count',
    '300',
    '--seed',
    '2',
    '--json',
  );
  expect(JSON.parse(json.stdout)).toEqual(result);
  expect(asked).toEqual([
    { method: 'demo.run', input: { out: 'demo-output', steps: 3500, count: 8000, seed: 0 } },
    { method: 'demo.run', input: { out: 'd', steps: 5, count: 300, seed: 2 } },
  ]);
});

itEndsLikeEveryCommand(['demo'], 'demo.run', [
  ['demo', '--steps', 'many'],
  ['demo', '--count', '5'],
  ['demo', '--no-such'],
]);
