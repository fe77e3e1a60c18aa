import type { Terminal } from './terminal.ts';

/** What every command works with. */
export interface Surroundings {
  terminal: Terminal;
  /** Aborted by Ctrl-C. */
  signal: AbortSignal;
}
