import { expect, it, vi } from 'vitest';
import { exampleReach } from '../setup/exampleReach.ts';
import { itEndsLikeEveryCommand, runCommand } from '../setup/runCommand.ts';
import { answer, asked, forget } from '../setup/stubEngine.ts';

vi.mock('../../src/engine/engine.ts', () => import('../setup/stubEngine.ts'));

const found = {
  folder: '/m',
  files: ['/m/modules.json'],
  recipe: '/m/fluohair.json',
  reach: exampleReach('warn', 'Also paints the background.'),
  hairOnlyRecipe: null,
  hairOnlyReach: null,
  level: 'fine',
  step: 40,
  count: 2,
  modules: [
    {
      ...{ letter: 'A', channels: [1, 4], stability: 0.912, name: 'hair', score: 0.777 },
      attribute: { attribute: 'Bangs', correlation: 0.456 },
    },
    { letter: 'B', channels: [2], stability: 1, name: null, score: null, attribute: null },
  ],
  unassigned: [3],
  hair: { count: 2, channels: [1, 4], score: 0.8, inside: 0.5, outside: 0.0321, weak: false },
  hint: 'Look at them.',
};

it('says each module, and what its hair is worth', async () => {
  forget();
  answer('models.modules', found);
  expect(await runCommand('modules', 'a')).toEqual({
    code: 0,
    stdout: [
      '2 modules at the fine level, step 40',
      '  A  hair (0.78): channels 1, 4; stability 0.91, goes with Bangs (0.46)',
      '  B  unnamed: channels 2; stability 1.00',
      'Look at them.',
      'Hair: channels 1, 4. Changing their sign changes hair by 0.50 and the rest by 0.032.',
      'A recipe on these channels, in magenta: /m/fluohair.json',
      '  Also paints the background.',
      'Pictures and numbers: /m',
      '',
    ].join('\n'),
    stderr: 'working 1/2\n',
  });
  answer('models.modules', {
    ...found,
    hairOnlyRecipe: '/m/hair-only.json',
    hairOnlyReach: exampleReach('good', 'Paints hair.'),
    hair: { ...found.hair, weak: true },
  });
  const weak = (await runCommand('modules', 'a', '--hair-gate')).stdout;
  expect(weak).toContain('No module changes hair by 0.3 or more: train longer, or point at hair by hand.\n');
  expect(weak).toContain('The same behind a gate: /m/hair-only.json\n  Paints hair.\n');
  // One channel of three is found by both of two random choices with 1 / (2 · 3 − 1).
  const steady = found.modules.map((module) => ({ ...module, stability: 0.2 }));
  answer('models.modules', { ...found, modules: steady });
  expect((await runCommand('modules', 'a')).stdout).toContain('channels 2; stability 0.20, below chance\n');
  answer('models.modules', { ...found, hair: null });
  expect((await runCommand('modules', 'a')).stdout).not.toMatch(/Hair|recipe/);
  expect(JSON.parse((await runCommand('modules', 'a', '--json')).stdout)).toEqual({ ...found, hair: null });
});

it('each option asks for its own setting, a hair gate without a word for the one of the colours', async () => {
  forget();
  answer('models.modules', found);
  await runCommand('modules', 'a');
  await runCommand('modules', 'a', '--hair-gate', '--level', 'coarse');
  await runCommand(
    ...['modules', 'a', '--hair-gate', 'painting', '--pairs', '8', '--seed', '5'],
    ...['--preparation', 'binary', '--step', '20', '--out', 'o'],
  );
  await runCommand('modules', 'a', '--gate-from', 'strokes.json', '--name', 'lips');
  const usual = {
    run: 'a',
    level: 'fine',
    pairs: 64,
    seed: 0,
    preparation: 'weighted',
    out: 'modules',
    name: 'hair',
  };
  expect(asked.map(({ input }) => input)).toEqual([
    usual,
    { ...usual, level: 'coarse', hairGate: 'colours' },
    { ...usual, pairs: 8, seed: 5, preparation: 'binary', step: 20, out: 'o', hairGate: 'painting' },
    { ...usual, gateFrom: 'strokes.json', name: 'lips' },
  ]);
});

itEndsLikeEveryCommand(['modules', 'a'], 'models.modules', [
  ['modules'],
  ['modules', 'a', '--level', 'image'],
  ['modules', 'a', '--pairs', '6'],
  ['modules', 'a', '--hair-gate', 'magic'],
  ['modules', 'a', '--gate-from'],
  ['modules', 'a', '--name', ''],
]);
