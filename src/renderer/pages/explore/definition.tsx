import { lazyPage } from '../../shell/pageDefinition.ts';
import type { PageDefinition } from '../../shell/pageDefinition.ts';

export const explorePage: PageDefinition = {
  id: 'explore',
  title: 'Explore',
  guide: 'explore',
  group: 2,
  icon: (
    <>
      <path d="M3 5.500h5M12 5.500h5M3 10h9M16 10h1M3 14.500h2M9 14.500h8" />
      <circle cx="10" cy="5.500" r="1.800" />
      <circle cx="14" cy="10" r="1.800" />
      <circle cx="7" cy="14.500" r="1.800" />
    </>
  ),
  page: lazyPage(() => import('./ExplorePage.tsx')),
  settings: [{ name: 'First seed', words: 'number', focus: 'First seed' }],
  actions: [
    { name: 'New seeds', words: 'other faces random dice', focus: 'New seeds' },
    { name: 'Directions of pictures', words: 'principal pca ganspace edit', to: { kind: 'pictures' } },
    { name: 'Directions of attributes', words: 'smile edit label', to: { kind: 'attributes' } },
    { name: 'Add photos to explore', words: 'open encode reconstruct', focus: 'Add my photos…' },
  ],
  keys: [
    ['Arrows, Space', 'On the grid: move, and choose a picture'],
    ['A, B', 'The chosen picture begins, or ends, the way between two'],
    ['N, P', 'New seeds, and back to those before'],
    ['0', 'On a slider: back to the middle; so does a double click'],
  ],
};
