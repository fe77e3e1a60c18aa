import { expect, it, vi } from 'vitest';
import { itEndsLikeEveryCommand, runCommand } from '../setup/runCommand.ts';
import { answer, asked, forget } from '../setup/stubEngine.ts';

vi.mock('../../src/engine/engine.ts', () => import('../setup/stubEngine.ts'));

const shown = {
  origin: {
    ...{ format: 'extrapolation-studio picture', version: 1, studio: '0.1.0', run: 'faces', step: 40 },
    weightsSha256: 'ab'.repeat(32),
    sources: [{ kind: 'seed', seed: 7 }],
    recipe: { version: 1, name: 'Pink', steps: [] },
  },
  description: ['FluoHair: 2 channels'],
  found: { run: null, step: null, note: 'It is not here.' },
  written: '/pink.json',
};

it('recipe show: says run, seeds and recipe, and where the recipe was written', async () => {
  forget();
  answer('models.showRecipe', shown);
  expect(await runCommand('recipe', 'show', 'a.png', '--out', 'pink.json')).toEqual({
    code: 0,
    stdout: [
      'Run faces, step 40, weights abababababab…, made by version 0.1.0.',
      'Drawn from seed 7.',
      'Recipe “Pink”:',
      '  FluoHair: 2 channels',
      'It is not here.',
      'The recipe was written to /pink.json.',
      '',
    ].join('\n'),
    stderr: '',
  });
  const plain = { ...shown.origin, recipe: null };
  answer('models.showRecipe', { ...shown, origin: plain, description: [], written: null });
  expect((await runCommand('recipe', 'show', 'a.png')).stdout).toMatch(/No recipe: as the model draws it\./);
  const kept = { ...plain, recipeIn: 'manifest.json' };
  answer('models.showRecipe', { ...shown, origin: kept, description: [], written: null });
  expect((await runCommand('recipe', 'show', 'a.png')).stdout).toMatch(/stands in manifest\.json of its set/);
  expect(asked[0]).toEqual({
    method: 'models.showRecipe',
    input: { picture: 'a.png', out: 'pink.json' },
  });
});

itEndsLikeEveryCommand(['recipe', 'show', 'a.png'], 'models.showRecipe', [
  ['recipe', 'show'],
  ['recipe', 'show', 'a.png', '--in', 'x'],
]);
