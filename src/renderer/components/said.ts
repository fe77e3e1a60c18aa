import { Held } from './held.ts';

export interface Said {
  words: string;
  tone: 'ok' | 'bad';
  /** Takes back what was done. */
  undo?: () => void;
}

/** What was just done where nothing on the page shows it, for a few seconds. */
export const said = new Held<Said | null>(null);

export function say(words: string, undo?: () => void): void {
  said.set({ words, tone: 'ok', ...(undo !== undefined && { undo }) });
}

export function sayFailure(words: string): void {
  said.set({ words, tone: 'bad' });
}
