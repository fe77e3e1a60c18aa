import { statSync } from 'node:fs';
import { dialog, ipcMain, Notification, shell } from 'electron';
import type { BrowserWindow, IpcMainInvokeEvent } from 'electron';
import { z } from 'zod';
import { desktopChannels } from '../contract/desktop.ts';
import type { OwnedEngine } from './engine.ts';

const title = z.string().max(200);
const path = z.string().min(1).max(4096);

/** Answers what the page asks of the desktop. Only our own window may ask, and every word is checked. */
export function serveDesktop(window: BrowserWindow, { owner }: OwnedEngine): void {
  const isOurs = (event: Pick<IpcMainInvokeEvent, 'sender'>): boolean => event.sender === window.webContents;
  ipcMain.handle(desktopChannels.chooseFolder, async (event, asked: unknown) => {
    if (!isOurs(event)) return null;
    const { canceled, filePaths } = await dialog.showOpenDialog(window, {
      title: title.parse(asked),
      properties: ['openDirectory', 'createDirectory'],
    });
    const folder = filePaths[0];
    if (canceled || folder === undefined) return null;
    await owner.allow(folder);
    return folder;
  });
  ipcMain.handle(desktopChannels.revealFolder, async (event, asked: unknown) => {
    if (!isOurs(event)) return;
    const folder = path.parse(asked);
    // Opening a file would run whatever is registered for it; a folder only shows.
    if (statSync(folder, { throwIfNoEntry: false })?.isDirectory() === true) await shell.openPath(folder);
  });
  ipcMain.on(desktopChannels.notify, (event, heading: unknown, body: unknown) => {
    if (!isOurs(event) || window.isFocused() || !Notification.isSupported()) return;
    new Notification({ title: title.parse(heading), body: title.parse(body) }).show();
  });
}
