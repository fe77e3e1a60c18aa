import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '../../..');
const renderer = join(root, 'src/renderer');
const library = join(root, 'node_modules/@mantine/core');
const read = (file: string): string => readFileSync(file, 'utf8');

/** What stands under every component. */
const base = ['baseline', 'default-css-variables', 'global'];
const imported = [
  ...read(join(renderer, 'theme/library.css')).matchAll(/@mantine\/core\/styles\/([\w-]+)\.layer\.css/g),
].map(([, name]) => name!);

/** The components that a file of ours asks the library for. */
function componentsUsed(): string[] {
  return readdirSync(renderer, { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.tsx?$/.test(file))
    .flatMap((file) => [...read(join(renderer, file)).matchAll(/import \{([^}]+)\} from '@mantine\/core'/g)])
    .flatMap(([, names]) => names!.split(','))
    .map((name) => name.trim().split(' ')[0]!)
    .filter((name) => existsSync(join(library, 'esm/components', name)));
}

/** The class lists that a component of the library comes to through its own imports: one for each of its stylesheets. */
function sheetsOf(components: readonly string[]): Set<string> {
  const seen = new Set<string>();
  const sheets = new Set<string>();
  const follow = (file: string): void => {
    if (seen.has(file)) return;
    seen.add(file);
    const sheet = /([\w-]+)\.module\.mjs$/.exec(file)?.[1];
    if (sheet !== undefined) sheets.add(sheet);
    for (const [, next] of read(file).matchAll(/from "(\.[^"]+)"/g)) follow(join(dirname(file), next!));
  };
  for (const name of components) follow(join(library, 'esm/components', name, `${name}.mjs`));
  return sheets;
}

describe('the sheets of the component library', () => {
  it('are those of the components that the pages use, and no others', () => {
    const needed = sheetsOf(componentsUsed());
    expect(needed.size).toBeGreaterThan(10);
    expect([...imported].sort()).toEqual([...base, ...needed].sort());
  });

  it('stand in the library’s own order, which decides between rules of one weight', () => {
    const whole = read(join(library, 'styles.layer.css'));
    const places = imported.map((name) => {
      const rules = read(join(library, 'styles', `${name}.layer.css`)).replace('@layer mantine {', '');
      return whole.indexOf(rules.slice(0, rules.lastIndexOf('}')).trim());
    });
    expect(places).not.toContain(-1);
    expect(places).toEqual([...places].sort((a, b) => a - b));
  });
});
