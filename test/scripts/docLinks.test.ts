import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = resolve(import.meta.dirname, '../..');
const documents = [
  'README.md',
  ...readdirSync(join(root, 'docs'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md'))
    .map((name) => join('docs', name)),
];

interface Link {
  path: string;
  /** What stands behind #; empty where nothing does. */
  place: string;
}

/** Targets of links and pictures beside the document; what lies on other machines is not asked for. */
function linksOf(text: string): Link[] {
  return [...withoutCode(text).matchAll(/\]\(([^)\s]+)\)/g)]
    .map(([, target = '']) => target)
    .filter((target) => !/^[a-z]+:/i.test(target))
    .map((target) => {
      const [path = '', place = ''] = target.split('#');
      return { path, place };
    });
}

function withoutCode(text: string): string {
  return text.replaceAll(/^```[^]*?^```/gm, '').replaceAll(/`[^`\n]*`/g, '');
}

/** The names by which headings are linked to, as GitHub makes them: small letters, hyphens for spaces, no other signs. */
function placesOf(text: string): string[] {
  return [...text.replaceAll(/^```[^]*?^```/gm, '').matchAll(/^#{1,6} (.+)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  );
}

describe('links of the documents', () => {
  it.each(documents)('lead somewhere: %s', (document) => {
    const text = readFileSync(join(root, document), 'utf8');
    const lost = linksOf(text).filter(({ path, place }) => {
      const file = path === '' ? join(root, document) : resolve(root, dirname(document), path);
      if (!existsSync(file)) return true;
      return place !== '' && !placesOf(readFileSync(file, 'utf8')).includes(place);
    });
    expect(lost).toEqual([]);
  });

  it('are found in the guide, with its pictures, and every picture of the guide is shown', () => {
    const targets = linksOf(readFileSync(join(root, 'docs', 'user-guide.md'), 'utf8'));
    const shown = targets.map(({ path }) => path).filter((path) => path.endsWith('.png'));
    const there = readdirSync(join(root, 'docs', 'images', 'guide')).map((name) => `images/guide/${name}`);
    expect(shown.toSorted()).toEqual(there.toSorted());
  });
});
