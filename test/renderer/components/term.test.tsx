import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { glossary } from '../../../src/renderer/components/glossary.ts';
import { Term } from '../../../src/renderer/components/Term.tsx';
import { chaptersOf, wordsOfLine } from '../../../src/renderer/guide/parseGuide.ts';
import { buttonsOf, wordsOf } from '../markup.tsx';

const chapters = chaptersOf(readFileSync(join(import.meta.dirname, '../../../docs/user-guide.md'), 'utf8'));
const terms = Object.values(glossary);

describe('the glossary', () => {
  it('says what a term means in at most 140 characters, as a sentence', () => {
    expect(terms.filter(({ gloss }) => gloss.length > 140 || !/^[A-Z].*\.$/.test(gloss))).toEqual([]);
  });

  it('is the chapter of the guide, word for word', () => {
    const chapter = chapters.find(({ slug }) => slug === 'glossary');
    const table = chapter?.blocks.find((block) => block.kind === 'table');
    const rows = table?.rows.map((row) => row.map(wordsOfLine)) ?? [];
    const sorted = (pairs: string[][]): string[][] => pairs.sort(([a = ''], [b = '']) => (a < b ? -1 : 1));
    expect(sorted(rows)).toEqual(sorted(terms.map(({ term, gloss }) => [term, gloss])));
  });

  it('leads to headings that the guide has', () => {
    const slugs = chapters.flatMap(({ slug, blocks }) => [
      slug,
      ...blocks.flatMap((block) => (block.kind === 'heading' ? [block.slug] : [])),
    ]);
    expect(terms.filter(({ more }) => !slugs.includes(more))).toEqual([]);
  });
});

it('a term is a button of its own words, or of those that stand there', () => {
  expect(buttonsOf(<Term name="sdr" />)).toEqual([{ name: 'SDR', isDisabled: false }]);
  expect(wordsOf(<Term name="k">Number of modules</Term>)).toBe('Number of modules');
});
