import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { complaintsAbout, longest, textsOf } from '../setup/plainWords.ts';

const root = join(import.meta.dirname, '../..');

function textsBelow(folder: string): { file: string; text: string }[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.tsx?$/.test(name))
    .flatMap((name) => {
      const file = join(folder, name);
      return textsOf(file, readFileSync(join(root, file), 'utf8')).map((text) => ({ file, text }));
    });
}

const pages = textsBelow('src/renderer');
const others = [
  'src/cli',
  'src/commandLine',
  'src/main',
  'src/engine',
  'src/serve',
  'src/contract',
  'src/charts',
];

it('what people read is plain English, in one spelling', () => {
  const found = [...pages, ...others.flatMap(textsBelow)].flatMap(({ file, text }) =>
    complaintsAbout(text).map((right) => `${file}: “${text}” (${right})`),
  );
  expect(found).toEqual([]);
});

it('the documents that users read are, too', () => {
  const found = ['README.md', 'docs/user-guide.md', 'docs/data.md', 'docs/recipes.md'].flatMap((file) =>
    readFileSync(join(root, file), 'utf8')
      .split('\n')
      .flatMap((line) => complaintsAbout(line).map((right) => `${file}: “${line}” (${right})`)),
  );
  expect(found).toEqual([]);
});

/** Descriptions that only a screen reader says, of a drawing that others see whole. */
const spoken = /^(Histogram of SDR|Plane of a and b|Error of the other solution|Face of )/;

it(`no text in a panel is longer than ${longest} characters`, () => {
  const long = pages.filter(({ text }) => text.length > longest && / [a-z]+ /.test(text) && !isDrawing(text));
  expect(long.filter(({ text }) => !spoken.test(text)).map(({ file, text }) => `${file}: ${text}`)).toEqual(
    [],
  );
});

/** Paths of drawings, and styles. */
function isDrawing(text: string): boolean {
  return /^[Mm][\d\s.-]/.test(text);
}

it('the lint finds what it is for: a planted phrase, spelling, misspelling and length', () => {
  const planted = `
    const a = 'The training goes on without you';
    const b = <p>Choose a gray color, please</p>;
    const c = \`It occured \${n} times\`;
    const d = 'Recolour the grey centre';`;
  const texts = textsOf('planted.tsx', planted);
  expect(texts).toEqual([
    'The training goes on without you',
    'Choose a gray color, please',
    'It occured 00000 times',
    'Recolour the grey centre',
  ]);
  expect(texts.map(complaintsAbout)).toEqual([
    ['continues'],
    ['leave it out', 'colour', 'grey'],
    ['check the spelling'],
    [],
  ]);
  expect(textsOf('planted.ts', `const e = 'long ${'word '.repeat(30)}'`)[0]!.length).toBeGreaterThan(longest);
});
