import markdown from '../../../docs/user-guide.md?raw';
import { chaptersOf } from './parseGuide.ts';

/** The guide that the project's folder has, built into the page: it is there without a network, and of this version. */
export const chapters = chaptersOf(markdown);

const addresses = import.meta.glob<string>('../../../docs/images/guide/*.png', {
  query: '?url',
  import: 'default',
  eager: true,
});

/** Where the page has a picture of the guide, which names it relative to docs. */
export function pictureAddress(file: string): string | undefined {
  return addresses[`../../../docs/${file}`];
}
