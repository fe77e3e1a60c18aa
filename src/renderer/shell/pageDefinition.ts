import { lazy } from 'react';
import type { ComponentType, JSX, LazyExoticComponent } from 'react';
import type { Params } from '../address/address.ts';

/** A setting or an action of a page that Ctrl K leads to. */
export interface PageOffer {
  name: string;
  /** Other words that people type for it, abbreviations too. */
  words?: string;
  /** What of the page it needs, such as its tab. */
  to?: Params;
  /** The control that has the focus then, by its name. */
  focus?: string;
}

/** A page whose code is fetched when it is first shown, or before, by `load`. */
export type LazyPage = LazyExoticComponent<ComponentType> & { load: () => Promise<unknown> };

export function lazyPage(load: () => Promise<{ default: ComponentType }>): LazyPage {
  return Object.assign(lazy(load), { load });
}

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
  /** `lazyPage(() => import('./TrainPage.tsx'))`. */
  page: LazyPage;
  /** Its chapter in docs/user-guide.md, as a link names it. */
  guide: string;
  settings?: readonly PageOffer[];
  actions?: readonly PageOffer[];
  /** What the list of keys says beside the keys that work everywhere: a key and what it does. */
  keys?: readonly (readonly [key: string, meaning: string])[];
}
