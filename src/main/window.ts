import { join } from 'node:path';
import { BrowserWindow, nativeTheme } from 'electron';
import type { OwnedEngine } from './engine.ts';
import { keepWindowState, readWindowState } from './windowState.ts';

/** A window on the engine's page. It is there at once; the page comes as soon as the engine answers. */
export function openWindow({ owner, onState }: OwnedEngine): BrowserWindow {
  const state = readWindowState();
  const window = new BrowserWindow({
    ...state.bounds,
    minWidth: 960,
    minHeight: 640,
    title: 'Extrapolation Studio',
    backgroundColor: nativeTheme.shouldUseDarkColors ? '#101214' : '#F2F3F4',
    webPreferences: {
      preload: join(__dirname, '../preload/preload.js'),
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      webviewTag: false,
      spellcheck: false,
    },
  });
  if (state.isMaximized) window.maximize();
  keepWindowState(window);
  let isLoaded = false;
  onState((engine) => {
    if (window.isDestroyed()) return;
    // A page that is there finds a restarted engine by itself.
    if (engine.kind === 'ready' && !isLoaded) {
      isLoaded = true;
      void window.loadURL(owner.url()).catch(() => {
        isLoaded = false;
      });
    }
    if (engine.kind === 'failed' && !isLoaded) void window.loadURL(failurePage(engine.reason));
  });
  return window;
}

/** Shows the window above all others, wherever it was put away. */
export function bringToFront(window: BrowserWindow): void {
  if (window.isMinimized()) window.restore();
  window.show();
  window.focus();
}

/** What is shown where the engine does not start at all. */
function failurePage(reason: string): string {
  const html = `<!doctype html><meta charset="utf-8"><title>Extrapolation Studio</title><body style="font:15px/22px system-ui;margin:48px;max-width:640px;color-scheme:light dark"><h1 style="font-size:20px">The engine does not start</h1><p>${escape(reason)}</p><p>In a terminal, in the folder of the project, <code>npm start -- doctor</code> says what this machine lacks. Runs and data are not touched.</p>`;
  return `data:text/html;charset=utf-8,${encodeURIComponent(html)}`;
}

function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
}
