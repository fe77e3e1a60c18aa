import { Menu } from 'electron';
import type { BrowserWindow, MenuItemConstructorOptions } from 'electron';
import { desktopChannels } from '../contract/desktop.ts';

/** Pages in the order of the rail; the page itself knows their keys. */
const pages = [
  ['data', 'Data'],
  ['train', 'Train'],
  ['explore', 'Explore'],
  ['channels', 'Channels'],
  ['intervene', 'Intervene'],
  ['analyse', 'Analyse'],
  ['theory', 'Theory'],
  ['experiments', 'Experiments'],
  ['export', 'Export'],
] as const;

/** The desktop's menu. What it chooses is carried out by the page, so that it means the same in a browser. */
export function setMenu(window: BrowserWindow): void {
  const item = (label: string, action: string, accelerator?: string): MenuItemConstructorOptions => ({
    label,
    // Shown beside the words; the page hears the keys itself.
    registerAccelerator: false,
    ...(accelerator !== undefined && { accelerator }),
    click: () => {
      window.webContents.send(desktopChannels.menu, action);
    },
  });
  const template: MenuItemConstructorOptions[] = [
    ...(process.platform === 'darwin' ? [{ role: 'appMenu' as const }] : []),
    {
      label: 'File',
      submenu: [item('Find or do…', 'find', 'CmdOrCtrl+K'), { type: 'separator' }, { role: 'quit' }],
    },
    {
      label: 'Edit',
      submenu: [
        { role: 'cut' },
        { role: 'copy' },
        { role: 'paste' },
        { role: 'selectAll' },
        { type: 'separator' },
        item('Copy as command', 'copy', 'CmdOrCtrl+Shift+C'),
      ],
    },
    {
      label: 'Go',
      submenu: [
        item('Start', 'page:start'),
        ...pages.map(([id, label], index) => item(label, `page:${id}`, `CmdOrCtrl+${index + 1}`)),
        { type: 'separator' },
        item('Earlier checkpoint', 'earlier', '['),
        item('Later checkpoint', 'later', ']'),
      ],
    },
    {
      label: 'View',
      submenu: [
        { role: 'reload' },
        { role: 'resetZoom' },
        { role: 'zoomIn' },
        { role: 'zoomOut' },
        { type: 'separator' },
        { role: 'togglefullscreen' },
        { role: 'toggleDevTools' },
      ],
    },
    { label: 'Help', submenu: [item('User guide', 'help', 'F1'), item('Keys', 'keys')] },
  ];
  Menu.setApplicationMenu(Menu.buildFromTemplate(template));
}
