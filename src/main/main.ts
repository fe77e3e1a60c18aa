import { app } from 'electron';
import { serveDesktop } from './desktop.ts';
import { startEngine } from './engine.ts';
import { prepareRuntime } from './firstStart.ts';
import { setMenu } from './menu.ts';
import { guardQuit } from './quit.ts';
import { hearRecipeFiles } from './recipeFiles.ts';
import { denyNavigation, denyPermissions } from './security.ts';
import { isOnlyInstance } from './singleInstance.ts';
import { openWindow } from './window.ts';

/** The desktop, as a list of steps: a window on the engine's page, and what only a desktop has. */
async function main(): Promise<void> {
  const recipes = hearRecipeFiles();
  if (!isOnlyInstance(recipes)) return;
  denyNavigation();
  await app.whenReady();
  denyPermissions();
  if (!(await prepareRuntime())) {
    app.quit();
    return;
  }
  const engine = await startEngine();
  const window = openWindow(engine);
  setMenu(window);
  serveDesktop(window, engine);
  recipes.showIn(window, engine);
  guardQuit(window, engine);
}

void main();
