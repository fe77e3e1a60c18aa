import { wordsOfBlock } from './parseGuide.ts';
import type { Chapter } from './parseGuide.ts';

/** A place in the guide that has all words of a question. */
export interface GuideHit {
  chapter: Chapter;
  /** The nearest heading above it: where the panel goes. */
  slug: string;
  title: string;
  /** The words around those that were asked for, where they stand together, else around the first of them; empty where the heading itself has them. */
  excerpt: string;
}

const mostHits = 40;
const around = 60;

/** Places whose heading has the words first, then those that have them in their text; every word must be there. */
export function searchGuide(chapters: readonly Chapter[], question: string): GuideHit[] {
  const words = question
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
  if (words.length === 0) return [];
  const places = chapters.flatMap(placesOf);
  const has = (text: string): boolean => words.every((word) => text.toLowerCase().includes(word));
  const titled = places.filter(({ title }) => has(title));
  const written = places.filter(({ title, text }) => !has(title) && has(`${title} ${text}`));
  return [...titled, ...written].slice(0, mostHits).map(({ chapter, slug, title, text }) => ({
    chapter,
    slug,
    title,
    excerpt: has(title) ? '' : excerptOf(text, words),
  }));
}

interface Place {
  chapter: Chapter;
  slug: string;
  title: string;
  text: string;
}

/** A chapter cut at its headings. */
export function placesOf(chapter: Chapter): Place[] {
  const places: Place[] = [{ chapter, slug: chapter.slug, title: chapter.title, text: '' }];
  for (const block of chapter.blocks) {
    if (block.kind === 'heading') places.push({ chapter, slug: block.slug, title: block.text, text: '' });
    else places.at(-1)!.text += ` ${wordsOfBlock(block)}`;
  }
  return places;
}

function excerptOf(text: string, words: readonly string[]): string {
  const lower = text.toLowerCase();
  const together = lower.indexOf(words.join(' '));
  const places = words.map((word) => lower.indexOf(word)).filter((place) => place >= 0);
  if (places.length === 0) return '';
  const at = together >= 0 ? together : Math.min(...places);
  const from = Math.max(0, text.lastIndexOf(' ', Math.max(0, at - around)));
  const to = text.indexOf(' ', Math.min(text.length - 1, at + around));
  return `${from > 0 ? '…' : ''}${text.slice(from, to < 0 ? undefined : to).trim()}${to < 0 ? '' : '…'}`;
}
