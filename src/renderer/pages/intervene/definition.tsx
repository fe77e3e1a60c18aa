import { lazy } from 'react';
import type { PageDefinition } from '../../shell/pageDefinition.ts';

export const intervenePage: PageDefinition = {
  id: 'intervene',
  title: 'Intervene',
  guide: 'intervene',
  group: 2,
  icon: (
    <>
      <circle cx="10" cy="10" r="7" />
      <circle cx="13.400" cy="7.200" r="2.200" fill="currentColor" stroke="none" />
      <path d="M10 10l1.800-1.500" />
    </>
  ),
  page: lazy(() => import('./IntervenePage.tsx')),
  keys: [
    ['B', 'Hold: the pictures before'],
    ['N, P', 'New seeds, and back to those before'],
    ['Ctrl Z', 'Undo; with Shift redo'],
    ['Alt ↑ ↓', 'On a step: move it up or down'],
    ['Delete', 'On a step: remove it'],
    ['0', 'On a slider: its default value'],
  ],
};
