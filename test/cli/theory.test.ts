import { expect, it, vi } from 'vitest';
import {
  fig2ParametersSchema,
  fig3aParametersSchema,
  fig3bParametersSchema,
} from '../../src/contract/theory.ts';
import { itEndsLikeEveryCommand, runCommand } from '../setup/runCommand.ts';
import { answer, asked, forget } from '../setup/stubEngine.ts';
import { fig2Result, fig3aResult, fig3bResult, propositionResult } from '../setup/theoryAnswers.ts';

vi.mock('../../src/engine/engine.ts', () => import('../setup/stubEngine.ts'));

const made = (result: unknown) => ({ result, findings: ['It is so.'], files: ['/t/a.svg', '/t/a.csv'] });

it.each([
  ['fig2', fig2Result(null), fig2ParametersSchema.parse({})],
  ['fig3a', fig3aResult([]), fig3aParametersSchema.parse({})],
  ['fig3b', fig3bResult(), fig3bParametersSchema.parse({})],
])(
  '%s: asks with the defaults, and says its numbers, what they say and the files',
  async (figure, result, usual) => {
    forget();
    answer(`theory.${figure}`, made(result));
    const { code, stdout, stderr } = await runCommand('theory', figure);
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toMatch(/^Figure .*\n[^]*\n\nIt is so\.\n\n\/t\/a\.svg\n\/t\/a\.csv\n$/);
    const json = await runCommand('theory', figure, '--out', 'o', '--seed', '5', '--json');
    expect(JSON.parse(json.stdout)).toEqual(made(result));
    expect(asked.map(({ input }) => input)).toEqual([
      { parameters: usual, out: 'theory' },
      { parameters: { ...usual, seed: 5 }, out: 'o' },
    ]);
  },
);

it('prop: asks for the proposition that is named, and for files only where a folder is', async () => {
  forget();
  answer('theory.proposition', { ...made(propositionResult()), files: [] });
  const { code, stdout } = await runCommand('theory', 'prop', '6');
  expect([code, stdout.split('\n').at(0), stdout.split('\n').slice(-3)]).toEqual([
    0,
    'Proposition 6: Stretching',
    ['', 'It is so.', ''],
  ]);
  const json = await runCommand('theory', 'prop', '6', '--out', 'o', '--prime', '7', '--json');
  expect(JSON.parse(json.stdout)).toMatchObject({ result: { proposition: 6 } });
  expect(asked.map(({ input }) => input)).toEqual([
    { parameters: { number: 6, seed: 1 } },
    { parameters: { number: 6, seed: 1, prime: 7 }, out: 'o' },
  ]);
});

it('all: a line for each proposition, then what the numbers say', async () => {
  forget();
  const all = {
    ...{ folder: '/t', files: ['a', 'b'], findings: ['It is so.'], spectral: [] },
    propositions: [propositionResult()],
  };
  answer('theory.all', all);
  const { code, stdout, stderr } = await runCommand('theory', 'all');
  expect([code, stderr]).toEqual([0, 'working 1/2\n']);
  expect(stdout).toMatch(/^Proposition 6 {2}Stretching {3}holds *\n\n- It is so\.\n\n2 files in \/t\n$/);
  const json = await runCommand('theory', 'all', '--out', 'o', '--seed', '3', '--json');
  expect(JSON.parse(json.stdout)).toEqual(all);
  expect(asked.map(({ input }) => input)).toEqual([
    { out: 'theory', seed: 1 },
    { out: 'o', seed: 3 },
  ]);
});

itEndsLikeEveryCommand(['theory', 'fig2'], 'theory.fig2', [
  ['theory', 'fig2', '--dimension', '3'],
  ['theory', 'fig2', '--size', '5'],
]);
itEndsLikeEveryCommand(['theory', 'fig3a'], 'theory.fig3a', [
  ['theory', 'fig3a', '--starts', '1,-2'],
  ['theory', 'fig3a', '--variants', 'adam'],
]);
itEndsLikeEveryCommand(['theory', 'fig3b'], 'theory.fig3b', [['theory', 'fig3b', '--strength', '2']]);
itEndsLikeEveryCommand(['theory', 'prop', '6'], 'theory.proposition', [
  ['theory', 'prop'],
  ['theory', 'prop', '10'],
]);
itEndsLikeEveryCommand(['theory', 'all'], 'theory.all', [['theory', 'all', '--seed', 'x']]);
