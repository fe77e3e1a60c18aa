import { chapters } from './guideText.ts';
import { placesOf } from './searchGuide.ts';

/** Every heading of the guide, with its chapter. */
export const headings = chapters.flatMap((chapter) =>
  placesOf(chapter).map(({ slug, title }) => ({
    slug,
    title,
    chapter: title === chapter.title ? 'chapter of the guide' : chapter.title,
  })),
);
