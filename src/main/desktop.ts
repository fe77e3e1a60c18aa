import { statSync } from 'node:fs';
import { dialog, ipcMain, shell } from 'electron';
import type { BrowserWindow, IpcMainInvokeEvent } from 'electron';
import { z } from 'zod';
import { desktopChannels } from '../contract/desktop.ts';
import type { OwnedEngine } from './engine.ts';
import { noticeSchema, showNotice } from './notices.ts';

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
  ipcMain.handle(desktopChannels.revealFolder, (event, asked: unknown) => {
    if (!isOurs(event)) return;
    const folder = path.parse(asked);
    // Opening it would start a program where the folder is one (macOS), or has an opener of its own; this only shows it.
    if (isFolder(folder)) shell.showItemInFolder(folder);
  });
  ipcMain.handle(desktopChannels.droppedFolder, async (event, asked: unknown) => {
    if (!isOurs(event)) return null;
    const folder = z.array(path).max(10_000).parse(asked).find(isFolder);
    if (folder === undefined) return null;
    await owner.allow(folder);
    return folder;
  });
  ipcMain.on(desktopChannels.notify, (event, asked: unknown) => {
    if (isOurs(event)) showNotice(window, noticeSchema.parse(asked));
  });
}

function isFolder(place: string): boolean {
  return statSync(place, { throwIfNoEntry: false })?.isDirectory() === true;
}
