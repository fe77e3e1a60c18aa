import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { app, screen } from 'electron';
import type { BrowserWindow, Rectangle } from 'electron';
import { z } from 'zod';

const stateSchema = z.object({
  bounds: z.object({ x: z.number(), y: z.number(), width: z.number(), height: z.number() }),
  isMaximized: z.boolean(),
});

const defaultState = { bounds: { width: 1280, height: 800 }, isMaximized: false };

export interface WindowState {
  bounds: Partial<Rectangle>;
  isMaximized: boolean;
}

function stateFile(): string {
  return join(app.getPath('userData'), 'window.json');
}

/** Where the window was; one that would lie outside today's screens is forgotten. */
export function readWindowState(): WindowState {
  try {
    const state = stateSchema.parse(JSON.parse(readFileSync(stateFile(), 'utf8')));
    const { x, y, width, height } = screen.getDisplayMatching(state.bounds).workArea;
    const { bounds } = state;
    const isVisible =
      bounds.x < x + width - 80 &&
      bounds.x + bounds.width > x + 80 &&
      bounds.y >= y - 8 &&
      bounds.y < y + height - 80;
    return isVisible ? state : defaultState;
  } catch {
    return defaultState;
  }
}

export function keepWindowState(window: BrowserWindow): void {
  window.on('close', () => {
    const state = { bounds: window.getNormalBounds(), isMaximized: window.isMaximized() };
    try {
      writeFileSync(stateFile(), JSON.stringify(state));
    } catch {
      // A window that opens elsewhere the next time is no loss worth a word.
    }
  });
}
