import type { Host } from './hostType.ts';

/** A tab: folders are chosen in the page itself, and nothing outside the page is touched. */
export const browserHost: Host = {
  kind: 'browser',
  chooseFolder: null,
  revealFolder: null,
  notify: () => undefined,
  onMenu: () => () => undefined,
  setTraining: () => undefined,
};
