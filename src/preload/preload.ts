import { contextBridge, ipcRenderer } from 'electron';
import type { IpcRendererEvent } from 'electron';
import { desktopChannels } from '../contract/desktop.ts';
import type { DesktopBridge } from '../contract/desktop.ts';

/** What the page may ask of the desktop: five things, each checked again on the other side. */
const bridge: DesktopBridge = {
  platform: process.platform,
  chooseFolder: (title) => ipcRenderer.invoke(desktopChannels.chooseFolder, title) as Promise<string | null>,
  revealFolder: (path) => ipcRenderer.invoke(desktopChannels.revealFolder, path) as Promise<void>,
  notify: (title, body) => {
    ipcRenderer.send(desktopChannels.notify, title, body);
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
  setTraining: (count) => {
    ipcRenderer.send(desktopChannels.setTraining, count);
  },
};

contextBridge.exposeInMainWorld('desktop', bridge);
