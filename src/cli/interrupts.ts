import { ignoresHangup } from './hangup.ts';
import type { Terminal } from './terminal.ts';

/** What ends the work of a command before its time. */
export interface Interrupts {
  /** Aborted when the work shall save and stop. */
  signal: AbortSignal;
  /**
   * Whether Slurm alone asked for that, as the time limit of a task of its is near: what is saved goes on in another start. Asked once that
   * has been saved: from then on a signal ends the process at once.
   */
  handsBack: () => boolean;
  stop: () => void;
}

/**
 * The first Ctrl-C (or SIGTERM) asks the work to save and stop; the second stops at once. The end of the terminal asks too, as often as
 * it comes, and asks nothing of a process that was started by `nohup`. In a task of Slurm's SIGUSR1 asks once; what asks after it
 * still lets the work save, but it is not handed back then.
 */
export function listenForInterrupts(
  terminal: Terminal,
  isHangupIgnored = ignoresHangup(),
  isSlurmTask = process.env['SLURM_ARRAY_JOB_ID'] !== undefined,
): Interrupts {
  const controller = new AbortController();
  let [isTimeUp, isHandingBack] = [false, false];
  const ask = (words: string): void => {
    terminal.say(words);
    controller.abort();
  };
  const interrupt = (): void => {
    if (!controller.signal.aborted) {
      ask('Stopping once the work in progress is saved. Press Ctrl-C again to stop at once.');
    } else if (isTimeUp && !isHandingBack) {
      isTimeUp = false;
      terminal.say('Stopping once the work in progress is saved; it is not started again.');
    } else process.exit(130);
  };
  const hangUp = (): void => {
    if (isHangupIgnored || controller.signal.aborted) return;
    ask('The terminal has closed: stopping once the work in progress is saved.');
  };
  const timeUp = (): void => {
    if (controller.signal.aborted) return;
    isTimeUp = true;
    ask('The time limit of this Slurm task is near: stopping once the work in progress is saved.');
  };
  const heard: (readonly [NodeJS.Signals, () => void])[] = [
    ['SIGINT', interrupt],
    ['SIGTERM', interrupt],
    ['SIGHUP', hangUp],
    // Elsewhere it starts Node's debugger.
    ...(isSlurmTask ? [['SIGUSR1', timeUp] as const] : []),
  ];
  for (const [name, act] of heard) process.on(name, act);
  return {
    signal: controller.signal,
    handsBack: () => (isHandingBack = isTimeUp),
    stop: () => {
      for (const [name, act] of heard) process.off(name, act);
    },
  };
}
