import { afterEach, expect, it, vi } from 'vitest';
import { listenForInterrupts } from '../../src/cli/interrupts.ts';
import type { Interrupts } from '../../src/cli/interrupts.ts';
import { Terminal } from '../../src/cli/terminal.ts';

const said: string[] = [];
class Listening extends Terminal {
  override say(line: string): void {
    said.push(line);
  }
}

let interrupts: Interrupts | undefined;
afterEach(() => {
  interrupts?.stop();
  said.length = 0;
});

function listen(isSlurmTask: boolean): {
  interrupts: Interrupts;
  hear: (name: NodeJS.Signals) => void;
  exit: { mock: { calls: unknown[][] } };
} {
  const exit = vi.spyOn(process, 'exit').mockImplementation((() => undefined) as () => never);
  interrupts = listenForInterrupts(new Listening(process.stdout, process.stderr, false), false, isSlurmTask);
  const hear = (name: NodeJS.Signals): void => {
    process.listeners(name).at(-1)!(name);
  };
  return { interrupts, hear, exit };
}

it('in a task of Slurm’s USR1 asks once, and what is saved is handed back; the TERM that follows from that ends at once', () => {
  const { interrupts, hear, exit } = listen(true);
  hear('SIGUSR1');
  hear('SIGUSR1');
  expect([interrupts.signal.aborted, said]).toEqual([
    true,
    ['The time limit of this Slurm task is near: stopping once the work in progress is saved.'],
  ]);
  expect(interrupts.handsBack()).toBe(true);
  expect(exit.mock.calls).toEqual([]);
  hear('SIGTERM');
  expect(exit.mock.calls).toEqual([[130]]);
});

it('who cancels a task while it saves lets it save, and it is not handed back', () => {
  const { interrupts, hear, exit } = listen(true);
  hear('SIGUSR1');
  hear('SIGTERM');
  expect([said.at(-1), exit.mock.calls]).toEqual([
    'Stopping once the work in progress is saved; it is not started again.',
    [],
  ]);
  expect(interrupts.handsBack()).toBe(false);
  hear('SIGTERM');
  expect(exit.mock.calls).toEqual([[130]]);
});

it('a task that was cancelled is not handed back because its limit comes, too', () => {
  const { interrupts, hear, exit } = listen(true);
  hear('SIGTERM');
  hear('SIGUSR1');
  expect([interrupts.signal.aborted, interrupts.handsBack(), exit.mock.calls]).toEqual([true, false, []]);
});

it('elsewhere USR1 is Node’s own, and nothing is handed back', () => {
  const before = process.listenerCount('SIGUSR1');
  const { interrupts, hear } = listen(false);
  expect(process.listenerCount('SIGUSR1')).toBe(before);
  hear('SIGINT');
  expect(interrupts.handsBack()).toBe(false);
});
