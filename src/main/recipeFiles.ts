import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import { app } from 'electron';
import type { BrowserWindow } from 'electron';
import { desktopChannels } from '../contract/desktop.ts';
import type { OwnedEngine } from './engine.ts';
import { bringToFront } from './window.ts';

/** Recipes that were opened outside the Studio, by a double click or by name: the newest is shown. */
export interface RecipeFiles {
  /** Looks for a recipe among the words of a command; a start without one shows what was shown. */
  openFrom: (args: readonly string[], folder: string) => void;
  /** From now on recipes are shown in this window; one that was opened before it was there comes first. */
  showIn: (window: BrowserWindow, engine: OwnedEngine) => void;
}

/**
 * Begins to listen. macOS says by an event what was opened, also before the program is ready; Windows and Linux start the
 * program with the file's name, and a second start hands its own on.
 */
export function hearRecipeFiles(): RecipeFiles {
  let newest: string | undefined;
  let show: ((file: string) => void) | undefined;
  const open = (file: string): void => {
    if (show === undefined) newest = file;
    else show(file);
  };
  app.on('open-file', (event, file) => {
    event.preventDefault();
    open(file);
  });
  const openFrom: RecipeFiles['openFrom'] = (args, folder) => {
    const file = recipeAmong(args, folder);
    if (file !== undefined) open(file);
  };
  openFrom(process.argv.slice(1), process.cwd());
  return {
    openFrom,
    showIn: (window, { owner }) => {
      const go = async (file: string): Promise<void> => {
        await owner.allow(file);
        if (window.isDestroyed()) return;
        bringToFront(window);
        whenLoaded(window, () => {
          window.webContents.send(desktopChannels.go, addressOf(file));
        });
      };
      show = (file) => void go(file);
      if (newest !== undefined) show(newest);
    },
  };
}

/** The last file with a recipe's ending; the folder of the program itself and options are none. */
export function recipeAmong(args: readonly string[], folder: string): string | undefined {
  const files = args.filter((word) => !word.startsWith('-') && word.toLowerCase().endsWith('.json'));
  const paths = files.map((word) => resolve(folder, word));
  return paths.findLast((path) => statSync(path, { throwIfNoEntry: false })?.isFile() === true);
}

function addressOf(file: string): string {
  return `#/intervene?${new URLSearchParams({ open: file }).toString()}`;
}

/** A page that is still on its way hears nothing. */
function whenLoaded(window: BrowserWindow, act: () => void): void {
  const { webContents } = window;
  const isOurs = (): boolean => webContents.getURL().startsWith('http');
  if (isOurs() && !webContents.isLoading()) {
    act();
    return;
  }
  const onLoad = (): void => {
    if (!isOurs()) return;
    webContents.off('did-finish-load', onLoad);
    act();
  };
  webContents.on('did-finish-load', onLoad);
}
