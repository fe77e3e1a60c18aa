import { lazyPage } from '../../shell/pageDefinition.ts';
import type { PageDefinition } from '../../shell/pageDefinition.ts';

export const analysePage: PageDefinition = {
  id: 'analyse',
  title: 'Analyse',
  guide: 'analyse',
  group: 3,
  icon: <path d="M2.500 17h15M4.500 17v-3M7.500 17V9M10.500 17V4M13.500 17v-6M16 17v-2" />,
  page: lazyPage(() => import('./AnalysePage.tsx')),
  settings: [
    { name: 'Level of the stretching chart', words: 'coarse intermediate fine', focus: 'Level' },
    { name: 'Compare runs', words: 'overlay seeds', focus: 'Compare' },
  ],
  actions: [
    { name: 'Save figures and numbers', words: 'export csv png svg', focus: 'Save figures and numbers' },
    { name: 'Difference maps', words: 'stretch error with borders', to: { tab: 'differences' } },
    { name: 'Verdicts on the paper’s claims', words: 'holds', to: { tab: 'verdicts' } },
    { name: 'Spectra of filters and maps', words: 'sdr histogram', to: { tab: 'spectra' } },
  ],
  keys: [
    ['Arrows', 'On a histogram: the next bin, or the other side'],
    ['Enter', 'On a histogram: the pairs of the bin'],
  ],
};
