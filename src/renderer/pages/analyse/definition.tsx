import { lazy } from 'react';
import type { PageDefinition } from '../../shell/pageDefinition.ts';

export const analysePage: PageDefinition = {
  id: 'analyse',
  title: 'Analyse',
  guide: 'analyse',
  group: 3,
  icon: <path d="M2.500 17h15M4.500 17v-3M7.500 17V9M10.500 17V4M13.500 17v-6M16 17v-2" />,
  page: lazy(() => import('./AnalysePage.tsx')),
  keys: [
    ['Arrows', 'On a histogram: the next bin, or the other side'],
    ['Enter', 'On a histogram: the pairs of the bin'],
  ],
};
