import { lazyPage } from '../../shell/pageDefinition.ts';
import type { PageDefinition } from '../../shell/pageDefinition.ts';

export const experimentsPage: PageDefinition = {
  id: 'experiments',
  title: 'Experiments',
  guide: 'experiments',
  group: 3,
  icon: (
    <>
      <path d="M7.500 2.500h5M8.500 2.500v5.500L4 16a1.200 1.200 0 0 0 1 1.500h10a1.200 1.200 0 0 0 1-1.500L11.500 8V2.500" />
      <path d="M6.200 12.500h7.600" strokeOpacity=".45" />
    </>
  ),
  page: lazyPage(() => import('./ExperimentsPage.tsx')),
  actions: [
    { name: 'Reproduce the paper’s figures', words: 'start experiment fig1 fig4 fig5', focus: 'Start' },
    { name: 'Compare results', words: 'folders', focus: 'Compare with' },
  ],
  keys: [['Arrows', 'On the row of experiments: the one before or after']],
};
