import type { Terminal } from './terminal.ts';

/** What every command works with. */
export interface Surroundings {
  terminal: Terminal;
  /** Aborted by Ctrl-C. */
  signal: AbortSignal;
  /** Whether Slurm alone asked to stop, so that what is saved goes on in another start; see `Interrupts`. */
  handsBack: () => boolean;
}
