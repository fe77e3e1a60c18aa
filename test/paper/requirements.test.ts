import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { paper, requirements } from './requirements.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

it('every built entry of the paper is cited by a test, and docs/paper-map.md is what the list makes', async () => {
  const checked = promisify(execFile)(process.execPath, ['scripts/paperMap.mjs', '--check'], { cwd: root });
  await expect(checked).resolves.toMatchObject({ stderr: '' });
});

it('the list holds every equation, proposition, model, example and figure of the paper', () => {
  const range = (kind: string, count: number): string[] =>
    Array.from({ length: count }, (_, i) => `${kind}-${i + 1}`);
  const expected = [
    ...range('eq', 13),
    ...range('proposition', 9),
    ...range('definition', 2),
    ...range('model', 2),
    'example-1',
    'fig-1',
    'fig-2',
    'fig-3a',
    'fig-3b',
    'fig-4',
    'fig-5',
    'gan',
  ];
  expect(Object.keys(requirements)).toEqual(expect.arrayContaining(expected));
});

it('a citation names its place in the paper', () => {
  expect(paper('eq-8')).toBe('[Equation (8), Section 2.7: the spectral density ratio]');
});
