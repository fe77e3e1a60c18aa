import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { expect, it } from 'vitest';

/** Words that a person who did not write them stumbled over, and what is said instead. */
const instead: readonly (readonly [wrong: RegExp, right: string])[] = [
  [/\bstands? here\b/i, 'appears here, or is here'],
  [/\b(is|are|be) gone on with\b/i, 'is continued'],
  [/^Go on\b/, 'Continue'],
  [/\bfrom 1 on\b/i, '1 or more'],
  [/\btake .{1,20} away\b/i, 'remove'],
  [/\bnot made again\b/i, 'reused'],
  [/\bPaper’s way\b/, 'As in the paper'],
  [/^Safe to\b/, 'Saved up to step'],
  [/\bpictures?,? (are )?not here\b/i, 'not on this computer'],
  [/\b(seperate|occured|recieve|lenght|heigth|colour map of colours|informations)\b/i, 'check the spelling'],
  [/(?<!-)\bcolor(s|ed|ing)?\b(?![-:])/, 'colour: British spelling everywhere'],
  [/\b(please|simply|just click)\b/i, 'leave it out'],
];

const root = join(import.meta.dirname, '../..');

function sourcesBelow(folder: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.tsx?$/.test(name))
    .map((name) => join(folder, name));
}

/** What of a source a person may read: texts of pages, and strings that are words rather than names. */
function textsOf(file: string): string[] {
  const kind = file.endsWith('x') ? ts.ScriptKind.TSX : ts.ScriptKind.TS;
  const source = ts.createSourceFile(
    file,
    readFileSync(join(root, file), 'utf8'),
    ts.ScriptTarget.Latest,
    true,
    kind,
  );
  const texts: string[] = [];
  const walk = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node) || ts.isLiteralTypeNode(node)) return;
    if (ts.isJsxText(node) || ts.isStringLiteralLike(node) || ts.isTemplateHead(node)) texts.push(node.text);
    if (ts.isTemplateMiddle(node) || ts.isTemplateTail(node)) texts.push(node.text);
    node.forEachChild(walk);
  };
  walk(source);
  return texts.map((text) => text.replaceAll(/\s+/g, ' ').trim()).filter((text) => / |^[A-Z]/.test(text));
}

const files = [
  'src/renderer',
  'src/cli',
  'src/commandLine',
  'src/main',
  'src/engine',
  'src/serve',
  'src/contract',
].flatMap(sourcesBelow);

it('what people read is plain English', () => {
  const found = files.flatMap((file) =>
    textsOf(file).flatMap((text) =>
      instead.filter(([wrong]) => wrong.test(text)).map(([, right]) => `${file}: “${text}” (${right})`),
    ),
  );
  expect(found).toEqual([]);
});
