import type { Chapter } from './parseGuide.ts';

/** The chapter that has a heading, and that heading; a name that nothing has leads to the beginning. */
export function placeIn(chapters: readonly Chapter[], slug: string): { chapter: Chapter; heading: string } {
  const has = (chapter: Chapter): boolean =>
    chapter.slug === slug || chapter.blocks.some((block) => block.kind === 'heading' && block.slug === slug);
  const chapter = chapters.find(has);
  return chapter === undefined
    ? { chapter: chapters[0]!, heading: chapters[0]!.slug }
    : { chapter, heading: slug };
}
