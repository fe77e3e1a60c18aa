import { lazyPage } from '../../shell/pageDefinition.ts';
import type { PageDefinition } from '../../shell/pageDefinition.ts';

export const teachPage: PageDefinition = {
  id: 'teach',
  title: 'Teach a part',
  guide: 'teach-a-part',
  group: 2,
  within: 'intervene',
  icon: <path d="M4 16l1-4 8.500-8.500 3 3L8 15z" />,
  page: lazyPage(() => import('./TeachPage.tsx')),
  settings: [{ name: 'Brush size of strokes', words: 'teach', focus: 'Brush size' }],
  actions: [{ name: 'Teach a part with strokes', words: 'gate hair mask lips background' }],
  keys: [
    ['1  2  3', 'The brush for the part, for what is not the part, the eraser'],
    ['−  +', 'A smaller, a larger brush'],
    ['Arrows', 'On the face: move the brush a pixel; with Shift eight'],
    ['Space, Enter', 'On the face: the brush down, and up again'],
    ['N', 'The next face'],
    ['B', 'Hold: the pictures before'],
    ['Ctrl Z', 'Undo; with Shift redo'],
  ],
};
