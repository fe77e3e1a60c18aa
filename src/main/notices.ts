import { Notification } from 'electron';
import type { BrowserWindow } from 'electron';
import { z } from 'zod';
import { desktopChannels } from '../contract/desktop.ts';
import type { Notice } from '../contract/desktop.ts';
import { bringToFront } from './window.ts';

/** As much of a text as a system's notice has room for. */
const longest = 300;
const text = z
  .string()
  .transform((words) => (words.length > longest ? `${words.slice(0, longest)}…` : words));

export const noticeSchema: z.ZodType<Notice> = z.object({
  title: text,
  body: text,
  address: z
    .string()
    .max(4096)
    .regex(/^#\/[a-z]/),
});

/** Notices on the screen; one that nobody holds could be thrown away before it is clicked. */
const shown = new Set<Notification>();

/** Tells a person who works in another window; a click brings this one to the front, on the page it is about. */
export function showNotice(window: BrowserWindow, { title, body, address }: Notice): void {
  if (window.isDestroyed() || window.isFocused() || !Notification.isSupported()) return;
  const notification = new Notification({ title, body });
  shown.add(notification);
  notification.on('close', () => {
    shown.delete(notification);
  });
  notification.on('click', () => {
    shown.delete(notification);
    if (window.isDestroyed()) return;
    bringToFront(window);
    window.webContents.send(desktopChannels.go, address);
  });
  notification.show();
}
