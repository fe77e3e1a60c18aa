import type { Terminal } from './terminal.ts';

/** The first Ctrl-C (or SIGTERM) asks the work to save and stop; the second stops at once. */
export function listenForInterrupts(terminal: Terminal): { signal: AbortSignal; stop: () => void } {
  const controller = new AbortController();
  const interrupt = (): void => {
    if (controller.signal.aborted) process.exit(130);
    terminal.say('Stopping after what is under way is safe. Press Ctrl-C again to stop at once.');
    controller.abort();
  };
  process.on('SIGINT', interrupt);
  process.on('SIGTERM', interrupt);
  return {
    signal: controller.signal,
    stop: () => {
      process.off('SIGINT', interrupt);
      process.off('SIGTERM', interrupt);
    },
  };
}
