import { browserNotices } from './browserNotices.ts';
import type { Host } from './hostType.ts';

const notices = browserNotices();

/** A tab: folders are chosen in the page itself, and nothing outside the page is touched. */
export const browserHost: Host = {
  kind: 'browser',
  chooseFolder: null,
  revealFolder: null,
  droppedFolder: null,
  notify: notices.notify,
  notices: notices.setting,
  onMenu: () => () => undefined,
  onGo: (listener) => {
    notices.onClick(listener);
    return () => {
      notices.onClick(() => undefined);
    };
  },
  setTraining: () => undefined,
};
