import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { placeIn } from '../../../src/renderer/guide/guidePlaces.ts';
import {
  blocksOf,
  chaptersOf,
  inlineOf,
  slugOf,
  wordsOfBlock,
} from '../../../src/renderer/guide/parseGuide.ts';
import type { Block, Inline } from '../../../src/renderer/guide/parseGuide.ts';
import { searchGuide } from '../../../src/renderer/guide/searchGuide.ts';
import { everyPage } from '../../../src/renderer/shell/pages.ts';

const docs = join(import.meta.dirname, '../../../docs');
const markdown = readFileSync(join(docs, 'user-guide.md'), 'utf8');
const chapters = chaptersOf(markdown);
const blocks = chapters.flatMap((chapter) => chapter.blocks);
const slugs = new Set([
  ...chapters.map(({ slug }) => slug),
  ...blocks.flatMap((block) => (block.kind === 'heading' ? [block.slug] : [])),
]);

describe('Markdown of the guide', () => {
  it('becomes blocks and lines', () => {
    const text =
      '## A *few* words\n\nOne **bold `code`** and\n[a link](#there).\n\n1. first\n   goes on\n2. second';
    expect(blocksOf(text)).toEqual([
      { kind: 'heading', level: 2, text: 'A *few* words', slug: 'a-few-words' },
      {
        kind: 'paragraph',
        parts: [
          { kind: 'text', text: 'One ' },
          {
            kind: 'bold',
            parts: [
              { kind: 'text', text: 'bold ' },
              { kind: 'code', text: 'code' },
            ],
          },
          { kind: 'text', text: ' and ' },
          { kind: 'link', parts: [{ kind: 'text', text: 'a link' }], to: '#there' },
          { kind: 'text', text: '.' },
        ],
      },
      {
        kind: 'list',
        isOrdered: true,
        items: [[{ kind: 'text', text: 'first goes on' }], [{ kind: 'text', text: 'second' }]],
      },
    ]);
  });

  it('becomes tables, with a bar in a cell, and pictures', () => {
    expect(
      blocksOf('| a | b |\n|---|---|\n| 1 \\| 2 | *x* |\n\n![what it\nshows](images/guide/a.png)'),
    ).toEqual([
      {
        kind: 'table',
        head: [[{ kind: 'text', text: 'a' }], [{ kind: 'text', text: 'b' }]],
        rows: [
          [[{ kind: 'text', text: '1 | 2' }], [{ kind: 'italic', parts: [{ kind: 'text', text: 'x' }] }]],
        ],
      },
      { kind: 'picture', alt: 'what it shows', file: 'images/guide/a.png' },
    ]);
  });

  it('never becomes HTML: a tag is text', () => {
    expect(inlineOf('<img src=x onerror=alert(1)>')).toEqual([
      { kind: 'text', text: '<img src=x onerror=alert(1)>' },
    ]);
  });
});

describe('the guide of this project', () => {
  it('has a chapter for each page, and every word of it is read', () => {
    expect(
      everyPage.map(({ guide }) => guide).filter((slug) => !chapters.some((one) => one.slug === slug)),
    ).toEqual([]);
    const lost = blocks.map(wordsOfBlock).filter((words) => /\*\*|\]\(|^#|^\|/.test(words));
    expect(lost).toEqual([]);
  });

  it('has only links that lead somewhere, and pictures that are there', () => {
    const links = (parts: readonly Inline[]): string[] =>
      parts.flatMap((part) =>
        'text' in part ? [] : [...(part.kind === 'link' ? [part.to] : []), ...links(part.parts)],
      );
    const linesOf = (block: Block): Inline[][] => {
      if (block.kind === 'paragraph') return [block.parts];
      if (block.kind === 'list') return block.items;
      return block.kind === 'table' ? [block.head, ...block.rows].flat() : [];
    };
    const inside = blocks
      .flatMap(linesOf)
      .flatMap(links)
      .filter((to) => to.startsWith('#'));
    expect(inside.length).toBeGreaterThan(5);
    expect(inside.filter((to) => !slugs.has(to.slice(1)))).toEqual([]);
    const pictures = blocks.flatMap((block) => (block.kind === 'picture' ? [block.file] : []));
    const there = readdirSync(join(docs, 'images/guide')).map((name) => `images/guide/${name}`);
    expect(pictures.length).toBeGreaterThan(10);
    expect(pictures.filter((file) => !there.includes(file))).toEqual([]);
  });

  it('goes to a heading within its chapter, and to the beginning for a name that is not there', () => {
    expect(slugOf('SDR: spectral density ratio')).toBe('sdr-spectral-density-ratio');
    const found = placeIn(chapters, 'sdr-spectral-density-ratio');
    expect([found.chapter.slug, found.heading]).toEqual(['analyse', 'sdr-spectral-density-ratio']);
    expect(placeIn(chapters, 'nowhere').chapter.slug).toBe('user-guide');
  });

  it('is searched by all words, headings first, with the words around', () => {
    expect(searchGuide(chapters, '  ')).toEqual([]);
    expect(searchGuide(chapters, 'xyzzy')).toEqual([]);
    const [first, ...rest] = searchGuide(chapters, 'channels');
    expect([first?.slug, first?.excerpt]).toEqual(['channels', '']);
    expect(rest.length).toBeGreaterThan(0);
    const crossed = searchGuide(chapters, 'crossed pairs')[0];
    expect([crossed?.chapter.slug, crossed?.slug]).toEqual(['analyse', 'sdr-spectral-density-ratio']);
    expect(crossed?.excerpt).toContain('crossed pairs');
  });
});
