import { analysePage } from '../pages/analyse/definition.tsx';
import { channelsPage } from '../pages/channels/definition.tsx';
import { dataPage } from '../pages/data/definition.tsx';
import { experimentsPage } from '../pages/experiments/definition.tsx';
import { explorePage } from '../pages/explore/definition.tsx';
import { exportPage } from '../pages/export/definition.tsx';
import { intervenePage } from '../pages/intervene/definition.tsx';
import { startPage } from '../pages/start/definition.tsx';
import { teachPage } from '../pages/teach/definition.tsx';
import { theoryPage } from '../pages/theory/definition.tsx';
import { trainPage } from '../pages/train/definition.tsx';
import type { PageDefinition } from './pageDefinition.ts';

/** The pages in the order of the rail, which is the order of the work. Start is the mark above them. */
export const pages: readonly PageDefinition[] = [
  dataPage,
  trainPage,
  explorePage,
  channelsPage,
  intervenePage,
  analysePage,
  theoryPage,
  experimentsPage,
  exportPage,
];

/** These too can be gone to: Start, and what lies behind a page of the rail. */
export const everyPage: readonly PageDefinition[] = [startPage, ...pages, teachPage];

/** The chapter of the user guide that F1 opens on a page. */
export function chapterOf(page: string): string {
  return everyPage.find(({ id }) => id === page)?.guide ?? 'first-minute';
}
