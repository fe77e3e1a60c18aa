import { lazyPage } from '../../shell/pageDefinition.ts';
import type { PageDefinition } from '../../shell/pageDefinition.ts';

export const startPage: PageDefinition = {
  id: 'start',
  title: 'Start',
  guide: 'first-minute',
  group: 1,
  icon: <circle cx="10" cy="10" r="3" />,
  page: lazyPage(() => import('./StartPage.tsx')),
  keys: [['Enter', 'The filled button']],
};
