import { lazy } from 'react';
import type { PageDefinition } from '../../shell/pageDefinition.ts';

export const trainPage: PageDefinition = {
  id: 'train',
  title: 'Train',
  guide: 'train',
  group: 1,
  icon: (
    <>
      <path d="M3 3v14h14" />
      <path d="M6 5c.8 6 3.500 8.500 10.500 9" />
    </>
  ),
  page: lazy(() => import('./TrainPage.tsx')),
  keys: [
    ['P', 'Pause or resume the run'],
    ['Space', 'On the scrubber: play through the checkpoints'],
  ],
};
