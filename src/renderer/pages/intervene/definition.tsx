import { lazyPage } from '../../shell/pageDefinition.ts';
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
  page: lazyPage(() => import('./IntervenePage.tsx')),
  settings: [
    { name: 'Strength of FluoHair', words: 'colour intensity', focus: 'Strength' },
    { name: 'Colour', words: 'hue wheel hex target', focus: 'Hue and saturation' },
    { name: 'Stretch factor', words: 'times wider', focus: 'Stretch factor' },
  ],
  actions: [
    { name: 'Recolour hair', words: 'fluohair dye colour', to: { add: 'hair' } },
    { name: 'Stretch a level', words: 'bench wider extrapolate', focus: 'Stretch factor' },
    { name: 'Add a step', words: 'scale swap stretch fluohair', focus: 'Add' },
    { name: 'Save the recipe', words: 'keep', focus: 'Save recipe' },
    { name: 'Open a recipe', words: 'load file', focus: 'Open…' },
    { name: 'Apply to my photo', words: 'encode picture', focus: 'Apply to my photo…' },
  ],
  keys: [
    ['B', 'Hold: the pictures before'],
    ['N, P', 'New seeds, and back to those before'],
    ['Ctrl Z', 'Undo; with Shift redo'],
    ['Alt ↑ ↓', 'On a step: move it up or down'],
    ['Delete', 'On a step: remove it'],
    ['0', 'On a slider: its default value'],
  ],
};
