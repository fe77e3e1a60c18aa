import { contextBridge, ipcRenderer, webUtils } from 'electron';
import type { IpcRendererEvent } from 'electron';
import { desktopChannels } from '../contract/desktop.ts';
import type { DesktopBridge } from '../contract/desktop.ts';

/** The newest address that was asked for before the page listened. */
let waiting: string | undefined;
let go: ((address: string) => void) | undefined;

ipcRenderer.on(desktopChannels.go, (_event, address: unknown) => {
  if (typeof address !== 'string') return;
  if (go === undefined) waiting = address;
  else go(address);
});

let dropped: Promise<string | null> = Promise.resolve(null);

// The page never learns a path by itself: it is read here from what a person dropped, before the page hears of it.
window.addEventListener(
  'drop',
  (event) => {
    const paths = [...(event.dataTransfer?.files ?? [])].map(pathOf).filter((path) => path !== '');
    dropped = ipcRenderer.invoke(desktopChannels.droppedFolder, paths) as Promise<string | null>;
  },
  true,
);

/** An Electron of before `webUtils` wrote the path into the file itself. */
function pathOf(file: File & { path?: string }): string {
  return (webUtils as typeof webUtils | undefined)?.getPathForFile(file) ?? file.path ?? '';
}

/** What the page may ask of the desktop, each checked again on the other side. */
const bridge: DesktopBridge = {
  platform: process.platform,
  chooseFolder: (title) => ipcRenderer.invoke(desktopChannels.chooseFolder, title) as Promise<string | null>,
  droppedFolder: () => dropped,
  revealFolder: (path) => ipcRenderer.invoke(desktopChannels.revealFolder, path) as Promise<void>,
  notify: (notice) => {
    ipcRenderer.send(desktopChannels.notify, notice);
  },
  onMenu: (listener) => {
    const hear = (_event: IpcRendererEvent, action: unknown): void => {
      if (typeof action === 'string') listener(action);
    };
    ipcRenderer.on(desktopChannels.menu, hear);
    return () => {
      ipcRenderer.off(desktopChannels.menu, hear);
    };
  },
  onGo: (listener) => {
    go = listener;
    if (waiting !== undefined) listener(waiting);
    waiting = undefined;
    return () => {
      go = undefined;
    };
  },
  setTraining: (count) => {
    ipcRenderer.send(desktopChannels.setTraining, count);
  },
};

contextBridge.exposeInMainWorld('desktop', bridge);
