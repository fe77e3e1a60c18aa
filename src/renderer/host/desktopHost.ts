import type { DesktopBridge } from '../../contract/desktop.ts';
import type { Host } from './hostType.ts';

declare global {
  interface Window {
    /** Given by the desktop's preload script; absent in a browser. */
    desktop?: DesktopBridge;
  }
}

/** The desktop's window: the system's own dialogs, menu and notifications. */
export function desktopHost(desktop: DesktopBridge): Host {
  return {
    kind: 'desktop',
    chooseFolder: async (title) => (await desktop.chooseFolder(title)) ?? undefined,
    revealFolder: (path) => desktop.revealFolder(path),
    droppedFolder: async () => (await desktop.droppedFolder()) ?? undefined,
    notify: (notice) => {
      desktop.notify(notice);
    },
    notices: null,
    onGo: (listener) => desktop.onGo(listener),
    onMenu: (listener) => desktop.onMenu(listener),
    setTraining: (count) => {
      desktop.setTraining(count);
    },
  };
}
