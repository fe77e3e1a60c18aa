import { CommanderError } from 'commander';
import { describeFailure } from './failures.ts';
import { createProgram } from './program.ts';
import { listenForInterrupts } from './interrupts.ts';
import { npmLinesBefore } from './npmLines.ts';
import { Terminal } from './terminal.ts';
import type { Output } from './terminal.ts';

/** Does what the arguments ask for, and returns the exit code: 0, 1 (failed), 2 (wrong usage), 130 (interrupted). */
export async function runCommandLine(
  args: readonly string[],
  stdout: Output,
  stderr: Output,
): Promise<number> {
  const terminal = new Terminal(stdout, stderr, args.includes('--json'));
  const npmLines = npmLinesBefore(terminal.json);
  if (npmLines !== undefined) terminal.say(npmLines);
  const interrupts = listenForInterrupts(terminal);
  try {
    const { signal, handsBack } = interrupts;
    await createProgram({ terminal, signal, handsBack }).parseAsync([...args], { from: 'user' });
    return signal.aborted ? 130 : terminal.exitCode;
  } catch (error) {
    // Commander has already said what was wrong, or shown the help that was asked for.
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    const failure = describeFailure(error);
    terminal.fail(failure);
    return failure.exitCode;
  } finally {
    terminal.clearProgress();
    interrupts.stop();
  }
}
