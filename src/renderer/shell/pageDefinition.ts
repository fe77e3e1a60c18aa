import type { ComponentType, JSX } from 'react';

/** A page, of the rail or within one of the rail. Adding a page is a file that defines one, and a line in pages.ts. */
export interface PageDefinition {
  /** Its name in the address: `#/train`. */
  id: string;
  title: string;
  /** On a grid of 20 × 20, drawn in lines of 1.5. */
  icon: JSX.Element;
  /** A hairline separates groups: 1 data and training, 2 looking inside, 3 judging, 4 taking away. */
  group: 1 | 2 | 3 | 4;
  /** The page of the rail that leads to this one, where it has no place of its own there. */
  within?: string;
  /** Loaded when it is first shown: `lazy(() => import('./TrainPage.tsx'))`. */
  page: ComponentType;
  /** Its chapter in docs/user-guide.md, as a link names it. */
  guide: string;
  /** What the list of keys says beside the keys that work everywhere: a key and what it does. */
  keys?: readonly (readonly [key: string, meaning: string])[];
}
