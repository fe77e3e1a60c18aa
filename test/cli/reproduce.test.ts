import { join } from 'node:path';
import { expect, it, vi } from 'vitest';
import { itEndsLikeEveryCommand, runCommand } from '../setup/runCommand.ts';
import { answer, asked, forget, opened } from '../setup/stubEngine.ts';

vi.mock('../../src/engine/engine.ts', () => import('../setup/stubEngine.ts'));

vi.mock('../../src/cli/findCli.ts', () => ({ findCli: () => '/built/cli.js' }));

const verdict = (outcome: string) => ({
  ...{ claim: `It ${outcome}.`, place: 'Sec. 4', outcome, because: 'Numbers.', values: [], gate: false },
});
const result = {
  folder: '/r',
  results: [
    {
      ...{ version: 1, experiment: 'fig5', title: 'Figure 5', scale: 'quick', seeds: [0, 1] },
      data: { name: 'faces', images: 320, truth: true },
      ...{ runs: [], tables: [], figures: [], notes: [] },
      verdicts: ['holds', 'does-not-hold', 'undecidable'].map(verdict),
    },
  ],
  leftOut: [{ experiment: 'fig1', reason: 'It needs hair.' }],
};

it('says each verdict and why, and what was left out', async () => {
  forget();
  answer('experiments.run', result);
  const { code, stdout, stderr } = await runCommand('reproduce', 'fig5');
  expect({ code, lines: stdout.split('\n'), stderr }).toEqual({
    code: 0,
    lines: [
      'Figure 5 (2 seeds)',
      '  ✓ Holds. It holds.',
      '      Numbers.',
      '  ✗ Does not hold. It does-not-hold.',
      '      Numbers.',
      '  ? Cannot be decided. It undecidable.',
      '      Numbers.',
      '',
      'Left out: fig1. It needs hair.',
      `Figures, numbers and verdicts: ${join('/r', 'summary.html')}`,
      '',
    ],
    stderr: 'working 1/2\n',
  });
  expect(JSON.parse((await runCommand('reproduce', 'fig5', '--json')).stdout)).toEqual(result);
});

it('asks for one experiment or for all, by an engine that may start trainers', async () => {
  forget();
  answer('experiments.run', result);
  await runCommand('reproduce', 'fig5');
  await runCommand(
    ...['reproduce', 'all', '--scale', 'paper', '--data', 'celeba', '--seeds', '5', '--out', 'o'],
    ...['--hair-masks', 'masks'],
  );
  const all = ['fig1', 'fig4', 'fig5', 'fig5-gan', 'eye-distance', 'hair-not-tone', 'modules'];
  expect(asked.map(({ input }) => input)).toEqual([
    { experiments: ['fig5'], scale: 'compact', out: 'reproduction' },
    { experiments: all, scale: 'paper', data: 'celeba', hairMasks: 'masks', seeds: 5, out: 'o' },
  ]);
  const commandLine = { program: process.execPath, before: ['/built/cli.js'] };
  expect(opened).toEqual([
    { threads: undefined, commandLine },
    { threads: undefined, commandLine },
  ]);
});

itEndsLikeEveryCommand(['reproduce', 'fig4'], 'experiments.run', [
  ['reproduce'],
  ['reproduce', 'fig9'],
  ['reproduce', 'fig4', '--scale', 'huge'],
  ['reproduce', 'fig4', '--seeds', '21'],
]);
