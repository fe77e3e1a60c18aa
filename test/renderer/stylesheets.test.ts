import { readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import { describe, expect, it } from 'vitest';
import { classesDefined, classesNamed } from './classNames.ts';

const root = join(import.meta.dirname, '../../src/renderer');
const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).map((file) => join(root, file));
const text = (file: string): string => readFileSync(file, 'utf8');
const short = (file: string): string => relative(root, file);

const sheets = new Map(
  files.filter((file) => file.endsWith('.module.css')).map((file) => [file, classesDefined(text(file))]),
);
const themes = files.filter((file) => file.endsWith('.css') && !file.endsWith('.module.css'));
/** The component library's own names begin with its name. */
const shared = new Set(
  themes.flatMap((file) => [...classesDefined(text(file))]).filter((name) => !name.startsWith('mantine-')),
);
const components = files
  .filter((file) => /\.tsx?$/.test(file))
  .map((file) => ({ file, ...classesNamed(text(file)) }));

describe('stylesheets', () => {
  it('define every class that a component asks for', () => {
    const missing = components.flatMap(({ file, sheets: imported }) =>
      imported.flatMap(({ specifier, asked }) => {
        const defined = sheets.get(join(dirname(file), specifier)) ?? new Set();
        return asked
          .filter((name) => !defined.has(name))
          .map((name) => `${short(file)} asks ${specifier} for ${name}`);
      }),
    );
    expect(missing).toEqual([]);
  });

  it('hold no class that nobody asks for', () => {
    const asked = new Map<string, Set<string>>([...sheets.keys()].map((sheet) => [sheet, new Set()]));
    for (const { file, sheets: imported } of components)
      for (const sheet of imported)
        for (const name of sheet.asked) asked.get(join(dirname(file), sheet.specifier))?.add(name);
    const unused = [...sheets].flatMap(([sheet, defined]) =>
      [...defined]
        .filter((name) => asked.get(sheet)?.has(name) !== true)
        .map((name) => `${short(sheet)}: ${name}`),
    );
    expect(unused).toEqual([]);
  });

  it('lie beside what they style and are imported last, so that they win over what they stand on', () => {
    const misplaced = components.flatMap(({ file, sheets: imported }) =>
      imported
        .filter(({ specifier, isLastImport }) => !isLastImport || specifier !== `./${basename(specifier)}`)
        .map(({ specifier }) => `${short(file)} imports ${specifier}`),
    );
    expect(misplaced).toEqual([]);
  });
});

describe('class names written out', () => {
  it('are those of the theme', () => {
    const unknown = components.flatMap(({ file, written }) =>
      written.filter((name) => !shared.has(name)).map((name) => `${short(file)}: ${name}`),
    );
    expect(unknown).toEqual([]);
  });

  it('leave no class of the theme unused', () => {
    const written = new Set(components.flatMap((each) => each.written));
    expect([...shared].filter((name) => !written.has(name))).toEqual([]);
  });

  it('can be followed: none is put together from parts', () => {
    expect(
      components.flatMap(({ file, unclear }) => unclear.map((what) => `${short(file)}: ${what}`)),
    ).toEqual([]);
  });
});

describe('the reading of classes', () => {
  it('takes the names of selectors, not those of files, colours or comments, nor what is marked as global', () => {
    const css = `/* .old */ .a.b > .c:hover, .d :global(.e) { margin: .5px; background: url(x.png); }
      @media (max-width: 1px) { .f { } }`;
    expect([...classesDefined(css)]).toEqual(['a', 'b', 'c', 'd', 'f']);
  });

  it('follows conditions, and says what it cannot follow', () => {
    const source = `import { x } from './x.ts'; import styles from './a.module.css';
      const name = classes(styles.one, kind === 'no' && 'two');
      const el = <p className={is === 'no' ? 'three four' : styles.five} title="six"><b className={\`s \${x}\`} /></p>;
      const dynamic = styles[x];`;
    expect(classesNamed(source)).toEqual({
      sheets: [{ specifier: './a.module.css', asked: ['one', 'five'], isLastImport: true }],
      written: ['two', 'three', 'four'],
      unclear: ['`s ${x}`', 'styles[x]'],
    });
  });
});
