import { app, BrowserWindow } from 'electron';
import type { RecipeFiles } from './recipeFiles.ts';
import { bringToFront } from './window.ts';

/** A second start shows the window of the first, with the recipe that it was started for. */
export function isOnlyInstance(recipes: RecipeFiles): boolean {
  if (!app.requestSingleInstanceLock()) {
    app.quit();
    return false;
  }
  app.on('second-instance', (_event, args, folder) => {
    const window = BrowserWindow.getAllWindows()[0];
    if (window !== undefined) bringToFront(window);
    recipes.openFrom(args.slice(1), folder);
  });
  return true;
}
