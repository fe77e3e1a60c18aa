import { expect, it, vi } from 'vitest';
import { exampleReach } from '../setup/exampleReach.ts';
import { itEndsLikeEveryCommand, runCommand } from '../setup/runCommand.ts';
import { answer, asked, forget } from '../setup/stubEngine.ts';

vi.mock('../../src/engine/engine.ts', () => import('../setup/stubEngine.ts'));

const firstSeeds = (count: number): number[] => Array.from({ length: count }, (_, index) => index + 1);

it('sample: asks for seeds as they were listed', async () => {
  forget();
  const drawn = { file: '/s.png', step: 40, count: 36, seeds: firstSeeds(36), savedLatents: null };
  answer('models.sample', drawn);
  expect(await runCommand('sample', 'runs/a')).toEqual({
    code: 0,
    stdout: '36 pictures of step 40 in /s.png.\n',
    stderr: 'working 1/2\n',
  });
  answer('models.sample', { ...drawn, count: 1, seeds: [3], savedLatents: '/z.npy' });
  const one = await runCommand(
    ...['sample', 'runs/a', '--seeds', '3', '--columns', '1', '--step', '9', '--out', 'x.png', '--json'],
  );
  expect(JSON.parse(one.stdout)).toEqual({ ...drawn, count: 1, seeds: [3], savedLatents: '/z.npy' });
  const own = await runCommand('sample', 'runs/a', '--latents', 'mine.json', '--save-latents', 'z.npy');
  expect(own.stdout).toBe('1 picture of step 40 in /s.png.\nLatents: /z.npy\n');
  expect(asked).toEqual([
    {
      method: 'models.sample',
      input: { run: 'runs/a', seeds: firstSeeds(36), columns: 6, out: 'samples.png' },
    },
    { method: 'models.sample', input: { run: 'runs/a', seeds: [3], columns: 1, step: 9, out: 'x.png' } },
    {
      method: 'models.sample',
      input: {
        ...{ run: 'runs/a', seeds: firstSeeds(36), columns: 6, out: 'samples.png' },
        ...{ latents: 'mine.json', saveLatents: 'z.npy' },
      },
    },
  ]);
});

const encoded = {
  ...{ grid: '/e/grid.png', codes: '/e/codes.json', step: 40, count: 1, meanSquaredError: 0.0123456 },
  skipped: [{ file: 'b.png', reason: 'empty' }],
};

it('encode: says the error, the files, and what was left out', async () => {
  forget();
  answer('models.encode', encoded);
  expect((await runCommand('encode', 'a', '--images', 'photos')).stdout).toBe(
    [
      '1 picture reconstructed at step 40, mean squared error 0.0123 on [−1, 1].',
      'Originals beside reconstructions: /e/grid.png',
      'Codes: /e/codes.json',
      '1 file left out:',
      '  b.png: empty',
      '',
    ].join('\n'),
  );
  const args = ['encode', 'a', '--images', 'photos', '--step', '3', '--out', 'o', '--json'];
  expect(JSON.parse((await runCommand(...args)).stdout)).toEqual(encoded);
  expect(asked).toEqual([
    { method: 'models.encode', input: { run: 'a', images: 'photos', out: 'encoded' } },
    { method: 'models.encode', input: { run: 'a', images: 'photos', out: 'o', step: 3 } },
  ]);
});

const applied = {
  folder: '/a',
  grid: '/a/grid.png',
  step: 40,
  count: 2,
  description: ['Paint.'],
  reach: null,
  skipped: [],
};

it('apply: asks with seeds, or with pictures of one’s own', async () => {
  forget();
  answer('models.apply', applied);
  const seeds = await runCommand('apply', 'a', '--recipe', 'r.json', '--seeds', '1-2,9');
  expect(seeds.stdout).toBe('  Paint.\n2 pictures in /a; before and after: /a/grid.png\n');
  answer('models.apply', { ...applied, reach: exampleReach('warn', 'Also paints the face.') });
  expect((await runCommand('apply', 'a', '--recipe', 'r.json', '--seeds', '1')).stdout).toContain(
    '  Paint.\nAlso paints the face.\n2 pictures',
  );
  asked.splice(1);
  answer('models.apply', applied);
  const json = await runCommand('apply', 'a', '--recipe', 'r.json', '--images', 'p', '--out', 'o', '--json');
  expect(JSON.parse(json.stdout)).toEqual(applied);
  const asking = { run: 'a', recipe: 'r.json' };
  expect(asked.map(({ input }) => input)).toEqual([
    { ...asking, source: { kind: 'seeds', seeds: [1, 2, 9] }, out: 'applied' },
    { ...asking, source: { kind: 'images', folder: 'p' }, out: 'o' },
  ]);
});

it('apply: says that it is one or the other', async () => {
  forget();
  for (const source of [[], ['--seeds', '1', '--images', 'p']]) {
    expect(await runCommand('apply', 'a', '--recipe', 'r.json', ...source)).toEqual({
      code: 2,
      stdout: '',
      stderr: 'Give either --seeds LIST or --images PATH.\n',
    });
  }
  expect(asked).toEqual([]);
});

itEndsLikeEveryCommand(['sample', 'a'], 'models.sample', [
  ['sample'],
  ['sample', 'a', '--seeds', '9-1'],
  ['sample', 'a', '--columns', '65'],
]);
itEndsLikeEveryCommand(['encode', 'a', '--images', 'p'], 'models.encode', [['encode', 'a']]);
itEndsLikeEveryCommand(['apply', 'a', '--recipe', 'r', '--seeds', '1'], 'models.apply', [
  ['apply', 'a', '--seeds', '1'],
]);
