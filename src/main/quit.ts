import { app, dialog, ipcMain } from 'electron';
import type { BrowserWindow } from 'electron';
import { z } from 'zod';
import { desktopChannels } from '../contract/desktop.ts';
import type { OwnedEngine } from './engine.ts';

const answers = ['Keep training', 'Save and pause', 'Cancel'] as const;

/** Before the window closes: asks about training, if any, and stops the engine in its steps. */
export function guardQuit(window: BrowserWindow, { owner }: OwnedEngine): void {
  let training = 0;
  let isAllowed = false;
  ipcMain.on(desktopChannels.setTraining, (event, count: unknown) => {
    if (event.sender === window.webContents) training = z.number().int().nonnegative().parse(count);
  });
  window.on('close', (event) => {
    if (isAllowed) return;
    event.preventDefault();
    void askAboutTraining(window, training).then(async (answer) => {
      if (answer === 'cancel' || isAllowed) return;
      isAllowed = true;
      window.hide();
      await owner.stop(answer);
      window.destroy();
    });
  });
  app.on('window-all-closed', () => {
    app.quit();
  });
}

async function askAboutTraining(
  window: BrowserWindow,
  training: number,
): Promise<'keep' | 'pause' | 'cancel'> {
  if (training === 0) return 'keep';
  const what = training === 1 ? 'A run is training' : `${training} runs are training`;
  const { response } = await dialog.showMessageBox(window, {
    type: 'question',
    message: `${what}. Continue without the window?`,
    detail:
      'You find it again at the next start. Paused, it is saved at its current step and resumes exactly there.',
    buttons: [...answers],
    defaultId: 0,
    cancelId: 2,
  });
  return response === 0 ? 'keep' : response === 1 ? 'pause' : 'cancel';
}
