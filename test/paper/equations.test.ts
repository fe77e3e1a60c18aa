import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { equationsFolder, idleEquations, readImports, usersOf } from '../../scripts/sourceImports.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));

it('every equation is run: a program reaches each file and each of its exports', () => {
  expect(idleEquations(root)).toEqual([]);
});

it('the equations that measuring and training need are run by them', () => {
  const imports = readImports(root);
  const callers = (file: string): string[] =>
    usersOf(imports, `${equationsFolder}/${file}`).map(([importer]) => importer);
  expect(callers('spectralDensityRatio.eq8.ts')).toContain('src/engine/analysis/layerSdr.ts');
  expect(callers('spectralIndependence.eq13.ts')).toContain('src/engine/training/spectralStep.ts');
  expect(callers('circularConvolution.eq3.ts')).toContain('src/engine/theory/eyeSolutions.ts');
});

let small: string;
beforeEach(() => {
  small = mkdtempSync(join(tmpdir(), 'equations-'));
});
afterEach(() => {
  rmSync(small, { recursive: true });
});

function write(files: Record<string, string>): void {
  for (const [name, text] of Object.entries(files)) {
    const file = join(small, 'src', name);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
}

it('a type, a sister file and a file that no program reaches are no users', () => {
  write({
    'engine/engine.ts': `
      import type { One } from './equations/one.eq1.ts';
      import { two } from './equations/two.eq2.ts';
      import { type Three } from './equations/three.eq3.ts';
      void import('./later.ts');
      export const result: One | Three = two;`,
    'engine/later.ts': `import { seven as other } from './equations/seven.eq7.ts'; export const later = other;`,
    'engine/lone.ts': `import { five } from './equations/five.eq5.ts'; export const lone = five;`,
    'engine/equations/one.eq1.ts': 'export type One = number; export const one = 1;',
    'engine/equations/two.eq2.ts': `
      import { four } from './four.eq4.ts';
      export const two = four;
      export function unused(): void {}`,
    'engine/equations/three.eq3.ts': 'export type Three = number; export const three = 3;',
    'engine/equations/four.eq4.ts': 'export const four = 4;',
    'engine/equations/five.eq5.ts': 'export const five = 5;',
    'engine/equations/six.ts': 'export const six = 6;',
    'engine/equations/seven.eq7.ts': 'export const seven = 7;',
  });
  expect(idleEquations(small).sort()).toEqual(
    [
      ...['one.eq1', 'three.eq3', 'four.eq4', 'five.eq5'].map(
        (name) => `${equationsFolder}/${name}.ts: no program calls it from outside ${equationsFolder}`,
      ),
      `${equationsFolder}/six.ts: no program calls six`,
      `${equationsFolder}/two.eq2.ts: no program calls unused`,
    ].sort(),
  );
});
