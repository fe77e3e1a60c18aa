import { expect, it, vi } from 'vitest';
import { itEndsLikeEveryCommand, runCommand } from '../setup/runCommand.ts';
import { answer, asked, forget } from '../setup/stubEngine.ts';

vi.mock('../../src/engine/engine.ts', () => import('../setup/stubEngine.ts'));

it('make: asks for faces, and says how fast they were drawn', async () => {
  forget();
  const made = { folder: '/f', count: 8000, seconds: 20 };
  answer('data.make', made);
  expect(await runCommand('data', 'make', '--out', 'f')).toEqual({
    code: 0,
    stdout: '8,000 faces in /f, in 20 s (400 a second).\n',
    stderr: 'working 1/2\n',
  });
  answer('data.make', { ...made, count: 1, seconds: 0 });
  const one = await runCommand('data', 'make', '--out', 'f', '--count', '1', '--seed', '4', '--hard');
  expect(one.stdout).toBe('1 face in /f, in 0 s.\n');
  const json = await runCommand('data', 'make', '--out', 'f', '--json');
  expect(JSON.parse(json.stdout)).toEqual({ folder: '/f', count: 1, seconds: 0 });
  expect(asked.slice(0, 2)).toEqual([
    { method: 'data.make', input: { out: 'f', count: 8000, seed: 0, hard: false } },
    { method: 'data.make', input: { out: 'f', count: 1, seed: 4, hard: true } },
  ]);
});

const finding = {
  kind: 'zero-bytes',
  severity: 'leaves-out',
  file: 'a.png',
  count: 10,
  files: ['a.png', 'b.png'],
  evidence: '0 bytes',
  sentence: 'Ten files are empty.',
  fix: 'Copy them again.',
};
const report = {
  path: '/faces',
  layout: 'folder',
  ...{ files: 12, checked: 12, decodable: 2, skipped: [] },
  findings: [
    finding,
    { ...finding, severity: 'note', evidence: 'a.png is small', count: 1, files: ['a.png'] },
  ],
  passed: ['no archives'],
  partitions: { train: 2, validation: 0, test: 0 },
  attributes: [],
  sizes: [],
  packedBytes: 24_576,
};

it('check: says what is whole, and each fault with its evidence and a way out', async () => {
  forget();
  answer('data.check', report);
  expect(await runCommand('data', 'check', 'faces')).toEqual({
    code: 0,
    stdout: [
      '/faces: 2 usable images of 12 files',
      'Train 2, validation 0, test 0. Packed at 64 × 64: 25 kB.',
      '  ok    no archives',
      '  fault Ten files are empty.',
      '        a.png, b.png and 8 more',
      '        0 bytes',
      '        Copy them again.',
      '  note  Ten files are empty.',
      '        a.png is small',
      '        Copy them again.',
      '',
    ].join('\n'),
    stderr: 'working 1/2\n',
  });
  expect(JSON.parse((await runCommand('data', 'check', 'faces', '--json')).stdout)).toEqual(report);
  expect(asked[0]).toEqual({ method: 'data.check', input: { folder: 'faces', allFolders: false } });
});

it('pack: names what was left out, the first ten by name', async () => {
  forget();
  const skipped = Array.from({ length: 12 }, (_, index) => ({ file: `${index}.png`, reason: 'empty' }));
  answer('data.pack', { path: '/cache', count: 2, bytes: 2_500_000, skipped, notes: ['No lists.'] });
  const { code, stdout } = await runCommand('data', 'pack', 'faces', '--crop', 'dcgan');
  expect([code, stdout.split('\n')]).toEqual([
    0,
    [
      '2 images packed in /cache (2.5 MB).',
      'No lists.',
      '12 files left out:',
      ...skipped.slice(0, 10).map(({ file }) => `  ${file}: empty`),
      '  and 2 more',
      '',
    ],
  ]);
  await runCommand('data', 'pack', 'faces');
  expect(asked).toEqual([
    { method: 'data.pack', input: { folder: 'faces', crop: 'dcgan', allFolders: false } },
    { method: 'data.pack', input: { folder: 'faces', crop: 'vae', allFolders: false } },
  ]);
});

itEndsLikeEveryCommand(['data', 'check', 'faces'], 'data.check', [['data', 'check']]);
itEndsLikeEveryCommand(['data', 'pack', 'faces'], 'data.pack', [
  ['data', 'pack', 'faces', '--crop', 'round'],
]);
itEndsLikeEveryCommand(['data', 'make', '--out', 'f'], 'data.make', [
  ['data', 'make'],
  ['data', 'make', '--out', 'f', '--count', '0'],
  ['data', 'make', '--out', 'f', '--seed', '-1'],
]);
