import { ignoresHangup } from './hangup.ts';
import type { Terminal } from './terminal.ts';

/**
 * The first Ctrl-C (or SIGTERM) asks the work to save and stop; the second stops at once. The end of the terminal asks too, as often as
 * it comes, and asks nothing of a process that was started by `nohup`.
 */
export function listenForInterrupts(
  terminal: Terminal,
  isHangupIgnored = ignoresHangup(),
): { signal: AbortSignal; stop: () => void } {
  const controller = new AbortController();
  const ask = (words: string): void => {
    terminal.say(words);
    controller.abort();
  };
  const interrupt = (): void => {
    if (controller.signal.aborted) process.exit(130);
    ask('Stopping once the work in progress is saved. Press Ctrl-C again to stop at once.');
  };
  const hangUp = (): void => {
    if (isHangupIgnored || controller.signal.aborted) return;
    ask('The terminal has closed: stopping once the work in progress is saved.');
  };
  const heard = { SIGINT: interrupt, SIGTERM: interrupt, SIGHUP: hangUp } as const;
  const names = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
  for (const name of names) process.on(name, heard[name]);
  return {
    signal: controller.signal,
    stop: () => {
      for (const name of names) process.off(name, heard[name]);
    },
  };
}
