import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { recipeAmong } from '../../src/main/recipeFiles.ts';

vi.mock('electron', () => ({ app: {}, BrowserWindow: {}, nativeTheme: {}, screen: {} }));

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'extrapolation-recipe-'));
  writeFileSync(join(folder, 'hair.recipe.json'), '{}');
  writeFileSync(join(folder, 'other.JSON'), '{}');
  mkdirSync(join(folder, 'folder.json'));
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

it.each([
  ['nothing', [], undefined],
  ['the program’s own folder', ['.'], undefined],
  ['a name relative to where it was said', ['hair.recipe.json'], 'hair.recipe.json'],
  ['options that Chromium adds', ['.', '--allow-file-access=x.json', 'hair.recipe.json'], 'hair.recipe.json'],
  ['the last of two, in any case of letters', ['hair.recipe.json', 'other.JSON'], 'other.JSON'],
  ['a file that is not there', ['gone.json'], undefined],
  ['a folder that is named like one', ['folder.json'], undefined],
] as const)('a recipe among the words of a command: %s', (_name, args, file) => {
  expect(recipeAmong(args, folder)).toBe(file === undefined ? undefined : join(folder, file));
});

it('takes a whole path as it is', () => {
  expect(recipeAmong([join(folder, 'hair.recipe.json')], '/')).toBe(join(folder, 'hair.recipe.json'));
});
