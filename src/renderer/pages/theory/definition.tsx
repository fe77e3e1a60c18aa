import { lazyPage } from '../../shell/pageDefinition.ts';
import type { PageDefinition } from '../../shell/pageDefinition.ts';

export const theoryPage: PageDefinition = {
  id: 'theory',
  title: 'Theory',
  guide: 'theory',
  group: 3,
  icon: (
    <>
      <path d="M2.500 10h15" strokeOpacity=".45" />
      <path d="M2.500 10c2-7.500 4-7.500 6 0s4 7.500 6 0c.8-2.800 1.600-4.500 3-5" />
    </>
  ),
  page: lazyPage(() => import('./TheoryPage.tsx')),
  settings: [{ name: 'Noise of the descent', words: 'sgd sigma', to: { view: 'paths' }, focus: 'Noise' }],
  actions: [
    { name: 'Drift of the eye model', words: 'figure 3b', to: { view: 'drift' } },
    { name: 'Paths of descent', words: 'figure 3a sgd flow', to: { view: 'paths' } },
  ],
  keys: [
    ['Space', 'On the scrubber: play or pause'],
    ['Arrows', 'On the plane of Figure 3a: move the cross; Enter starts a path there'],
  ],
};
