import { lazyPage } from '../../shell/pageDefinition.ts';
import type { PageDefinition } from '../../shell/pageDefinition.ts';

export const channelsPage: PageDefinition = {
  id: 'channels',
  title: 'Channels',
  guide: 'channels',
  group: 2,
  icon: (
    <>
      <rect x="3" y="3" width="5.5" height="5.5" rx="1" />
      <rect x="11.5" y="3" width="5.5" height="5.5" rx="1" />
      <rect x="3" y="11.5" width="5.5" height="5.5" rx="1" />
      <rect x="11.5" y="11.5" width="5.5" height="5.5" rx="1" fill="currentColor" />
    </>
  ),
  page: lazyPage(() => import('./ChannelsPage.tsx')),
  settings: [
    { name: 'Brush size', words: 'paint', to: { point: 'paint' }, focus: 'Brush size' },
    { name: 'Order of the channels', words: 'sort', focus: 'Order' },
    { name: 'Number of modules', words: 'k groups more fewer', focus: 'More modules' },
  ],
  actions: [
    { name: 'Paint a part of the face', words: 'point select channels', to: { point: 'paint' } },
    { name: 'Find channels by an attribute', words: 'label rank', to: { point: 'attribute' } },
    { name: 'Scale a channel', words: 'multiply switch off zero', to: { act: 'scale' } },
    { name: 'Swap channels from a seed', words: 'hybridise replace', to: { act: 'hybridise' } },
    { name: 'Faces that activate a channel most', words: 'strongest top', to: { act: 'top' } },
  ],
  keys: [
    ['Arrows', 'On the maps: the next channel; on the face: move the brush'],
    ['Space', 'On the maps: select the channel; on the face: paint'],
    ['A', 'Choose by an attribute, or paint again'],
    ['X', 'Erase instead of paint'],
    ['Enter', 'On the maps: look at the channel'],
    ['Alt + wheel', 'On the face: size of the brush'],
    ['Enter', 'On the face: select the channels that act there'],
  ],
};
