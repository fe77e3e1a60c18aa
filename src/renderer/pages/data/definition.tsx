import { lazyPage } from '../../shell/pageDefinition.ts';
import type { PageDefinition } from '../../shell/pageDefinition.ts';

export const dataPage: PageDefinition = {
  id: 'data',
  title: 'Data',
  guide: 'data',
  group: 1,
  icon: (
    <>
      <rect x="3" y="6.500" width="11" height="10" rx="1.500" />
      <path d="M6 6.500V5a1.500 1.500 0 0 1 1.500-1.500H15.500A1.500 1.500 0 0 1 17 5v7a1.500 1.500 0 0 1-1.500 1.500H14M3.500 14.500l3-3 2.500 2.500 1.500-1.500 3 3" />
    </>
  ),
  page: lazyPage(() => import('./DataPage.tsx')),
  actions: [
    { name: 'Make faces', words: 'draw synthetic data set', to: { view: 'make' } },
    { name: 'Choose a folder of images', words: 'open data set celeba', focus: 'Choose' },
    { name: 'Check the data again', words: 'doctor', focus: 'Check again' },
  ],
};
