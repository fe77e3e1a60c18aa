import { join } from 'node:path';
import { app, BrowserWindow, session } from 'electron';

/** The desktop window, as a list of steps. The page it shows says what the command line offers. */
async function main(): Promise<void> {
  quitWhenClosed();
  await app.whenReady();
  denyPermissions();
  denyNavigation();
  await openWindow();
}

function quitWhenClosed(): void {
  app.on('window-all-closed', () => {
    app.quit();
  });
}

function denyPermissions(): void {
  session.defaultSession.setPermissionRequestHandler((_contents, _permission, decide) => {
    decide(false);
  });
}

function denyNavigation(): void {
  app.on('web-contents-created', (_event, contents) => {
    contents.setWindowOpenHandler(() => ({ action: 'deny' }));
    contents.on('will-navigate', (event) => {
      event.preventDefault();
    });
  });
}

async function openWindow(): Promise<void> {
  const window = new BrowserWindow({
    width: 1280,
    height: 800,
    minWidth: 960,
    minHeight: 640,
    title: 'Extrapolation Studio',
    webPreferences: {
      preload: join(__dirname, '../preload/preload.js'),
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
    },
  });
  await window.loadFile(join(__dirname, '../renderer/index.html'));
}

void main();
