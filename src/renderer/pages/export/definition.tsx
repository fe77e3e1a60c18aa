import { lazyPage } from '../../shell/pageDefinition.ts';
import type { PageDefinition } from '../../shell/pageDefinition.ts';

export const exportPage: PageDefinition = {
  id: 'export',
  title: 'Export',
  guide: 'export',
  group: 4,
  icon: (
    <path d="M10 12V3M6.500 6.200L10 2.800l3.500 3.400M4 10.500V15a2 2 0 0 0 2 2h8a2 2 0 0 0 2-2v-4.500" />
  ),
  page: lazyPage(() => import('./ExportPage.tsx')),
  settings: [
    { name: 'File format', words: 'png jpeg webp quality', focus: 'Format' },
    { name: 'Share for testing', words: 'split train test', focus: 'Split' },
    { name: 'Folder of the exported set', words: 'output path', focus: 'Folder of the set' },
  ],
  actions: [{ name: 'Export images', words: 'augmented set write save download', focus: 'Export' }],
};
